//! Pictures made fit for others to see.
//!
//! Takes the bytes of an author's picture; afterwards they hold what is drawn and nothing else: no
//! camera, place, software, comment or data behind the end. What each format keeps is a closed
//! list, so that what nobody thought of is dropped. Pixels are never decoded.

mod gif;
mod jpeg;
mod png;
mod svg;
mod webp;

use std::fmt;

/// A picture that holds nothing but what is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The usual ending of its format.
    pub extension: &'static str,
    /// The width in pixels, as shown.
    pub width: u32,
    /// The height in pixels, as shown.
    pub height: u32,
}

/// Why a picture is not published. `Display` says it in one phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureFault {
    /// Not PNG, JPEG, GIF, WebP or SVG.
    Unknown,
    /// The name has the ending of another format.
    Mismatch {
        /// The ending that fits the bytes.
        is: &'static str,
    },
    /// The bytes end early or contradict themselves.
    Damaged,
    /// More pixels than anyone can look at.
    TooManyPixels,
    /// More bytes, elements or levels than a drawing needs.
    TooLarge,
    /// The XML cannot be read, with the reader's reason; a DTD is one.
    Xml(String),
    /// An element that a still drawing does not need.
    Element(String),
    /// An attribute that runs code.
    Script(String),
    /// A reference to something outside the drawing, with where it stands.
    External(String),
    /// A `use` of what uses something itself, by which a small file can draw without end.
    NestedUse,
}

impl fmt::Display for PictureFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("this is not a PNG, JPEG, GIF, WebP or SVG picture"),
            Self::Mismatch { is } => write!(f, "the name does not end in `.{is}`, as the bytes do"),
            Self::Damaged => f.write_str("this picture is damaged"),
            Self::TooManyPixels => f.write_str("this picture has more than 50 million pixels"),
            Self::TooLarge => {
                f.write_str("this drawing has more than 2 MiB, 20,000 nodes or 256 levels")
            }
            Self::Xml(reason) => write!(f, "this drawing cannot be read: {reason}"),
            Self::Element(name) => write!(f, "`<{name}>` may not stand in a drawing"),
            Self::Script(name) => write!(f, "the attribute `{name}` runs code"),
            Self::External(name) => write!(f, "`{name}` refers to something outside the drawing"),
            Self::NestedUse => f.write_str("a `<use>` refers to what holds another `<use>`"),
        }
    }
}

/// Bytes, width and height: what each format's reader returns; nothing where they are damaged.
type Parts = Option<(Vec<u8>, u32, u32)>;

const PIXELS: u64 = 50_000_000;

/// Cleans a picture. What it is, its first bytes decide; the name must agree.
///
/// # Errors
///
/// Names what makes the picture unfit.
pub fn clean(path: &str, bytes: &[u8]) -> Result<Cleaned, PictureFault> {
    let (extension, parts) = if bytes.starts_with(png::MAGIC) {
        ("png", png::clean(bytes))
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        ("jpg", jpeg::clean(bytes))
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        ("gif", gif::clean(bytes))
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        ("webp", webp::clean(bytes))
    } else if svg::looks_like(bytes) {
        ("svg", Some(svg::clean(bytes)?))
    } else {
        return Err(PictureFault::Unknown);
    };
    let named = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    if named != extension && !(named == "jpeg" && extension == "jpg") {
        return Err(PictureFault::Mismatch { is: extension });
    }
    let (bytes, width, height) = parts.ok_or(PictureFault::Damaged)?;
    if width == 0 || height == 0 {
        return Err(PictureFault::Damaged);
    }
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(PictureFault::TooManyPixels);
    }
    Ok(Cleaned { bytes, extension, width, height })
}

/// Takes the first `count` bytes off `rest`.
fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}

#[cfg(test)]
mod tests;
