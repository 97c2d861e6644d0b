//! GIF: frames and their timing are kept, comments, text and application data dropped.

use super::{Parts, take};

pub(super) fn clean(bytes: &[u8]) -> Parts {
    let mut rest = bytes;
    let head = take(&mut rest, 13)?;
    let mut kept = head.to_vec();
    kept.extend_from_slice(take(&mut rest, palette(head[10]))?);
    let side = |at: usize| u32::from(u16::from_le_bytes([head[at], head[at + 1]]));
    let mut has_frame = false;
    loop {
        let block = rest;
        let is_kept = match take(&mut rest, 1)? {
            b"," => {
                let descriptor = take(&mut rest, 9)?;
                take(&mut rest, palette(descriptor[8]) + 1)?;
                has_frame = true;
                true
            }
            b"!" => match take(&mut rest, 1)?[0] {
                0xf9 => true,
                0xff => {
                    rest.starts_with(b"\x0bNETSCAPE2.0") || rest.starts_with(b"\x0bANIMEXTS1.0")
                }
                _ => false,
            },
            b";" => {
                kept.push(b';');
                return has_frame.then_some((kept, side(6), side(8)));
            }
            _ => return None,
        };
        while let length @ 1.. = take(&mut rest, 1)?[0] {
            take(&mut rest, length.into())?;
        }
        if is_kept {
            kept.extend_from_slice(&block[..block.len() - rest.len()]);
        }
    }
}

/// Returns the length of the colour table that a flags byte announces.
fn palette(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}
