#!/usr/bin/env python3
"""Enrols, approves and reviews the demonstration again, by the commands that everybody has.

Reads `story.txt` beside it: one act a line, in the order of their days. Removes all records first, so
that it can be run after the content changed; keys and the authority of time stamps stay the same.
Needs `avouch` (built), `openssl` and `faketime`, which gives the authority another clock: the
story happens in a year that is over. The private keys beside it are public on purpose; they count in
no other workspace.

    scripts/demo/enrol.py target/debug/avouch
"""

import datetime
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CONTENT = ROOT / "content"
STATEMENTS = CONTENT / "records" / "statements"
AUTHORITY = HERE / "authority"


def run(*command, **options):
    done = subprocess.run([str(it) for it in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(str(it) for it in command)}\n{done.stdout[-2000:]}\n{done.stderr}")
    return done.stdout


def forget():
    """Removes all records and the lines of the front matter that name them."""
    shutil.rmtree(STATEMENTS, ignore_errors=True)
    shutil.rmtree(CONTENT / "records" / "ring", ignore_errors=True)
    shutil.rmtree(CONTENT / "records" / "acknowledgements", ignore_errors=True)
    for path in sorted((CONTENT / "records").glob("*.yaml")):
        path.unlink()
    for folder in ("policies", "procedures", "narratives"):
        for path in sorted((CONTENT / folder).glob("*.md")):
            text = path.read_text()
            text = re.sub(r"^(approvals|reviews):\n(  - .*\n)+", "", text, flags=re.M)
            path.write_text(text)


def acts():
    """Yields the acts of the story: day, person, role, what, documents, more."""
    for number, line in enumerate((HERE / "story.txt").read_text().splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            head, *more = [part.strip() for part in line.split("|")]
            day, person, role, what, *documents = head.split()
            yield datetime.date.fromisoformat(day), person, role, what, documents, more, number


def stamp(moment):
    """Has the authority stamp every signature that has no stamp yet, a quarter of an hour later."""
    later = (moment + datetime.timedelta(minutes=15)).strftime("%Y-%m-%d %H:%M:%S")
    for signature in sorted(STATEMENTS.glob("*.sig")):
        query = signature.with_name(signature.name + ".tsq")
        reply = signature.with_name(signature.name + ".tsr")
        if reply.exists():
            continue
        run("openssl", "ts", "-query", "-data", signature, "-sha256", "-cert", "-out", query)
        run("faketime", "-f", later, "openssl", "ts", "-reply", "-queryfile", query, "-out", reply,
            "-config", "openssl.cnf", cwd=AUTHORITY, env={**os.environ, "TZ": "UTC"})


def main():
    avouch = pathlib.Path(sys.argv[1]).resolve()
    forget()
    clock = {}
    for day, person, role, what, documents, more, number in acts():
        minute = clock[day] = clock.get(day, 0) + 1
        moment = datetime.datetime(day.year, day.month, day.day, 9, tzinfo=datetime.timezone.utc)
        moment += datetime.timedelta(minutes=minute)
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(moment.timestamp()))}
        common = ["--as", person, "--key", HERE / "keys" / person, "--root", ROOT]
        if role != "-":
            common += ["--role", role]
        if what == "import":
            run(avouch, "record", "import", HERE / documents[0], "--source", more[0], "--map", more[1],
                "--as", person, "--root", ROOT, env=environment)
        elif what == "acknowledge":
            run(avouch, "acknowledge", *documents, *common, "--yes", env=environment)
        elif what == "ring":
            run(avouch, "people", "sign", *common, "--yes", env=environment)
        else:
            command = {"approve": ["approve"], "editorial": ["approve", "--editorial"],
                       "review": ["review"]}[what]
            if what == "review":
                command += ["--considered", more[0], "--conclusion", more[1]]
            if what == "editorial":
                command += ["--public-summary", more[0]]
            command += [*documents, *common]
            shown = run(avouch, *command, "--dry-run", env=environment)
            digests = re.findall(r"^  digest: (sha256:\w+)$", shown, flags=re.M)
            run(avouch, *command, "--yes", "--expect-digest", ",".join(digests), env=environment)
        stamp(moment)
        print(f"{number:3} {day} {person} {what} {' '.join(documents)}")


main()
