#!/usr/bin/env bash
# Installs what the tests need on Debian, then runs all of them. Works without a terminal.
#
# The order keeps the cold run short: the dependencies are compiled once for `cargo run` and
# `cargo test`, and looked through once more (without making code) for clippy and rustdoc.
# Warnings are errors by arguments, not by RUSTFLAGS, which would compile everything again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

step() { printf '\n== %s\n' "$*"; }

step 'what the tests need'
missing=()
command -v cc >/dev/null || missing+=(gcc libc6-dev)
command -v git >/dev/null || missing+=(git)
command -v chromium >/dev/null || missing+=(chromium)
command -v npm >/dev/null || missing+=(npm)
/usr/bin/python3 -c 'import yaml' 2>/dev/null || python3 -c 'import yaml' 2>/dev/null ||
  missing+=(python3-yaml)
if ((${#missing[@]})); then
  as_root=()
  if ((EUID != 0)); then as_root=(sudo); fi
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}"
fi
if ! cargo fmt --version >/dev/null 2>&1 || ! cargo clippy --version >/dev/null 2>&1; then
  if command -v rustup >/dev/null; then
    rustup component add rustfmt clippy
  else
    echo 'rustfmt or clippy is missing: install them with Rust, for example by rustup' >&2
    exit 1
  fi
fi
npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund

step 'form'
cargo fmt --check

step 'lints, without and with PDFs'
cargo clippy --locked --no-default-features --all-targets -- -D warnings
cargo clippy --locked --all-targets -- -D warnings

step 'documentation of the code'
RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps --document-private-items

step 'tests'
cargo test --locked
