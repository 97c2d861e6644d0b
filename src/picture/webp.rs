//! WebP: pixels, animation and colour profile are kept, EXIF, XMP and unknown chunks dropped.

use super::{Parts, take};

pub(super) fn clean(bytes: &[u8]) -> Parts {
    let length = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?);
    let mut rest = bytes.get(12..usize::try_from(length).ok()?.checked_add(8)?)?;
    let mut kept = b"WEBP".to_vec();
    let mut size = None;
    while !rest.is_empty() {
        let (kind, content) = chunk(&mut rest)?;
        size = size.or_else(|| dimensions(kind, content));
        match &kind {
            b"VP8X" => {
                let (flags, others) = content.split_first()?;
                push(&mut kept, kind, &[&[flags & !0b1100], others].concat())?;
            }
            b"ANMF" => {
                let mut inner = content;
                let mut frame = take(&mut inner, 16)?.to_vec();
                while !inner.is_empty() {
                    let (kind, content) = chunk(&mut inner)?;
                    if matches!(&kind, b"VP8 " | b"VP8L" | b"ALPH") {
                        push(&mut frame, kind, content)?;
                    }
                }
                push(&mut kept, kind, &frame)?;
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ICCP" => push(&mut kept, kind, content)?,
            _ => {}
        }
    }
    let (width, height) = size?;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend_from_slice(&u32::try_from(kept.len()).ok()?.to_le_bytes());
    bytes.extend(kept);
    Some((bytes, width, height))
}

fn chunk<'a>(rest: &mut &'a [u8]) -> Option<([u8; 4], &'a [u8])> {
    let kind = take(rest, 4)?.try_into().ok()?;
    let length = u32::from_le_bytes(take(rest, 4)?.try_into().ok()?);
    let content = take(rest, usize::try_from(length).ok()?)?;
    if content.len() % 2 == 1 && !rest.is_empty() {
        take(rest, 1)?;
    }
    Some((kind, content))
}

fn push(out: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) -> Option<()> {
    out.extend_from_slice(&kind);
    out.extend_from_slice(&u32::try_from(content.len()).ok()?.to_le_bytes());
    out.extend_from_slice(content);
    out.resize(out.len() + content.len() % 2, 0);
    Some(())
}

fn dimensions(kind: [u8; 4], content: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize, bytes: usize| {
        let bytes = content.get(at..at + bytes)?;
        Some(bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
    };
    match &kind {
        b"VP8X" => Some((number(4, 3)? + 1, number(7, 3)? + 1)),
        b"VP8 " if content.get(3..6)? == [0x9d, 0x01, 0x2a] => {
            Some((number(6, 2)? & 0x3fff, number(8, 2)? & 0x3fff))
        }
        b"VP8L" if *content.first()? == 0x2f => {
            let bits = number(1, 4)?;
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        _ => None,
    }
}
