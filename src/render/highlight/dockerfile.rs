//! Container build files: an instruction a line, most of them with a shell command behind it.

use super::Class;
use super::painter::Painter;
use super::shell;

pub(super) fn lex(painter: &mut Painter<'_>) {
    while !painter.is_done() {
        painter.skip_blanks();
        if painter.byte() == b'#' {
            painter.paint_line(Class::Comment);
        } else {
            let start = painter.skip_while(|byte| byte.is_ascii_alphabetic());
            let word = painter.since(start);
            let instruction = INSTRUCTIONS.iter().any(|name| name.eq_ignore_ascii_case(word));
            let runs = ["RUN", "CMD", "ENTRYPOINT"].iter().any(|n| n.eq_ignore_ascii_case(word));
            if instruction {
                painter.paint(start, Class::Keyword);
            }
            if word.eq_ignore_ascii_case("FROM") {
                from(painter);
            }
            shell::logical_line(painter, runs);
        }
        painter.skip(1);
    }
}

/// Reads what follows `FROM`: flags and an image, and perhaps the name of the stage.
fn from(painter: &mut Painter<'_>) {
    loop {
        painter.skip_blanks();
        let start = painter.skip_while(|byte| byte.is_ascii_graphic());
        let word = painter.since(start);
        if word.is_empty() {
            return;
        }
        let class = match word {
            "AS" | "as" => Class::Keyword,
            _ if word.starts_with("--") => Class::Attribute,
            _ => Class::Type,
        };
        painter.paint(start, class);
    }
}

const INSTRUCTIONS: [&str; 18] = [
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];
