//! Pictures of a few bytes, with something in them that nobody should see.

use super::{PictureFault, clean};

fn png_chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length[..], kind, content, b"\0\0\0\0"].concat()
}

/// Cleans a picture, and every beginning of it, which must fail without harm; returns its size.
fn cleaned(path: &str, dirty: &[u8], expected: &[u8]) -> (u32, u32) {
    let picture = clean(path, &[dirty, b"SECRET"].concat()).unwrap();
    assert_eq!(picture.bytes.escape_ascii().to_string(), expected.escape_ascii().to_string());
    assert_eq!(clean(path, expected).unwrap(), picture);
    for end in 12..dirty.len() {
        assert_eq!(clean(path, &dirty[..end]), Err(PictureFault::Damaged), "{path} {end}");
    }
    (picture.width, picture.height)
}

#[test]
fn png_keeps_what_is_drawn() {
    let header = png_chunk(b"IHDR", b"\0\0\0\x07\0\0\0\x05\x08\x06\0\0\0");
    let (pixels, end) = (png_chunk(b"IDAT", b"pixels"), png_chunk(b"IEND", b""));
    let text = png_chunk(b"tEXt", b"Author\0SECRET");
    let exif = png_chunk(b"eXIf", b"SECRET");
    let dirty = [super::png::MAGIC, &header, &text, &pixels, &exif, &end].concat();
    let expected = [super::png::MAGIC, &header, &pixels, &end].concat();
    assert_eq!(cleaned("a.PNG", &dirty, &expected), (7, 5));

    let huge = png_chunk(b"IHDR", b"\0\x01\0\0\0\x01\0\0\x08\x06\0\0\0");
    let huge = [super::png::MAGIC, &huge, &pixels, &end].concat();
    assert_eq!(clean("a.png", &huge), Err(PictureFault::TooManyPixels));
    assert_eq!(clean("a.jpg", &expected), Err(PictureFault::Mismatch { is: "png" }));
    assert_eq!(clean("a.png", b"MZ"), Err(PictureFault::Unknown));
}

#[test]
fn jpeg_keeps_pixels_and_which_way_is_up() {
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], content].concat()
    };
    let jfif = segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    let frame = segment(0xc2, b"\x08\0\x05\0\x07\x01\x01\x11\0");
    let scan = [&segment(0xda, b"\x01\x01\0\0?\0")[..], b"pi\xff\0x\xff\xd0els"].concat();
    let exif = |rest: &[u8]| {
        segment(
            0xe1,
            &[b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0", rest].concat(),
        )
    };
    let dirty = [
        b"\xff\xd8",
        &jfif[..],
        &exif(b"SECRET"),
        &segment(0xfe, b"SECRET"),
        &segment(0xed, b"SECRET"),
        &frame,
        &scan,
        &segment(0xc4, b"table"),
        &scan,
        b"\xff\xd9",
    ]
    .concat();
    let orientation =
        segment(0xe1, b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0");
    let expected = [
        b"\xff\xd8",
        &orientation[..],
        &jfif,
        &frame,
        &scan,
        &segment(0xc4, b"table"),
        &scan,
        b"\xff\xd9",
    ]
    .concat();
    assert_eq!(cleaned("a.jpeg", &dirty, &expected), (5, 7));
}

#[test]
fn gif_keeps_frames_and_timing() {
    let head = b"GIF89a\x07\0\x05\0\x80\0\0rgbRGB";
    let looped = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    let frame = b"!\xf9\x04\0\0\0\0\0,\0\0\0\0\x07\0\x05\0\0\x02\x02ab\0";
    let dirty = [&head[..], looped, b"!\xfe\x06SECRET\0", frame, b"!\xff\x0bXMP DataXMPSECRET\0;"];
    let mut dirty = dirty.concat();
    let at = dirty.windows(9).position(|bytes| bytes == b"XMPSECRET").unwrap() + 3;
    dirty.insert(at, 6);
    let expected = [&head[..], looped, frame, b";"].concat();
    assert_eq!(cleaned("a.gif", &dirty, &expected), (7, 5));
}

#[test]
fn webp_keeps_pixels() {
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len()).unwrap().to_le_bytes();
        [&kind[..], &length, content, &b"\0"[..content.len() % 2]].concat()
    };
    let file = |chunks: &[Vec<u8>]| {
        let content = [&b"WEBP"[..], &chunks.concat()].concat();
        chunk(b"RIFF", &content)
    };
    let pixels = chunk(b"VP8L", b"/\x06\0\x01\0pixels");
    let head = |flags: u8| chunk(b"VP8X", &[flags, 0, 0, 0, 6, 0, 0, 4, 0, 0]);
    let dirty =
        file(&[head(0x1c), pixels.clone(), chunk(b"EXIF", b"SECRET!"), chunk(b"XMP ", b"SECRET")]);
    assert_eq!(cleaned("a.webp", &dirty, &file(&[head(0x10), pixels.clone()])), (7, 5));
    assert_eq!(cleaned("a.webp", &file(std::slice::from_ref(&pixels)), &file(&[pixels])), (7, 5));
}

#[test]
fn svg_loses_what_editors_leave_behind() {
    let dirty = r#"<?xml version="1.0"?><!-- SECRET --><svg xmlns="http://www.w3.org/2000/svg"
 xmlns:i="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 7.5 5" i:file="SECRET">
<metadata><i:x>SECRET</i:x></metadata><i:view><!-- SECRET --></i:view><title>Plan</title>
<style>.a { fill: url(#b) }</style><path class="a" d="M0 0" fill="url('#b')"/></svg><?SECRET?>"#;
    let expected = r#"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"
 xmlns:i="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 7.5 5" >
<title>Plan</title>
<style>.a { fill: url(#b) }</style><path class="a" d="M0 0" fill="url('#b')"/></svg>"#;
    let picture = clean("a.svg", dirty.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(picture.bytes).unwrap(), expected);
    assert_eq!((picture.width, picture.height), (8, 5));
}

#[test]
fn svg_loses_a_document_type_that_declares_nothing() {
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg'/>";
    let public = "-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd";
    let old = format!("<!DOCTYPE svg PUBLIC \"{public}\">{drawing}");
    assert_eq!(clean("a.svg", old.as_bytes()).unwrap().bytes, drawing.as_bytes());
}

#[test]
fn svg_may_not_act_or_call() {
    let fault = |inside: &str| {
        let text = format!("<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>");
        clean("a.svg", text.as_bytes()).unwrap_err()
    };
    let element = |name: &str| PictureFault::Element(name.to_owned());
    let external = |name: &str| PictureFault::External(name.to_owned());
    assert_eq!(fault("<script/>"), element("script"));
    assert_eq!(fault("<foreignObject/>"), element("foreignObject"));
    assert_eq!(fault("<image href='https://a.example/x'/>"), element("image"));
    assert_eq!(fault("<a href='#x'/>"), element("a"));
    assert_eq!(fault("<animate attributeName='href'/>"), element("animate"));
    assert_eq!(fault("<g onLoad='x'/>"), PictureFault::Script("onLoad".to_owned()));
    assert_eq!(fault("<use href='other.svg#x'/>"), external("href"));
    assert_eq!(
        fault("<use xmlns:x='http://www.w3.org/1999/xlink' x:href='//a.example'/>"),
        external("href")
    );
    assert_eq!(fault("<g fill='URL( http://a.example)'/>"), external("fill"));
    assert_eq!(fault("<g style='fill:\\75rl(x)'/>"), external("style"));
    assert_eq!(fault("<style>@im<![CDATA[port 'x']]></style>"), external("style"));
    assert_eq!(
        fault("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>"),
        PictureFault::NestedUse
    );
    assert_eq!(fault("<g \u{4e2d}='' onx=''/>"), PictureFault::Script("onx".to_owned()));
    let deep = "<g>".repeat(9_000) + &"</g>".repeat(9_000);
    assert_eq!(fault(&deep), PictureFault::TooLarge);
    let many = "<g/>".repeat(20_000);
    assert_eq!(fault(&many), PictureFault::TooLarge);
    let entity = "<!DOCTYPE svg [<!ENTITY a 'x'>]><svg xmlns='http://www.w3.org/2000/svg'/>";
    assert_eq!(
        clean("a.svg", entity.as_bytes()),
        Err(PictureFault::Xml("XML with DTD detected".to_owned()))
    );
}
