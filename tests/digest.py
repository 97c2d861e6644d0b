#!/usr/bin/env python3
"""Digest v1 once more, written from docs/digest-v1.md and from nothing else.

usage: digest.py FILE [--variable NAME VALUE]... [--file PATH FILE]...

Prints the digest of a Markdown file with front matter. `--variable` gives the printed value of a
variable that the body uses, `--undefined` names one without a value, `--file` an image that the
body shows: its path in the workspace and the file to hash. `--form` prints the canonical form
instead, in the notation of the document.
"""

import argparse
import hashlib
import sys

import yaml

NOT_COVERED = {"approvals", "reviews", "lastreviewed", "nextreview", "addresses", "satisfies"}
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


def main() -> None:
    parser = argparse.ArgumentParser(description="digest v1 of a document")
    parser.add_argument("document")
    parser.add_argument("--variable", nargs=2, action="append", default=[], metavar=("NAME", "VALUE"))
    parser.add_argument("--undefined", action="append", default=[], metavar="NAME")
    parser.add_argument("--file", nargs=2, action="append", default=[], metavar=("PATH", "FILE"))
    parser.add_argument("--form", action="store_true")
    arguments = parser.parse_args()

    variables = {name: text(printed) for name, printed in arguments.variable}
    variables |= {name: b"N" for name in arguments.undefined}
    files = {}
    for path, name in arguments.file:
        with open(name, "rb") as file:
            files[path] = text(hashlib.sha256(file.read()).hexdigest())
    with open(arguments.document, "rb") as file:
        canonical = form(file.read(), variables, files)
    if arguments.form:
        print("".join(chr(byte) if 32 <= byte < 127 and byte != 92 else f"\\x{byte:02x}" for byte in canonical))
    else:
        print("sha256:" + hashlib.sha256(canonical).hexdigest())


if __name__ == "__main__":
    main()
