#!/usr/bin/env python3
"""Kills builds at random moments, and looks at what they leave.

usage: kill.py [--kills 200] [--avouch PATH] [--work DIR] [--seed S]

Takes turns over a folder of 20 documents, one of 150, and the workspace of this repository, which
has two editions. Each stands in two versions; a build makes the other version of what stands, and is
killed while it does. Half of the moments are anywhere in a build, half are after the new files have
begun to appear. Then:

- each edition is one of both versions as a whole, file for file, or is not there if none was before;
- a build that is left to end gives the bytes of a build into an empty folder with an empty cache,
  and leaves no file behind that such a build does not leave, in the output and in the cache;
- no source was touched.

Often the next build is killed as well, so that leftovers of several are met. Exits with 1 if
something else was seen.
"""
import argparse
import hashlib
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
NOTES = ".avouch"


def tree(folder):
    """Returns the digest of every file of a folder by its path."""
    found = {}
    for path, folders, names in os.walk(folder):
        for name in folders:
            found[os.path.relpath(os.path.join(path, name), folder) + "/"] = ""
        for name in names:
            whole = os.path.join(path, name)
            found[os.path.relpath(whole, folder)] = hashlib.sha256(pathlib.Path(whole).read_bytes()).hexdigest()
    return found


def editions(out):
    """Returns the tree of each edition that stands in an output folder."""
    return {it.name: tree(it) for it in out.iterdir() if it.name != NOTES} if out.exists() else {}


def kept(cache):
    """Returns what lies in a cache, but for what killed builds were about to keep: that may belong to
    another build at work, so that it is removed an hour later."""
    return sorted(path for path in tree(cache) if not path.endswith(".next"))


def notes(out):
    """Returns what lies beside the editions. Its bytes hold times, so that only names are compared."""
    return sorted(tree(out / NOTES))


class Subject:
    """A source folder in two versions, what a build makes of each, and an output folder that is built again and again."""

    def __init__(self, name, work, avouch, change):
        self.name, self.work, self.avouch, self.change = name, work / name, avouch, change
        self.source, self.out = self.work / "source", self.work / "out"
        self.at = 0
        self.wholes, self.notes, self.sources = [], [], []
        for version in (0, 1):
            self.set(version)
            out = self.work / f"whole-{version}"
            begin = time.monotonic()
            self.build(out, self.work / f"cache-{version}").wait()
            self.time = time.monotonic() - begin
            self.wholes.append(editions(out))
            self.notes.append(notes(out))
            self.sources.append(tree(self.source))
        if self.wholes[0] == self.wholes[1] or not all(self.wholes):
            sys.exit(f"{name}: the two versions make nothing, or the same:\n{(self.work / 'log').read_text()[-1000:]}")
        self.writing = self.seconds_of_writing()

    def set(self, version):
        self.at = version
        self.change(self.source, version)

    def build(self, out, cache=None):
        command = [self.avouch, "build", "--root", self.source, "--out", out, "--no-pdf"]
        environment = {**os.environ, "XDG_CACHE_HOME": str(cache or self.work / "cache")}
        with open(self.work / "log", "wb") as log:
            return subprocess.Popen([str(it) for it in command], env=environment, stdout=log, stderr=log)

    def is_writing(self):
        """Returns whether a tree in the making is there."""
        notes = self.out / NOTES
        return notes.exists() and any(it.name.startswith("next-") for it in notes.iterdir())

    def wait_for_writing(self, process):
        while process.poll() is None and not self.is_writing():
            time.sleep(0.0002)

    def seconds_of_writing(self):
        process = self.build(self.out)
        self.wait_for_writing(process)
        begin = time.monotonic()
        process.wait()
        return time.monotonic() - begin

    def kill(self, rng):
        """Begins a build and kills it; returns whether it was still at work."""
        is_any = rng.random() < 0.5
        moment = rng.random() * 1.1
        process = self.build(self.out)
        if is_any:
            time.sleep(moment * self.time)
        else:
            self.wait_for_writing(process)
            time.sleep(moment * self.writing)
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL

    def versions(self):
        """Returns the version in which each edition stands: `None` is none at all, and "torn" is neither."""
        found = editions(self.out)
        names = {name for whole in self.wholes for name in whole} | set(found)

        def version(name):
            if name not in found:
                return None
            fits = [at for at in (0, 1) if self.wholes[at].get(name) == found[name]]
            # An edition that both versions have in common stands in either.
            return "torn" if not fits else "both" if len(fits) == 2 else fits[0]

        return {name: version(name) for name in sorted(names)}

    def faults_of_standing(self, before):
        faults = []
        for name, version in self.versions().items():
            if version not in (before.get(name), self.at, "both"):
                faults.append(f"{name} stands in version {version}; before it was {before.get(name)}, and {self.at} was made")
        return faults + self.faults_of_source()

    def faults_of_source(self):
        return [] if tree(self.source) == self.sources[self.at] else ["a source was touched"]

    def faults_of_end(self):
        """Lets a build end, and returns how it differs from one into an empty folder."""
        if self.build(self.out).wait() != 0:
            return [f"the next build failed:\n{(self.work / 'log').read_text()}"]
        faults = self.faults_of_source()
        found = editions(self.out)
        for name in sorted(set(found) | set(self.wholes[self.at])):
            one, other = found.get(name, {}), self.wholes[self.at].get(name, {})
            wrong = sorted(path for path in set(one) | set(other) if one.get(path) != other.get(path))
            if wrong:
                faults.append(f"{name}: {len(wrong)} files differ after the next build: {', '.join(wrong[:5])}")
        for place, one, other in (
            ("the output", notes(self.out), self.notes[self.at]),
            ("the cache", kept(self.work / "cache"), kept(self.work / f"cache-{self.at}")),
        ):
            if left := sorted(set(one) ^ set(other)):
                faults.append(f"left behind in {place}: {left[:5]}")
        return faults


def corpus(folder, docs):
    subprocess.run([sys.executable, HERE / "corpus.py", folder, "--docs", str(docs), "--forms", "plain"], check=True)
    (folder / "plain").rename(folder / "source")


def change_folder(source, version):
    """Another title, which pages around it show; a document more, a document less."""
    first, second, *_ = sorted((source / "section-000").glob("*.md"))
    kept = source.parent / "kept"
    if not kept.exists():
        kept.mkdir()
        shutil.copy(first, kept)
        shutil.copy(second, kept)
    for path in (first, second):
        shutil.copy(kept / path.name, path)
    more, less = source / "section-000/z-more.md", source / "section-000/z-less.md"
    for path in (more, less):
        path.unlink(missing_ok=True)
    if version == 0:
        less.write_text("# Less\n\nOnly in the first version.\n", encoding="utf-8")
    else:
        more.write_text("# More\n\nOnly in the second version.\n", encoding="utf-8")
        first.write_text(first.read_text(encoding="utf-8").replace("\ntitle: ", "\ntitle: Renamed "), encoding="utf-8")


def change_workspace(source, version):
    """Another company: its name stands on every page of both editions."""
    path = source / "content/workspace.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(index for index, line in enumerate(lines) if line.startswith("  name: "))
    lines[at] = f"  name: {['Harbourlight', 'Another Company'][version]}"
    path.write_text("\n".join(lines), encoding="utf-8")


def subjects(work, avouch):
    for name, docs in (("small", 20), ("middle", 150)):
        corpus(work / name, docs)
        yield Subject(name, work, avouch, change_folder)
    shutil.copytree(HERE.parent / "content", work / "workspace/source/content")
    yield Subject("workspace", work, avouch, change_workspace)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--avouch", default=os.environ.get("AVOUCH", "avouch"))
    arguments.add_argument("--work", type=pathlib.Path, default=pathlib.Path("/tmp/avouch-kill"))
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    avouch = shutil.which(given.avouch)
    if avouch is None:
        sys.exit(f"there is no program `{given.avouch}`; name one with --avouch")
    work = given.work / str(os.getpid())
    work.mkdir(parents=True)
    rng = random.Random(given.seed)
    everything = list(subjects(work, os.path.abspath(avouch)))
    seen = {"killed": 0, "ended before": 0, "stood in the old version": 0, "stood in the new version": 0,
            "stood in both, edition by edition": 0, "nothing stood": 0, "builds that ended": 0}
    faults = []

    def report(what, found):
        faults.extend(found)
        for fault in found:
            print(f"{what}: {fault}", flush=True)

    while seen["killed"] < given.kills:
        subject = everything[seen["killed"] % len(everything)]
        if rng.random() < 0.1:
            # Now and then nothing stands.
            shutil.rmtree(subject.out, ignore_errors=True)
        subject.set(1 - subject.at)
        before = subject.versions()
        is_killed = subject.kill(rng)
        what = f"{subject.name}, kill {seen['killed'] + 1}"
        seen["killed" if is_killed else "ended before"] += 1
        report(what, subject.faults_of_standing(before))
        if is_killed:
            after = {it for it in subject.versions().values() if it != "both"}
            kind = ("nothing stood" if after <= {None} else "stood in the new version" if after == {subject.at}
                    else "stood in both, edition by edition" if subject.at in after else "stood in the old version")
            seen[kind] += 1
        if rng.random() < 0.6:
            seen["builds that ended"] += 1
            report(what, subject.faults_of_end())
    for subject in everything:
        report(f"{subject.name}, at the end", subject.faults_of_end())
    print("; ".join(f"{kind}: {number}" for kind, number in seen.items()))
    for subject in everything:
        cache = subject.work / "cache"
        print(f"{subject.name}: a build of {subject.time:.2f} s, of which {subject.writing:.2f} s of writing; "
              f"{len(tree(cache))} files and folders in its cache")
    if faults:
        sys.exit(f"{len(faults)} faults; all is left in {work}")
    shutil.rmtree(work)
    print("no faults")


if __name__ == "__main__":
    main()
