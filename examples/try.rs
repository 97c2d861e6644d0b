use avouch::pipeline::*;
use avouch::workspace::read;
use std::path::PathBuf;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let root = PathBuf::from(&args[1]);
    let out = PathBuf::from(&args[2]);
    let layout = read::layout(&root);
    let t = std::time::Instant::now();
    let (snapshot, faults) = read::read(&root, layout).unwrap();
    eprintln!("read {:?}", t.elapsed());
    let inputs = Inputs { snapshot, faults, layout, today: None, now: jiff::Timestamp::now(), names: vec![] };
    let pdf = if args.get(3).is_some_and(|a| a == "pdf") { Pdf::Changed } else { Pdf::None };
    let options = BuildOptions { root: read::home(&root), out, pdf, handbook: true, trust: true };
    let t = std::time::Instant::now();
    let c = check(&inputs);
    eprintln!("check {:?}", t.elapsed());
    drop(c);
    let t = std::time::Instant::now();
    match build(&inputs, &options, &|_| {}) {
        Ok(b) => {
            eprintln!("build {:?}", t.elapsed());
            let mut counts = std::collections::BTreeMap::new();
            for d in &b.checked.diagnostics { *counts.entry((d.rule.name, d.level)).or_insert(0) += 1; }
            eprintln!("{counts:#?}");
            for d in b.checked.diagnostics.iter().take(60) {
                let text = inputs.snapshot.get(&d.place.path).and_then(|f| f.text().ok()).unwrap_or("");
                let line = text.get(..d.place.span.start as usize).unwrap_or("").matches('\n').count() + 1;
                println!("{}:{}: {}[{}] {} -- {:?}", d.place.path, line, d.level, d.rule.name, d.message, d.help);
            }
            for e in b.editions { println!("{e:?}"); }
        }
        Err(e) => println!("{e:?}"),
    }
}
