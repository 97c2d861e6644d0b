//! PNG: chunks that are drawn are kept, text, time, EXIF and private ones dropped.

use super::{Parts, take};

pub(super) const MAGIC: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What decides the look, animation included.
const KEPT: [&[u8; 4]; 17] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT", b"cICP", b"cLLi",
];

pub(super) fn clean(bytes: &[u8]) -> Parts {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let mut kept = MAGIC.to_vec();
    let mut size = None;
    loop {
        let chunk = rest;
        let length = u32::from_be_bytes(take(&mut rest, 4)?.try_into().ok()?);
        let length = usize::try_from(length).ok()?;
        let kind = take(&mut rest, 4)?;
        let content = take(&mut rest, length)?;
        take(&mut rest, 4)?; // the checksum
        if size.is_none() {
            let is_first = kind == b"IHDR" && length == 13;
            let [width, height] = [content.get(..4)?, content.get(4..8)?];
            let [width, height] = [width.try_into().ok()?, height.try_into().ok()?];
            size = is_first.then_some((u32::from_be_bytes(width), u32::from_be_bytes(height)));
            size?;
        }
        if KEPT.iter().any(|keep| keep.as_slice() == kind) {
            kept.extend_from_slice(&chunk[..length + 12]);
        }
        if kind == b"IEND" {
            let (width, height) = size?;
            return Some((kept, width, height));
        }
    }
}
