"""Results to Markdown."""
import datetime
import statistics
import sys

import measure

BEGIN = "<!-- What follows was written by bench/run.py. -->"
END = "<!-- What bench/run.py wrote ends here. -->"
NAMES = {"avouch": "Avouch", "hugo": "Hugo", "mdbook": "mdBook", "zola": "Zola"}
UNKNOWN = "not measured"


def write(path, head, records):
    """Puts the tables between their two marks in a document."""
    before, after = parts(path)
    results = Results(records)
    sections = [machine(head), targets(results), builds(results), stages(results), limits(results), checks(results),
             edits(results), ahead(results)]
    path.write_text(f"{before}{BEGIN}\n\n{''.join(filter(None, sections))}{END}{after}", encoding="utf-8")


def parts(path):
    """Returns what stands in a document before and after the tables."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    return (before, after) if begin and end else sys.exit(f"`{path}` has no place for the tables")


def median(numbers):
    return statistics.median(numbers)


class Results:
    """All records, asked for medians."""

    def __init__(self, records):
        self.records = records
        self.sizes = sorted({it["docs"] for it in records})

    def of(self, part, docs, what, tool="avouch"):
        wanted = {"part": part, "docs": docs, "what": what, "tool": tool}
        return [it for it in self.records if all(it.get(key, "avouch") == value for key, value in wanted.items())]

    def median(self, key, *which):
        """Returns a median, or nothing where nothing was measured."""
        found = [it[key] for it in self.of(*which) if key in it]
        return median(found) if found else None

    def cold(self, key, docs, tool="avouch"):
        return self.median(key, "build", docs, "cold", tool)

    def timings(self, docs):
        """Returns what the cold builds of Avouch said of themselves."""
        return [it["timings"] for it in self.of("build", docs, "cold") if "timings" in it]

    def fastest(self, key, docs):
        """Returns the faster of Hugo and Zola, and its time."""
        found = [(self.cold(key, docs, tool), tool) for tool in ("hugo", "zola")]
        return min((it for it in found if it[0] is not None), default=(None, None))


def seconds(number):
    if number is None:
        return UNKNOWN
    return f"{1000 * number:.1f} ms" if number < 1 else f"{number:.2f} s"


def megabytes(number):
    return UNKNOWN if number is None else f"{number / 1e6:.0f} MB"


def ratio(above, below):
    return None if above is None or not below else above / below


def times(number):
    return UNKNOWN if number is None else f"{number:.2f}" if number < 10 else f"{number:.0f}"


def thousands(number):
    return f"{number:,}"


def table(head, rows):
    lines = [head, [" --- " if index == 0 else " ---: " for index in range(len(head))], *rows]
    return "".join("|" + "|".join(cell if cell.startswith(" -") else f" {cell} " for cell in line) + "|\n" for line in lines) + "\n"


def machine(head):
    facts = {**head["machine"], **{NAMES[tool]: version for tool, version in head["versions"].items()},
             "Load when it began": f"{head['load']:.2f}",
             "Day": datetime.date.today().isoformat()}
    text = "".join(f"- {name}: {fact}\n" for name, fact in facts.items())
    missing = "" if "zola" in head["versions"] else "\nZola was not there, so that Hugo is the only peer of the first target.\n"
    return f"## Where this was measured\n\n{text}{missing}\n"


def targets(results):
    rows = []

    def row(work, target, seen, is_met):
        """Adds a target; `is_met` is nothing where something of it was not measured."""
        verdict = UNKNOWN if is_met is None else "met" if is_met else "**missed**"
        rows.append([work, target, seen, verdict])

    def all_known(tests, *numbers):
        return None if any(number is None for number in numbers) else all(test() for test in tests)

    for docs in (1000, 10000):
        if docs not in results.sizes:
            continue
        label = f"cold build, {thousands(docs)} documents, no PDFs, empty cache"
        for key, name in (("cpu", "CPU"), ("wall", "wall")):
            other, tool = results.fastest(key, docs)
            found = ratio(other, results.cold(key, docs))
            row(f"{label}: {name}", "at least 8 times faster than the faster of Hugo and Zola",
                UNKNOWN if found is None else f"{times(found)} times faster than {NAMES[tool]}",
                None if found is None else found >= 8)
        share = ratio(results.cold("peak", docs), results.cold("peak", docs, "hugo"))
        row(f"{label}: peak memory", "at most 1/5 of Hugo's", UNKNOWN if share is None else f"1/{1 / share:.1f}",
            None if share is None else share <= 0.2)

    for small, large in ((1000, 10000), (10000, 50000)):
        if large not in results.sizes:
            continue
        def growth(key, base):
            found = ratio(results.cold(key, large), results.cold(key, base))
            return None if found is None else found * base / large
        cpu, wall = growth("cpu", small), growth("wall", small)
        seen = f"CPU {times(cpu)}, wall {times(wall)}"
        if small > 1000:
            seen += f" (against 1,000: CPU {times(growth('cpu', 1000))}, wall {times(growth('wall', 1000))})"
        row(f"time per document, {thousands(large)} against {thousands(small)}", "at most 1.2 times", seen,
            all_known([lambda: max(cpu, wall) <= 1.2], cpu, wall))

    if 10000 in results.sizes:
        again = [ratio(results.median(key, "build", 10000, "again", "avouch"), results.cold(key, 10000))
                 for key in ("cpu", "wall")]
        row("unchanged rebuild, 10,000", "at most 1/10 of the cold build",
            f"CPU {share_of(again[0])}, wall {share_of(again[1])}", all_known([lambda: max(again) <= 0.1], *again))

    for docs, limit in ((1000, 0.03), (10000, 0.15)):
        if docs not in results.sizes:
            continue
        ways = [results.median("wall", "edit", docs, way) for way in ("rename", "write")]
        row(f"one edit saved to new bytes served, {thousands(docs)}", f"median under {1000 * limit:.0f} ms",
            f"saved as a new file {seconds(ways[0])}, in place {seconds(ways[1])}",
            all_known([lambda: max(ways) < limit], *ways))
    if 10000 in results.sizes:
        gains = [ratio(results.median("wall", "edit", 10000, way, "hugo"), results.median("wall", "edit", 10000, way))
                 for way in ("rename", "write")]
        row("the same, 10,000", "at least 50 times faster than `hugo server`",
            f"saved as a new file {times(gains[0])} times, in place {times(gains[1])} times",
            all_known([lambda: min(gains) >= 50], *gains))
        warm, cold = (results.median("wall", "check", 10000, what) for what in ("warm", "cold"))
        row("`check` on 10,000, warm", "under 0.5 s", seconds(warm), all_known([lambda: warm < 0.5], warm))
        shares = [ratio(results.median(key, "check", 10000, "cold"), results.cold(key, 10000)) for key in ("cpu", "wall")]
        row("`check` on 10,000, cold", "at most half a cold build",
            f"{seconds(cold)}: CPU {share_of(shares[0])}, wall {share_of(shares[1])}",
            all_known([lambda: max(shares) <= 0.5], *shares))
    for docs in (1000, 10000):
        if docs in results.sizes:
            found = ratio(results.cold("bytes", docs), results.cold("bytes", docs, "hugo"))
            row(f"output, {thousands(docs)}", "at most 1.3 times the bytes of the same pages in Hugo",
                UNKNOWN if found is None else f"{times(found)} times", None if found is None else found <= 1.3)
    head = ["Work", "Target", "Seen", "Verdict"]
    return "## Targets\n\n" + table(head, rows).replace(" ---: ", " --- ")


def share_of(number):
    return UNKNOWN if number is None else f"{100 * number:.1f} %"


def builds(results):
    rows = []
    for docs in results.sizes:
        for tool in NAMES:
            for what, words in (("cold", "cold"), ("again", "unchanged")):
                found = results.of("build", docs, what, tool)
                if not found:
                    continue
                label = [thousands(docs), NAMES[tool], words]
                without = [it["without"] for it in found if "without" in it]
                if without:
                    rows.append([*label, "1", without[0], "", "", "", "", ""])
                    continue
                wall, cpu, peak = (results.median(key, "build", docs, what, tool) for key in ("wall", "cpu", "peak"))
                size, files = (results.median(key, "build", docs, what, tool) for key in ("bytes", "files"))
                rows.append([*label, str(len(found)), seconds(wall), seconds(cpu), megabytes(peak),
                             f"{1000 * cpu / docs:.2f} ms", "" if size is None else megabytes(size),
                             "" if files is None else thousands(int(files))])
    if not rows:
        return ""
    head = ["Documents", "Tool", "Build", "Runs", "Wall", "CPU", "Peak memory", "CPU per document", "Output", "Files"]
    note = f"Medians. Peaks under {megabytes(measure.floor())} cannot be told from that of the program that measures.\n\n"
    return "## Whole builds\n\n" + note + table(head, rows)


def stages(results):
    found = {docs: timings for docs in results.sizes if (timings := results.timings(docs))}
    if not found:
        return ""
    names = [it["stage"] for it in next(iter(found.values()))[0]["stages"]]
    rows = []
    for name in names:
        cells = [name]
        for timings in found.values():
            taken = median([sum(it["seconds"] for it in one["stages"] if it["stage"] == name) for one in timings])
            cells.append(f"{seconds(taken)} ({100 * taken / median([one['wall_seconds'] for one in timings]):.0f} %)")
        rows.append(cells)
    for key, name in (("wall_seconds", "all"), ("cpu_seconds", "CPU")):
        rows.append([name, *(seconds(median([one[key] for one in timings])) for timings in found.values())])
    text = "What the cold builds say of themselves: wall time of each stage, all processors at work.\n\n"
    return "## Stages\n\n" + text + table(["Stage", *(thousands(docs) for docs in found)], rows)


def limits(results):
    rows = []
    for docs in results.sizes:
        read, copy, cold = (
            [results.median(key, part, docs, what) for key in ("wall", "cpu")]
            for part, what in (("limits", "read"), ("limits", "copy"), ("build", "cold")))
        if None in read + copy:
            continue
        parsing = [sum(stage["seconds"] for stage in one["stages"] if stage["stage"] in ("read", "parse"))
                   for one in results.timings(docs)]
        both = [one + other for one, other in zip(read, copy)]
        away = [times(ratio(one, other)) for one, other in zip(cold, both)]
        rows.append([thousands(docs), f"{seconds(read[0])} ({seconds(read[1])})", seconds(median(parsing)) if parsing else UNKNOWN,
                     f"{seconds(copy[0])} ({seconds(copy[1])})", f"{seconds(cold[0])} ({seconds(cold[1])})", f"{away[0]} ({away[1]})"])
    if not rows:
        return ""
    text = "No build is faster than reading all input (`cat`) and writing the same bytes (`cp -r` of the output, which\n" \
           "reads them too). Wall, and CPU in brackets. Reading and parsing is what Avouch itself says of those stages.\n\n"
    head = ["Documents", "Read all input", "Read and parse", "Write the same bytes", "Cold build", "Times the limit"]
    return "## Limits\n\n" + text + table(head, rows)


def checks(results):
    rows = []
    for docs in results.sizes:
        for what in ("cold", "warm"):
            wall, cpu, peak = (results.median(key, "check", docs, what) for key in ("wall", "cpu", "peak"))
            if wall is not None:
                rows.append([thousands(docs), what, seconds(wall), seconds(cpu), megabytes(peak)])
    return rows and "## `avouch check`\n\n" + table(["Documents", "Cache", "Wall", "CPU", "Peak memory"], rows)


def edits(results):
    rows = []
    for docs in results.sizes:
        for tool in NAMES:
            cells = []
            for way in ("rename", "write"):
                found = sorted(it["wall"] for it in results.of("edit", docs, way, tool))
                if found:
                    cells += [seconds(median(found)), f"{seconds(found[0])} to {seconds(found[-1])}"]
            if cells:
                start, peak = (results.median(key, "edit", docs, "server", tool) for key in ("start", "peak"))
                rows.append([thousands(docs), NAMES[tool], *cells, seconds(start), megabytes(peak)])
    head = ["Documents", "Server", "Saved as a new file", "least to most", "Saved in place", "least to most",
            "First answer after", "Peak memory"]
    return rows and "## From saved to served\n\n" + table(head, rows)


def ahead(results):
    """Lists what a peer did with less."""
    lines = []
    for docs in results.sizes:
        for tool in ("hugo", "mdbook", "zola"):
            for key, words, form in (("wall", "wall time", seconds), ("cpu", "CPU", seconds), ("peak", "peak memory", megabytes),
                                     ("bytes", "bytes of output", megabytes)):
                own, other = results.cold(key, docs), results.cold(key, docs, tool)
                if own is not None and other is not None and other < own:
                    lines.append(f"- {NAMES[tool]}, {words} of a cold build of {thousands(docs)} documents: "
                                 f"{form(other)} where Avouch needs {form(own)}.\n")
    if not any(results.of("build", docs, "cold", "hugo") for docs in results.sizes):
        return ""
    return "## Where a peer is ahead\n\n" + ("".join(lines) or "In none of the numbers above.\n") + "\n"
