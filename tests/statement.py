#!/usr/bin/env python3
"""Reads statements v1 and rings v1, written from docs/statement-v1.md and docs/ring-v1.md alone.

It shares no code with Avouch; tests/suite/statement.rs compares the two. Standard library only.

    statement.py statement FILE    prints the digest of a statement and the name of its file
    statement.py ring FILE         prints the digest of a ring and its number
    statement.py --batch           reads a JSON list of [kind, text] and prints a JSON list:
                                   [digest, name or number], or null for what is refused

What is read is taken apart, written again, and compared byte for byte.
"""

import hashlib
import json
import re
import sys

LONGEST_LINE = 16 * 1024
LAST_MOMENT = "9999-12-30T22:00:00Z"
ACTS = {
    "approval": ["approve", "approve-in-emergency", "reject", "request-changes", "withdraw"],
    "review": ["keep"],
    "acknowledgement": ["accept"],
    "ring": ["enrol"],
}
METHODS = ["signature", "e-sign", "pull-request", "minutes", "imported", "recorded"]
WHITE = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
UNSEEN = [
    (0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160),
    (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB),
    (0xE0000, 0xE0FFF),
]


class Refused(Exception):
    """The text is not one of the form."""


def need(holds: object, why: str) -> None:
    if not holds:
        raise Refused(why)


# Values.

def clean(value: str) -> bool:
    seen = all(not any(first <= ord(it) <= last for first, last in UNSEEN) for it in value)
    return value != "" and value[0] not in WHITE and value[-1] not in WHITE and seen


def is_id(value: str) -> bool:
    return len(value) <= 128 and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.:-]*", value) is not None


def is_text(_value: str) -> bool:
    return True


def is_digest(value: str) -> bool:
    return re.fullmatch(r"sha256:[0-9a-f]{64}", value) is not None


def is_date(value: str) -> bool:
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", value)
    if found is None:
        return False
    year, month, day = map(int, found.groups())
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = [31, 29 if is_leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return 1 <= month <= 12 and 1 <= day <= days[month - 1]


def is_moment(value: str) -> bool:
    clock = re.fullmatch(r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z", value[10:])
    return is_date(value[:10]) and clock is not None and value <= LAST_MOMENT


def is_number(value: str, least: int = 0) -> bool:
    return re.fullmatch(r"0|[1-9][0-9]*", value) is not None and least <= int(value) < 2**32


def maybe(holds):
    return lambda value: value == "none" or holds(value)


def several(holds, between=", "):
    return lambda value: value == "none" or all(map(holds, value.split(between)))


def one_of(*words: str):
    return lambda value: value in words


# Lines.

def lines_of(text: str, first: str) -> list[str]:
    need("\r" not in text, "a carriage return")
    need(text.startswith(first + "\n"), "the first line")
    need(text.endswith("\n") and not text.endswith("\n\n"), "one line feed ends the text")
    return text[:-1].split("\n")[1:]


def pair(line: str) -> tuple[str, str]:
    need(len(line.encode("utf-8")) <= LONGEST_LINE, "a line is too long")
    key, colon, value = line.partition(": ")
    need(colon and clean(value), f"no clean value: {line!r}")
    return key, value


# Statements.

HEAD = [
    ("workspace", is_text), ("act", one_of(*ACTS)), ("decision", is_text), ("by", is_id),
    ("on_behalf_of", maybe(is_id)), ("role", maybe(is_id)), ("decided_on", is_date),
    ("signed_at", is_moment), ("ring", maybe(is_digest)), ("reason", is_text),
    ("considered", is_text), ("conclusion", is_text), ("digests", one_of("avouch digest v1")),
]
SUBJECT = [
    ("subject", is_id), ("kind", is_id), ("title", is_text), ("version", is_text),
    ("tags", is_text), ("effective", maybe(is_date)), ("retired", maybe(is_date)),
    ("digest", is_digest), ("previous", maybe(is_digest)), ("authors", several(is_id)),
    ("change", one_of("material", "editorial")), ("summary", is_text),
]


def take(lines: list[str], fields) -> dict[str, str]:
    need(len(lines) == len(fields), "lines are missing")
    taken = {}
    for line, (key, holds) in zip(lines, fields):
        found, value = pair(line)
        need(found == key and holds(value), f"{line!r} is no {key}")
        taken[key] = value
    return taken


def statement(text: str) -> tuple[str, str]:
    lines = lines_of(text, "avouch statement v1")
    head = take(lines[: len(HEAD)], HEAD)
    need(head["decision"] in ACTS[head["act"]], "the decision is none of its act")
    rest = lines[len(HEAD):]
    need(rest, "there is no subject")
    size = len(SUBJECT)
    subjects = [take(rest[at: at + size], SUBJECT) for at in range(0, len(rest), size)]

    written = ["avouch statement v1"]
    for block in [head, *subjects]:
        written += [f"{key}: {value}" for key, value in block.items()]
    need("\n".join(written) + "\n" == text, "it is written otherwise")
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    moment = re.sub("[-:]", "", head["signed_at"])
    return "sha256:" + digest, f"{moment}-{head['by']}-{head['act']}-{digest[:8]}"


# Rings.

def words_of(line: str, *fields) -> None:
    """Holds the words of a line against their forms; the last takes what is left."""
    words = line.split(" ", len(fields) - 1)
    need(len(words) == len(fields), f"{line!r} has too few words")
    for word, holds in zip(words, fields):
        need(holds(word), f"{word!r} in {line!r}")


def rest_of_line(value: str) -> bool:
    return value != "" and not value.startswith(" ")


def named(name: str, holds):
    return lambda word: word.startswith(name + "=") and holds(word[len(name) + 1:])


def emergency(value: str) -> bool:
    role, slash, days = value.partition("/")
    return slash == "/" and is_id(role) and is_number(days)


DAY = maybe(is_date)
IDS = several(is_id, ",")
YES = one_of("yes", "no")
KINDS = {
    "person": [is_id, is_id, DAY, DAY, rest_of_line],
    "key": [is_id, DAY, DAY, DAY, DAY, several(one_of(*ACTS), ","), is_text],
    "role": [is_id],
    "holder": [is_id, is_id, DAY, DAY],
    "delegation": [is_id, is_id, is_id, DAY, DAY],
    "authority": [is_digest, rest_of_line],
    "rule": [
        named("for", IDS), named("all", IDS), named("any", IDS), named("people", is_number),
        named("authors", YES), named("late", YES),
        named("methods", several(one_of(*METHODS), ",")), named("reviewers", IDS),
        named("emergency", maybe(emergency)),
    ],
}


def ring(text: str) -> tuple[str, str]:
    pairs = [pair(line) for line in lines_of(text, "avouch ring v1")]
    need([key for key, _ in pairs[:3]] == ["workspace", "number", "previous"], "the head")
    (_, workspace), (_, number), (_, previous) = pairs[:3]
    need(is_number(number, 1) and maybe(is_digest)(previous), "the head")
    facts: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for key, value in pairs[3:]:
        need(key in facts, f"{key} is no kind of line")
        words_of(value, *KINDS[key])
        facts[key].append(value)

    written = ["avouch ring v1", f"workspace: {workspace}", f"number: {number}", f"previous: {previous}"]
    for kind, values in facts.items():
        if kind != "rule":
            values = sorted(set(values), key=lambda value: value.encode("utf-8"))
        written += [f"{kind}: {value}" for value in values]
    need("\n".join(written) + "\n" == text, "it is written otherwise")
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest(), number


READERS = {"statement": statement, "ring": ring}


def batch() -> list[list[str] | None]:
    answers: list[list[str] | None] = []
    for kind, text in json.load(sys.stdin):
        try:
            answers.append(list(READERS[kind](text)))
        except Refused:
            answers.append(None)
    return answers


def main() -> None:
    if sys.argv[1:] == ["--batch"]:
        json.dump(batch(), sys.stdout)
        return
    if len(sys.argv) != 3 or sys.argv[1] not in READERS:
        sys.exit(__doc__)
    with open(sys.argv[2], "rb") as file:
        try:
            print(*READERS[sys.argv[1]](file.read().decode("utf-8")))
        except (Refused, UnicodeDecodeError) as refused:
            sys.exit(f"{sys.argv[2]}: {refused}")


if __name__ == "__main__":
    main()
