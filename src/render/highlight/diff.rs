//! Differences between files, as `diff` and git print them.

use super::Class;
use super::painter::Painter;

pub(super) fn lex(painter: &mut Painter<'_>) {
    while !painter.is_done() {
        let header = ["diff ", "index ", "+++ ", "--- ", "new file ", "deleted file ", "rename "];
        if header.iter().any(|opening| painter.sees(opening)) {
            painter.paint_line(Class::Heading);
        } else {
            match painter.byte() {
                b'+' | b'>' => painter.paint_line(Class::Inserted),
                b'-' | b'<' => painter.paint_line(Class::Deleted),
                b'@' => painter.paint_line(Class::Attribute),
                b'\\' | b'#' => painter.paint_line(Class::Comment),
                _ => {}
            }
        }
        painter.skip_line();
        painter.skip(1);
    }
}
