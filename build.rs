//! Gives the program a name for its own build: outputs that an older build wrote are made again.

#![expect(clippy::disallowed_methods, reason = "it runs before there is a Snapshot")]

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::Path;

/// Everything that decides which bytes the program writes.
const INPUTS: [&str; 6] = ["Cargo.lock", "Cargo.toml", "fonts", "frameworks", "src", "themes"];

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for input in INPUTS {
        println!("cargo::rerun-if-changed={input}");
        read(Path::new(input), &mut hasher)?;
    }
    println!("cargo::rustc-env=AVOUCH_BUILD={:016x}", hasher.finish());
    Ok(())
}

/// Hashes the names and bytes of files, in the order of their names.
fn read(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    hasher.write(path.as_os_str().as_encoded_bytes());
    if path.is_dir() {
        let mut entries: Vec<_> =
            fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| read(entry, hasher));
    }
    let bytes = fs::read(path)?;
    hasher.write_usize(bytes.len());
    hasher.write(&bytes);
    Ok(())
}
