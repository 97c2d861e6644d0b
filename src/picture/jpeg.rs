//! JPEG: colours and pixels are kept, and which way up; application data, comments, thumbnails and
//! what stands behind the end are dropped.

use super::{Parts, take};

pub(super) fn clean(bytes: &[u8]) -> Parts {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    let mut kept = Vec::new();
    let mut size = None;
    let mut turned = 1;
    loop {
        while rest.starts_with(b"\xff\xff") {
            take(&mut rest, 1)?; // padding
        }
        let segment = rest;
        let &[0xff, marker] = take(&mut rest, 2)? else { return None };
        if marker == 0xd9 {
            break;
        }
        let length = usize::from(u16::from_be_bytes(take(&mut rest, 2)?.try_into().ok()?));
        let content = take(&mut rest, length.checked_sub(2)?)?;
        let is_kept = match marker {
            0xe0 => content.starts_with(b"JFIF\0") && content.ends_with(&[0, 0]),
            0xe2 => content.starts_with(b"ICC_PROFILE\0"),
            0xee => content.starts_with(b"Adobe"),
            0xe1 => {
                turned = orientation(content).unwrap_or(turned);
                false
            }
            0xe3..=0xfe => false,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let number = |at: usize| {
                    let pair = content.get(at..at + 2)?.try_into().ok()?;
                    Some(u16::from_be_bytes(pair))
                };
                size = Some((number(3)?, number(1)?));
                true
            }
            0xc4 | 0xc8 | 0xcc | 0xda..=0xdf => true,
            _ => return None,
        };
        if is_kept {
            kept.extend_from_slice(&segment[..length + 2]);
        }
        if marker == 0xda {
            let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7);
            let end = rest.windows(2).position(is_marker)?;
            kept.extend_from_slice(take(&mut rest, end)?);
        }
    }
    let (width, height) = size?;
    let mut bytes = b"\xff\xd8".to_vec();
    if turned != 1 {
        bytes.extend_from_slice(ONLY_ORIENTATION);
        bytes.extend_from_slice(&[turned, 0, 0, 0, 0, 0, 0, 0]);
    }
    bytes.extend(kept);
    bytes.extend_from_slice(b"\xff\xd9");
    let (width, height) = if turned < 5 { (width, height) } else { (height, width) };
    Some((bytes, width.into(), height.into()))
}

/// An EXIF segment with one entry, the orientation, up to its value.
const ONLY_ORIENTATION: &[u8] =
    b"\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0";

/// Reads from EXIF which way up a photograph is, 1 to 8.
fn orientation(content: &[u8]) -> Option<u8> {
    let tiff = content.strip_prefix(b"Exif\0\0")?;
    let is_little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let (first, second) = (usize::from(short(4)?), usize::from(short(6)?));
    let table = if is_little { second << 16 | first } else { first << 16 | second };
    for index in 0..usize::from(short(table)?) {
        let entry = table.checked_add(2 + 12 * index)?;
        if short(entry)? == 0x0112 {
            let value = u8::try_from(short(entry.checked_add(8)?)?).ok()?;
            return (1..=8).contains(&value).then_some(value);
        }
    }
    None
}
