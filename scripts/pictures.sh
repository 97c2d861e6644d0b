#!/usr/bin/env bash
# Makes the pictures of the README, docs/pictures/*.png, from content/ with Debian's chromium.
# Run it after a change of the looks and commit what it makes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v chromium >/dev/null || { echo 'install chromium first: apt-get install chromium' >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo run --locked --quiet -- build --no-pdf --out "$work/site"

mkdir -p docs/pictures
picture() { # picture NAME PAGE
  HOME="$work" chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-sync \
    --disable-background-networking --disable-component-update --disable-quic --hide-scrollbars \
    --user-data-dir="$work/profile" --window-size=1280,800 --force-device-scale-factor=1 \
    --virtual-time-budget=2000 --screenshot="$PWD/docs/pictures/$1.png" "file://$work/site/$2" 2>"$work/log" ||
    { cat "$work/log" >&2; exit 1; }
  echo "docs/pictures/$1.png"
}
picture handbook handbook/index.html
picture policy handbook/policies/access-control.html
picture trust-center trust/index.html
