#!/usr/bin/env python3
"""Writes a made-up handbook: the same text as a plain folder and as sites of Hugo, Zola and mdBook.

usage: corpus.py OUT --docs N [--forms plain,hugo,zola,mdbook] [--seed S]

OUT/plain is a folder that `avouch build --root` takes; OUT/hugo, OUT/zola and OUT/mdbook are sites
of the same pages: navigation of the section and of the sections, table of contents, facts, an index
page for each section and each control, coloured code, and a search index. What they do not have in
common is told in docs/benchmarks.md.

The text of a document depends on the seed, its number and the number of documents, and on nothing
else. Sections hold eighty documents, and there is one control for forty, so that no page grows with
the corpus.
"""
import argparse
import pathlib
import random
import re
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
SYLLABLES = ["an", "bel", "cor", "da", "el", "fi", "gor", "hu", "il", "ja", "ker", "lo", "mar", "nu", "or", "pex",
             "qui", "ra", "sol", "tar", "ul", "ven", "wo", "xi", "yor", "zan", "dri", "sta"]
PER_SECTION = 80
PER_CONTROL = 40
# Avouch lists no more sections than this on a page, so that pages do not grow with the folder.
SECTIONS_SHOWN = 150


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
        self.id = f"DOC-{number:05}"
        self.owner = rng.choice(WHO)
        self.version = f"{rng.randint(1, 5)}.{rng.randint(0, 9)}"
        self.date = f"20{rng.randint(21, 25)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        pool = range(1, 2 + total // PER_CONTROL)
        self.controls = [f"CTL-{it:04}" for it in sorted(rng.sample(pool, min(len(pool), rng.randint(1, 3))))]
        self.rng, self.total, self.notes = rng, total, 0

    def sentence(self):
        pick = self.rng.choice
        what = pick(WHAT) + (f" of {self.system()}" if self.rng.random() < 0.35 else "")
        text = f"{pick(WHO)} {pick(DOES)} {what} {pick(WHEN)} {pick(WHY)}".strip()
        if self.rng.random() < 0.2:
            text += f", see `REC-{self.rng.randint(1, 999)}`"
        if self.rng.random() < 0.15:
            text = f"**Always:** {text}"
        return text[0].upper() + text[1:] + "."

    def system(self):
        """Returns one of 21,952 names: few of them often and most of them rarely, as words are in prose."""
        base = len(SYLLABLES)
        number = int(base ** (3 * self.rng.random()))
        return "".join(SYLLABLES[number // base**place % base] for place in range(3)).capitalize()

    def paragraph(self):
        text = " ".join(self.sentence() for _ in range(self.rng.randint(2, 6)))
        if self.rng.random() < 0.5:
            text += f" It follows \0{self.rng.randrange(self.total)}{self.rng.choice(['', '#scope', '#rules'])}\0."
        if self.rng.random() < 0.25:
            self.notes += 1
            text += f"[^{self.notes}]"
        return text + "\n\n"

    def body(self):
        """Returns the text, with each link to a document as its number and anchor between zero bytes."""
        rng = self.rng
        out = []
        for part in PARTS:
            out.append(f"## {part}\n\n" + self.paragraph())
            if rng.random() < 0.4:
                out.append("".join(f"- {self.sentence()}\n" for _ in range(rng.randint(2, 6))) + "\n")
            if rng.random() < 0.5:
                out.append(f"### {rng.choice(INNER)} {part.lower()}\n\n" + self.paragraph() + self.paragraph())
            if rng.random() < 0.3:
                rows = "".join(f"| {rng.choice(WHAT)} | {rng.choice(WHO)} | {rng.choice(WHEN)} |\n"
                               for _ in range(rng.randint(3, 9)))
                out.append("| What | Who | When |\n| --- | --- | --- |\n" + rows + "\n")
            if rng.random() < 0.25:
                out.append(code(rng))
        out += [f"[^{note}]: {self.sentence()}\n" for note in range(1, self.notes + 1)]
        return "".join(out)


class Corpus:
    """What all forms of the same documents share."""

    def __init__(self, total, seed):
        self.total, self.seed = total, seed
        self.sections, self.controls, self.places = {}, {}, []
        for number in range(total):
            document = self.document(number)
            place = (document.folder, document.name, document.title, document.id, document.owner)
            self.places.append(place)
            self.sections.setdefault(document.folder, []).append(place)
            for control in document.controls:
                self.controls.setdefault(control, []).append(place)

    def document(self, number):
        return Document(number, self.total, self.seed)


def section_title(folder):
    return folder.replace("-", " ").capitalize()


def linked(text, places, link):
    """Returns a text with its links as a form writes them."""
    return re.sub("\0([0-9]+)(#[a-z]+)?\0", lambda it: link(*places[int(it[1])][:3], it[2] or ""), text)


def facts(document):
    return f"title: {document.title}\nid: {document.id}\nowner: {document.owner}\nversion: \"{document.version}\"\n" \
           f"last_reviewed: {document.date}\ncontrols: [{', '.join(document.controls)}]\n"


def table(places):
    """Returns an index page as Markdown, for the forms that make none for controls."""
    rows = (f"| [{title}](../{folder}/{name}.md) | {id} | {owner} |\n" for folder, name, title, id, owner in sorted(places))
    return "| Title | Id | Owner |\n| --- | --- | --- |\n" + "".join(rows)


class Plain:
    """A folder of Markdown: Avouch makes the page of each section, and those of controls are documents."""

    link = staticmethod(lambda folder, name, title, anchor: f"[{title}](../{folder}/{name}.md{anchor})")

    def document(self, it, text):
        return f"{it.folder}/{it.name}.md", f"---\n{facts(it)}---\n\n{text}"

    def rest(self, corpus):
        for control, places in sorted(corpus.controls.items()):
            yield f"controls/{control.lower()}.md", f"---\ntitle: {control}\n---\n\n{table(places)}"


class Hugo:
    """A site of Hugo, with a taxonomy for controls."""

    link = staticmethod(
        lambda folder, name, title, anchor: f'[{title}]({{{{< relref "/{folder}/{name}.md{anchor}" >}}}})')

    def document(self, it, text):
        return f"content/{it.folder}/{it.name}.md", f"---\n{facts(it)}---\n\n{text}"

    def rest(self, corpus):
        yield from HUGO.items()
        yield "static/style.css", STYLE
        for folder in corpus.sections:
            yield f"content/{folder}/_index.md", f"---\ntitle: {section_title(folder)}\n---\n"


class Zola:
    """A site of Zola 0.22 or later, with a taxonomy for controls."""

    link = staticmethod(lambda folder, name, title, anchor: f"[{title}](@/{folder}/{name}.md{anchor})")

    def document(self, it, text):
        names = ", ".join(f'"{control}"' for control in it.controls)
        head = f'title = "{it.title}"\n[taxonomies]\ncontrols = [{names}]\n[extra]\nid = "{it.id}"\nowner = "{it.owner}"\n' \
               f'version = "{it.version}"\nlast_reviewed = "{it.date}"\n'
        return f"content/{it.folder}/{it.name}.md", f"+++\n{head}+++\n\n{text}"

    def rest(self, corpus):
        shown = ", ".join(f'"{folder}"' for folder in list(corpus.sections)[:SECTIONS_SHOWN])
        for path, text in ZOLA.items():
            yield path, text.replace("SECTIONS", shown)
        yield "static/style.css", STYLE
        yield "content/_index.md", '+++\ntitle = "Handbook"\n+++\n'
        for folder in corpus.sections:
            yield f"content/{folder}/_index.md", f'+++\ntitle = "{section_title(folder)}"\nsort_by = "title"\n+++\n'


class MdBook:
    """A book of mdBook: facts and all index pages are Markdown, since it makes none."""

    link = staticmethod(Plain.link)

    def document(self, it, text):
        controls = " ".join(f"[{control}](../controls/{control.lower()}.md)" for control in it.controls)
        head = f"# {it.title}\n\n| Fact | Value |\n| --- | --- |\n| Id | {it.id} |\n| Owner | {it.owner} |\n" \
               f"| Version | {it.version} |\n| Reviewed | {it.date} |\n| Controls | {controls} |\n"
        return f"src/{it.folder}/{it.name}.md", f"{head}\n{text}"

    def rest(self, corpus):
        yield "book.toml", MDBOOK
        home, summary = ["# Handbook\n\n"], ["# Summary\n\n[Handbook](index.md)\n\n"]
        indexes = [(folder, section_title(folder), places) for folder, places in corpus.sections.items()]
        for folder, title, places in indexes:
            home.append(f"- [{title}]({folder}/index.md)\n")
            summary.append(f"- [{title}]({folder}/index.md)\n")
            summary += (f"  - [{place[2]}]({folder}/{place[1]}.md)\n" for place in sorted(places))
            yield f"src/{folder}/index.md", f"# {title}\n\n{table(places)}"
        controls = ["# Controls\n\n"]
        summary.append("- [Controls](controls/index.md)\n")
        for control, places in sorted(corpus.controls.items()):
            name = f"{control.lower()}.md"
            controls.append(f"- [{control}]({name})\n")
            summary.append(f"  - [{control}](controls/{name})\n")
            yield f"src/controls/{name}", f"# {control}\n\n{table(places)}"
        yield "src/index.md", "".join(home) + "- [Controls](controls/index.md)\n"
        yield "src/controls/index.md", "".join(controls)
        yield "src/SUMMARY.md", "".join(summary)


FORMS = {"plain": Plain, "hugo": Hugo, "zola": Zola, "mdbook": MdBook}

STYLE = """body { display: grid; grid-template-columns: 16rem 1fr 14rem; gap: 2rem; font: 1rem/1.5 sans-serif }
table { border-collapse: collapse } td, th { border: 1px solid; padding: 0.25rem 0.5rem } pre { overflow: auto }
"""

HUGO = {
    "hugo.toml": """baseURL = "https://handbook.example/"
title = "Handbook"
disableKinds = ["RSS", "sitemap"]
[taxonomies]
control = "controls"
[outputs]
home = ["html", "json"]
[markup.highlight]
noClasses = false
[markup.tableOfContents]
startLevel = 2
endLevel = 3
""",
    "layouts/baseof.html": """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} · Handbook</title><link rel="stylesheet" href="/style.css"></head><body>
<header><a href="/">Handbook</a> <form role="search" action="/search/"><input type="search" name="q" aria-label="Search"></form></header>
<nav>{{ partialCached "nav.html" . .CurrentSection.Path }}</nav><main>{{ block "main" . }}{{ end }}</main></body></html>
""",
    "layouts/_partials/nav.html": f"""<ul>{{{{ $open := .CurrentSection }}}}{{{{ range first {SECTIONS_SHOWN} site.Sections }}}}<li><a href="{{{{ .RelPermalink }}}}">{{{{ .Title }}}}</a>
{{{{ if eq . $open }}}}<ul>{{{{ range .RegularPages }}}}<li><a href="{{{{ .RelPermalink }}}}">{{{{ .Title }}}}</a></li>
{{{{ end }}}}</ul>{{{{ end }}}}</li>{{{{ end }}}}<li><a href="/controls/">Controls</a></li></ul>""",
    "layouts/page.html": """{{ define "main" }}<nav><a href="/">Handbook</a> / <a href="{{ .CurrentSection.RelPermalink }}">{{ .CurrentSection.Title }}</a></nav>
<h1>{{ .Title }}</h1><dl><dt>Id<dd>{{ .Params.id }}<dt>Owner<dd>{{ .Params.owner }}<dt>Version<dd>{{ .Params.version }}
<dt>Reviewed<dd>{{ .Params.last_reviewed }}<dt>Controls<dd>{{ range .GetTerms "controls" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</dl>
<aside>{{ .TableOfContents }}</aside><article>{{ .Content }}</article>{{ end }}
""",
    "layouts/section.html": """{{ define "main" }}<h1>{{ .Title }}</h1><table><tr><th>Title<th>Id<th>Owner
{{ range .RegularPages }}<tr><td><a href="{{ .RelPermalink }}">{{ .Title }}</a><td>{{ .Params.id }}<td>{{ .Params.owner }}
{{ end }}</table>{{ end }}
""",
    "layouts/taxonomy.html": """{{ define "main" }}<h1>Controls</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
{{ end }}</ul>{{ end }}
""",
    "layouts/home.html": """{{ define "main" }}<h1>Handbook</h1><ul>{{ range .Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
{{ end }}</ul>{{ end }}
""",
    "layouts/404.html": """{{ define "main" }}<h1>Not found</h1>{{ end }}
""",
    "layouts/home.json": """[{{ range $i, $p := site.RegularPages }}{{ if $i }},{{ end }}
{{ dict "title" .Title "url" .RelPermalink "id" .Params.id "text" .Plain | jsonify }}{{ end }}]
""",
}
HUGO["layouts/term.html"] = HUGO["layouts/section.html"]

ZOLA_TABLE = """<table><tr><th>Title<th>Id<th>Owner
{% for page in PAGES %}<tr><td><a href="{{ page.path | safe }}">{{ page.title }}</a><td>{{ page.extra.id }}<td>{{ page.extra.owner }}
{% endfor %}</table>"""
ZOLA = {
    "config.toml": """base_url = "https://handbook.example"
title = "Handbook"
generate_sitemap = false
generate_robots_txt = false
build_search_index = true
taxonomies = [{ name = "controls" }]
[markdown]
bottom_footnotes = true
[markdown.highlighting]
style = "class"
theme = "github-light"
[search]
index_format = "fuse_json"
[extra]
sections = [SECTIONS]
""",
    "templates/base.html": """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}Handbook{% endblock %} · Handbook</title><link rel="stylesheet" href="/style.css"></head><body>
<header><a href="/">Handbook</a> <form role="search" action="/search/"><input type="search" name="q" aria-label="Search"></form></header>
<nav><ul>{% block open %}{% endblock %}{% for name in config.extra.sections %}<li><a href="/{{ name | safe }}/">{{ name | replace(from="section-", to="Section ") }}</a></li>
{% endfor %}<li><a href="/controls/">Controls</a></li></ul></nav><main>{% block main %}{% endblock %}</main></body></html>
""",
    "templates/page.html": """{% extends "base.html" %}{% block title %}{{ page.title }}{% endblock %}
{% block open %}{% set section = get_section(path=page.ancestors | last) %}<li>{{ section.title }}<ul>{% for other in section.pages %}<li><a href="{{ other.path | safe }}">{{ other.title }}</a></li>
{% endfor %}</ul></li>{% endblock %}
{% block main %}{% set section = get_section(path=page.ancestors | last, metadata_only=true) %}<nav><a href="/">Handbook</a> / <a href="{{ section.path | safe }}">{{ section.title }}</a></nav>
<h1>{{ page.title }}</h1><dl><dt>Id<dd>{{ page.extra.id }}<dt>Owner<dd>{{ page.extra.owner }}<dt>Version<dd>{{ page.extra.version }}
<dt>Reviewed<dd>{{ page.extra.last_reviewed }}<dt>Controls<dd>{% for name in page.taxonomies.controls %}<a href="{{ get_taxonomy_url(kind="controls", name=name) | safe }}">{{ name }}</a> {% endfor %}</dl>
<aside><ul>{% for h2 in page.toc %}<li><a href="#{{ h2.id }}">{{ h2.title }}</a>{% if h2.children %}<ul>{% for h3 in h2.children %}<li><a href="#{{ h3.id }}">{{ h3.title }}</a></li>
{% endfor %}</ul>{% endif %}</li>{% endfor %}</ul></aside><article>{{ page.content | safe }}</article>{% endblock %}
""",
    "templates/section.html": """{% extends "base.html" %}{% block title %}{{ section.title }}{% endblock %}
{% block main %}<h1>{{ section.title }}</h1>""" + ZOLA_TABLE.replace("PAGES", "section.pages") + """{% endblock %}
""",
    "templates/index.html": """{% extends "base.html" %}
{% block main %}<h1>Handbook</h1><ul>{% for path in section.subsections %}{% set part = get_section(path=path, metadata_only=true) %}<li><a href="{{ part.path | safe }}">{{ part.title }}</a>
{% endfor %}</ul>{% endblock %}
""",
    "templates/controls/list.html": """{% extends "base.html" %}
{% block main %}<h1>Controls</h1><ul>{% for term in terms %}<li><a href="{{ term.path | safe }}">{{ term.name }}</a>
{% endfor %}</ul>{% endblock %}
""",
    "templates/controls/single.html": """{% extends "base.html" %}{% block title %}{{ term.name }}{% endblock %}
{% block main %}<h1>{{ term.name }}</h1>""" + ZOLA_TABLE.replace("PAGES", "term.pages") + """{% endblock %}
""",
    "templates/404.html": """{% extends "base.html" %}{% block main %}<h1>Not found</h1>{% endblock %}
""",
}

MDBOOK = """[book]
title = "Handbook"
language = "en"
[output.html]
smart-punctuation = false
[output.html.print]
enable = false
"""


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("--docs", type=int, required=True)
    arguments.add_argument("--forms", default=",".join(FORMS), help="those to write (default: all)")
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    forms = {name: FORMS[name]() for name in given.forms.split(",")}
    corpus = Corpus(given.docs, given.seed)
    for name, form in forms.items():
        shutil.rmtree(given.out / name, ignore_errors=True)
        for path, text in form.rest(corpus):
            write(given.out / name / path, text)
    for number in range(given.docs):
        document = corpus.document(number)
        text = document.body()
        for name, form in forms.items():
            path, whole = form.document(document, linked(text, corpus.places, form.link))
            write(given.out / name / path, whole)


if __name__ == "__main__":
    main()
