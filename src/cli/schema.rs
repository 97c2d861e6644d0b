//! `avouch schema`: JSON Schemas of the files of a workspace, for editors.

use std::fs;
use std::path::Path;

use anstyle::Style;

use super::arguments::SchemaArguments;
use super::gather::counted;
use super::terminal::Terminal;
use super::{Failure, Outcome};
use crate::diagnostic::nearest_name;
use crate::parse::description::FileDescription;
use crate::{parse, pipeline, schema};

const BOLD: Style = Style::new().bold();

pub(super) fn run(arguments: &SchemaArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let files = parse::descriptions(&pipeline::rules());
    match (&arguments.name, &arguments.out) {
        (Some(name), _) => terminal.data(&schema::text(find(name, &files)?))?,
        (None, Some(folder)) => {
            write(&files, folder)?;
            let count = counted(files.len(), "schema");
            terminal.say(&format!("{count} written in {}", folder.display()))?;
        }
        (None, None) => terminal.data(&list(&files))?,
    }
    Ok(Outcome::Fine)
}

fn find<'f>(typed: &str, files: &'f [FileDescription]) -> Result<&'f FileDescription, Failure> {
    let name = typed.trim_end_matches(".schema.json");
    if let Some(file) = files.iter().find(|file| file.name == name) {
        return Ok(file);
    }
    let failure = Failure::new(format!("there is no schema `{name}`"));
    Err(match nearest_name(name, files.iter().map(|file| file.name)) {
        Some(nearest) => failure.help(format!("did you mean `{nearest}`?")),
        None => failure.help("`avouch schema` lists all schemas"),
    })
}

fn write(files: &[FileDescription], folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|cause| Failure::of_file("create", folder, &cause))?;
    for file in files {
        let path = folder.join(schema::file_name(file));
        fs::write(&path, schema::text(file))
            .map_err(|cause| Failure::of_file("write", &path, &cause))?;
    }
    Ok(())
}

fn list(files: &[FileDescription]) -> String {
    let longest = files.iter().map(|file| file.name.len()).max().unwrap_or_default();
    let line =
        |file: &FileDescription| format!("{BOLD}{:longest$}{BOLD:#}  {}\n", file.name, file.place);
    files.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_found_by_its_name() {
        let files = parse::descriptions(&[]);
        assert_eq!(find("controls.schema.json", &files).map(|file| file.name), Ok("controls"));
        assert_eq!(
            find("control", &files),
            Err(Failure::new("there is no schema `control`").help("did you mean `controls`?"))
        );
        let listed = anstream::adapter::strip_str(&list(&files)).to_string();
        assert!(listed.contains("\npeople             content/people.yaml\n"), "{listed}");
    }
}
