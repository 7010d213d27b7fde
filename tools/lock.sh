#!/usr/bin/env bash
# Write requirements.txt and requirements-dev.txt: every version pinned, every file by its hash.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${1:-python3.11}" -m venv "$work/venv"
"$work/venv/bin/pip" install -q uv
options=(--quiet --generate-hashes --no-header --no-annotate --python-version 3.11 --no-emit-index-url
    --no-emit-find-links --only-binary :all:)
lock() { "$work/venv/bin/uv" pip compile "${options[@]}" "$@" > /dev/null; }
lock -o requirements.txt pyproject.toml
"$work/venv/bin/python" - > "$work/dev.in" <<'PY'
import tomllib
from pathlib import Path
groups = tomllib.loads(Path("pyproject.toml").read_text())["dependency-groups"]
print("\n".join(groups["dev"]))
PY
lock -c requirements.txt -o requirements-dev.txt "$work/dev.in"
