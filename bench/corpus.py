#!/usr/bin/env python3
"""Writes a made-up handbook: the same text as a plain folder and as a Hugo site.

usage: corpus.py OUT --docs N [--seed S]

OUT/plain is a folder that `avouch build --root` takes; OUT/hugo is a site whose pages show what
ours do: navigation of the section, table of contents, facts, coloured code, and a search index.
A document depends on the seed, its number and the number of documents, and on nothing else.
Sections hold eighty documents, so that navigation does not grow with the corpus.
"""
import argparse
import pathlib
import random
import shutil

AREAS = ["Access", "Backups", "Changes", "Continuity", "Devices", "Encryption", "Hiring", "Incidents",
         "Logging", "Offices", "Privacy", "Suppliers", "Training", "Vulnerabilities"]
KINDS = ["policy", "procedure", "standard", "runbook", "guideline"]
WHO = ["the owner", "security", "each engineer", "the people team", "an auditor", "the service desk",
       "the board", "legal", "whoever is on call", "the vendor manager"]
DOES = ["reviews", "approves", "records", "revokes", "tests", "rotates", "restores", "reports", "samples",
        "classifies", "escalates", "archives", "compares", "counts", "signs"]
WHAT = ["accounts without a user", "keys older than a year", "alerts from production", "requests for access",
        "backups of customer data", "changes outside the window", "contracts with processors",
        "laptops that left the office", "findings of the last test", "logs of privileged sessions",
        "exceptions that expire", "lists of visitors", "dependencies with known faults",
        "answers to customers", "rules of the firewall"]
WHEN = ["every quarter", "within two days", "before a release", "on the last day of employment",
        "once a year", "after each incident", "whenever the register changes", "at renewal", "weekly"]
WHY = ["so that nothing is left to memory", "because the contract asks for it", "unless an exception is recorded",
       "and keeps the proof for three years", "as the risk register says", "without waiting for a reminder", ""]
PARTS = ["Purpose", "Scope", "Responsibilities", "Rules", "Steps", "Proof", "Exceptions", "Review"]
INNER = ["Before", "During", "Afterwards", "Outside business hours", "Remote sites", "Suppliers"]
PER_SECTION = 80


def code(rng):
    name = rng.choice(WHAT).split()[-1]
    number = rng.randint(2, 400)
    language = rng.choice(["yaml", "bash", "rust", "json"])
    lines = {
        "yaml": [f"# what is kept of {name}", f"retention: {number}", "owners:", "  - security", f"  - \"{name}\"",
                 f"strict: {rng.choice(['true', 'false'])}", f"labels: {{kind: {name}, tier: {number % 4}}}"],
        "bash": ["#!/bin/sh", "set -eu", f"for file in /srv/{name}/*.log; do",
                 f"  test -s \"$file\" || echo \"empty: $file\" >&2  # {name}", "done",
                 f"find /srv/{name} -mtime +{number} -delete"],
        "rust": [f"/// Counts {name}.", f"pub fn {name}(all: &[u64]) -> usize {{",
                 f"    let limit = {number}; // days", "    all.iter().filter(|age| **age > limit).count()", "}"],
        "json": ["{", f'  "register": "{name}",', f'  "days": {number},', '  "open": [1, 2, null],',
                 f'  "strict": {rng.choice(["true", "false"])}', "}"],
    }[language]
    return f"```{language}\n" + "\n".join(lines * rng.randint(1, 3)) + "\n```\n\n"


class Document:
    def __init__(self, number, total, seed):
        rng = random.Random(f"{seed}:{total}:{number}")
        self.area = rng.choice(AREAS)
        self.kind = rng.choice(KINDS)
        self.number = number
        self.folder = f"section-{number // PER_SECTION:03}"
        self.name = f"{self.area}-{self.kind}-{number}".lower()
        self.title = f"{self.area} {self.kind} {number}"
        self.owner = rng.choice(WHO)
        self.version = f"{rng.randint(1, 5)}.{rng.randint(0, 9)}"
        self.date = f"20{rng.randint(21, 25)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        self.rng, self.total, self.notes = rng, total, 0

    def sentence(self):
        pick = self.rng.choice
        text = f"{pick(WHO)} {pick(DOES)} {pick(WHAT)} {pick(WHEN)} {pick(WHY)}".strip()
        if self.rng.random() < 0.2:
            text += f", see `REC-{self.rng.randint(1, 999)}`"
        if self.rng.random() < 0.15:
            text = f"**Always:** {text}"
        return text[0].upper() + text[1:] + "."

    def paragraph(self, link):
        text = " ".join(self.sentence() for _ in range(self.rng.randint(2, 6)))
        if self.rng.random() < 0.5:
            text += " It follows " + link(self.rng.randrange(self.total), self.rng.choice(["", "#scope", "#rules"])) + "."
        if self.rng.random() < 0.25:
            self.notes += 1
            text += f"[^{self.notes}]"
        return text + "\n\n"

    def body(self, link):
        rng = self.rng
        out = []
        for part in PARTS:
            out.append(f"## {part}\n\n" + self.paragraph(link))
            if rng.random() < 0.4:
                out.append("".join(f"- {self.sentence()}\n" for _ in range(rng.randint(2, 6))) + "\n")
            if rng.random() < 0.5:
                out.append(f"### {rng.choice(INNER)} {part.lower()}\n\n" + self.paragraph(link) + self.paragraph(link))
            if rng.random() < 0.3:
                rows = "".join(f"| {rng.choice(WHAT)} | {rng.choice(WHO)} | {rng.choice(WHEN)} |\n"
                               for _ in range(rng.randint(3, 9)))
                out.append("| What | Who | When |\n| --- | --- | --- |\n" + rows + "\n")
            if rng.random() < 0.25:
                out.append(code(rng))
        out += [f"[^{note}]: {self.sentence()}\n" for note in range(1, self.notes + 1)]
        return "".join(out)

    def facts(self):
        return f"title: {self.title}\nid: DOC-{self.number:05}\nowner: {self.owner}\nversion: \"{self.version}\"\n" \
               f"last_reviewed: {self.date}\n"


HUGO = {
    "hugo.toml": """baseURL = "https://handbook.example/"
title = "Handbook"
disableKinds = ["RSS", "taxonomy", "term"]
[outputs]
home = ["html", "json"]
[markup.highlight]
noClasses = false
[markup.tableOfContents]
startLevel = 2
endLevel = 3
""",
    "layouts/baseof.html": """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><nav>{{ partialCached "nav.html" . .CurrentSection.Path }}</nav><main>{{ block "main" . }}{{ end }}</main></body></html>
""",
    "layouts/_partials/nav.html": """<ul>{{ range .CurrentSection.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>""",
    "layouts/page.html": """{{ define "main" }}<h1>{{ .Title }}</h1><dl><dt>Id<dd>{{ .Params.id }}<dt>Owner<dd>{{ .Params.owner }}
<dt>Version<dd>{{ .Params.version }}<dt>Reviewed<dd>{{ .Params.last_reviewed }}</dl>
<aside>{{ .TableOfContents }}</aside>{{ .Content }}{{ end }}
""",
    "layouts/section.html": """{{ define "main" }}<h1>{{ .Title }}</h1><table>
{{ range .RegularPages }}<tr><td><a href="{{ .RelPermalink }}">{{ .Title }}</a><td>{{ .Params.id }}<td>{{ .Params.owner }}
{{ end }}</table>{{ end }}
""",
    "layouts/home.html": """{{ define "main" }}<ul>{{ range .Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
{{ end }}</ul>{{ end }}
""",
    "layouts/home.json": """[{{ range $i, $p := site.RegularPages }}{{ if $i }},{{ end }}
{{ dict "title" .Title "url" .RelPermalink "id" .Params.id "text" .Plain | jsonify }}{{ end }}]
""",
}


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("--docs", type=int, required=True)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    shutil.rmtree(given.out / "plain", ignore_errors=True)
    shutil.rmtree(given.out / "hugo", ignore_errors=True)
    make = lambda number: Document(number, given.docs, given.seed)
    places = [(it.folder, it.name, it.title) for it in map(make, range(given.docs))]

    def plain(number, anchor):
        folder, name, title = places[number]
        return f"[{title}](../{folder}/{name}.md{anchor})"

    def hugo(number, anchor):
        folder, name, title = places[number]
        return f'[{title}]({{{{< relref "/{folder}/{name}.md{anchor}" >}}}})'

    for number in range(given.docs):
        for root, link in (("plain", plain), ("hugo/content", hugo)):
            document = make(number)
            text = f"---\n{document.facts()}---\n\n{document.body(link)}"
            write(given.out / root / document.folder / f"{document.name}.md", text)
    for path, text in HUGO.items():
        write(given.out / "hugo" / path, text)
    for folder in sorted({place[0] for place in places}):
        write(given.out / "hugo/content" / folder / "_index.md", f"---\ntitle: {folder}\n---\n")


if __name__ == "__main__":
    main()
