#!/usr/bin/env python3
"""Digest v1 once more, written from docs/digest-v1.md and from nothing else.

usage: digest.py FILE [--variable NAME VALUE]... [--file PATH FILE]...
       digest.py --entries KIND FILE [--variable NAME VALUE]...
       digest.py --mapping FRAMEWORK FILE... [--variable NAME VALUE]...

Prints the digest of a Markdown file with front matter, or the id and the digest of every entry of a
file of controls, of a register or (KIND `exclusion`) of settings, or the digest of what files of
controls and documents map to a framework. `--variable` gives the printed value of a
variable that the body uses, `--undefined` names one without a value, `--file` an image that the
body shows: its path in the workspace and the file to hash. `--form` prints the canonical form
instead, in the notation of the document.
"""

import argparse
import hashlib
import re
import sys

import yaml

NOT_COVERED = {"approvals", "reviews", "lastreviewed", "nextreview", "addresses", "satisfies"}
NOT_COVERED_OF_KIND = {
    "control": {"approvals", "reviews", "meets", "satisfies"},
    "exclusion": {"approvals", "reviews", "approvedon"},
}
NOT_COVERED_OF_RECORDS = {"approvals", "reviews", "reviewedon"}
VARIABLE = re.compile(r"\{\{\s*([A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*)\s*\}\}", re.ASCII)
CLAUSE = re.compile(r"\{#([\w.-]+)((?:\s+[\w-]+=\"[^\"]*\")*)\s*\}\s*$", re.MULTILINE)
NULLS = {"", "~", "null", "Null", "NULL"}


def length(count: int) -> bytes:
    return count.to_bytes(8, "big")


def text(value: str) -> bytes:
    encoded = value.encode("utf-8")
    return b"S" + length(len(encoded)) + encoded


def mapping(entries: dict[str, bytes]) -> bytes:
    ordered = sorted(entries.items(), key=lambda entry: entry[0].encode("utf-8"))
    return b"M" + length(len(ordered)) + b"".join(text(key) + value for key, value in ordered)


def fold(key: str) -> str:
    return "".join(character for character in key if character not in " -_").lower()


def value(node: yaml.Node) -> bytes:
    if isinstance(node, yaml.MappingNode):
        return mapping(entries(node))
    if isinstance(node, yaml.SequenceNode):
        return b"L" + length(len(node.value)) + b"".join(map(value, node.value))
    if node.style is None and node.value in NULLS:
        return b"N"
    return text(node.value)


def entries(node: yaml.Node) -> dict[str, bytes]:
    folded = [(fold(key.value), value(item)) for key, item in node.value]
    if len({key for key, _ in folded}) != len(folded):
        sys.exit("two keys are the same")
    return dict(folded)


def split(source: bytes) -> tuple[str, str]:
    lines = source.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").decode("utf-8").split("\n")
    if lines[0].rstrip() != "---":
        sys.exit("no front matter")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ("---", "..."):
            return "\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1:])
    sys.exit("the front matter does not end")


def form(source: bytes, variables: dict[str, bytes], files: dict[str, bytes]) -> bytes:
    head, body = split(source)
    node = yaml.compose(head, Loader=yaml.BaseLoader)
    covered = {key: item for key, item in entries(node).items() if key not in NOT_COVERED} if node else {}
    encoded = body.encode("utf-8")
    return b"".join([
        b"avouch digest v1\n",
        mapping(covered),
        b"B" + length(len(encoded)) + encoded,
        mapping(variables),
        mapping(files),
    ])


def scalars(node: yaml.Node) -> list[str]:
    if isinstance(node, yaml.MappingNode):
        return [found for _, item in node.value for found in scalars(item)]
    if isinstance(node, yaml.SequenceNode):
        return [found for item in node.value for found in scalars(item)]
    return [node.value]


def used(texts: list[str], values: dict[str, bytes]) -> dict[str, bytes]:
    names = {name for found in texts for name in VARIABLE.findall(found)}
    return {name: values.get(name, b"N") for name in names}


def member(node: yaml.MappingNode, *names: str) -> yaml.Node | None:
    return next((item for key, item in node.value if fold(key.value) in names), None)


def entry_forms(kind: str, source: str, values: dict[str, bytes]) -> list[tuple[str, bytes]]:
    root = yaml.compose(source, Loader=yaml.BaseLoader)
    if kind == "exclusion":
        found = member(root, "exclusions")
    else:
        found = next((item for _, item in root.value if isinstance(item, yaml.SequenceNode)), None)
    forms = []
    for node in found.value if found else []:
        left_out = NOT_COVERED_OF_KIND.get(kind, NOT_COVERED_OF_RECORDS)
        covered = [(key, item) for key, item in node.value if fold(key.value) not in left_out]
        names = {fold(key.value): item.value for key, item in node.value}
        if kind == "exclusion":
            plain = [re.sub(r"[^A-Za-z0-9_.-]", "-", names[key]) for key in ("framework", "requirement")]
            name = "exclusion:" + ":".join(plain)
        else:
            name = names["id"]
        texts = [found for _, item in covered for found in scalars(item)]
        entry = mapping({fold(key.value): value(item) for key, item in covered})
        forms.append((name, item_form(kind, entry, texts, values)))
    return forms


def item_form(kind: str, entry: bytes, texts: list[str], values: dict[str, bytes]) -> bytes:
    return b"avouch digest v1\n" + text(kind) + entry + mapping(used(texts, values))


def of_controls(framework: str, source: str, texts: list[str]) -> dict[str, dict[str, bytes]]:
    found = {}
    for node in member(yaml.compose(source, Loader=yaml.BaseLoader), "controls").value:
        meets = member(node, "meets", "satisfies")
        of_framework = [item for key, item in meets.value if key.value == framework] if meets else []
        for requirement, says in (pair for item in of_framework for pair in item.value):
            is_partly = False
            if isinstance(says, yaml.MappingNode):
                partly = member(says, "partly")
                is_partly = partly is not None and partly.value.lower() in ("true", "yes", "on")
                says = member(says, "reason")
            reason = says.value.strip()
            texts += [reason]
            one = {"extent": text("partly" if is_partly else "wholly"), "reason": text(reason)}
            found.setdefault(member(node, "id").value, {})[requirement.value] = mapping(one)
    return found


def of_document(framework: str, source: bytes) -> dict[str, dict[str, bytes]]:
    head, body = split(source)
    node = yaml.compose(head, Loader=yaml.BaseLoader)
    document = member(node, "id").value
    found = {}
    addresses = member(node, "addresses", "satisfies")
    for key, item in addresses.value if addresses else []:
        if key.value == framework:
            listed = item.value if isinstance(item, yaml.SequenceNode) else [item]
            found[document] = {requirement.value.strip(): b"N" for requirement in listed}
    for anchor, attributes in CLAUSE.findall(body):
        for name, listed in re.findall(r'([\w-]+)="([^"]*)"', attributes):
            named = re.findall(r"[^\s,]+", listed)
            if name == framework and named:
                requirements = found.setdefault(f"{document}#{anchor}", {})
                requirements |= {requirement: b"N" for requirement in named}
    return found


def mapping_form(framework: str, files: list[str], values: dict[str, bytes]) -> bytes:
    sources = {}
    texts = []
    for name in files:
        with open(name, "rb") as file:
            source = file.read()
        if name.endswith(".md"):
            sources |= of_document(framework, source)
        else:
            sources |= of_controls(framework, source.decode("utf-8"), texts)
    entry = mapping({source: mapping(requirements) for source, requirements in sources.items()})
    return item_form("mapping", entry, texts, values)


def printed(form: bytes) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 and byte != 92 else f"\\x{byte:02x}" for byte in form)


def main() -> None:
    parser = argparse.ArgumentParser(description="digest v1 of a document")
    parser.add_argument("documents", nargs="+", metavar="FILE")
    parser.add_argument("--entries", metavar="KIND")
    parser.add_argument("--mapping", metavar="FRAMEWORK")
    parser.add_argument("--variable", nargs=2, action="append", default=[], metavar=("NAME", "VALUE"))
    parser.add_argument("--undefined", action="append", default=[], metavar="NAME")
    parser.add_argument("--file", nargs=2, action="append", default=[], metavar=("PATH", "FILE"))
    parser.add_argument("--form", action="store_true")
    arguments = parser.parse_args()

    variables = {name: text(words) for name, words in arguments.variable}
    variables |= {name: b"N" for name in arguments.undefined}
    files = {}
    for path, name in arguments.file:
        with open(name, "rb") as file:
            files[path] = text(hashlib.sha256(file.read()).hexdigest())
    if arguments.entries:
        with open(arguments.documents[0], encoding="utf-8") as file:
            forms = entry_forms(arguments.entries, file.read(), variables)
    elif arguments.mapping:
        forms = [("", mapping_form(arguments.mapping, arguments.documents, variables))]
    else:
        with open(arguments.documents[0], "rb") as file:
            forms = [("", form(file.read(), variables, files))]
    for name, canonical in forms:
        words = printed(canonical) if arguments.form else "sha256:" + hashlib.sha256(canonical).hexdigest()
        print(f"{name} {words}".strip())


if __name__ == "__main__":
    main()
