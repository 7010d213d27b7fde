#!/usr/bin/env bash
# Install what the browser tests need (Debian's Chromium), or say plainly why they will be skipped.
set -uo pipefail
needed=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || needed+=(chromium)
command -v pdftoppm >/dev/null || needed+=(poppler-utils)
[ ${#needed[@]} -eq 0 ] && exit 0
say() { echo "make test: $*" >&2; }
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    say "cài ${needed[*]} bằng apt-get…"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq && apt-get install -y -qq --no-install-recommends "${needed[@]}" >/dev/null; then
        exit 0
    fi
    say "apt-get không cài được ${needed[*]}."
else
    say "thiếu ${needed[*]}; hãy chạy: sudo apt-get install ${needed[*]}"
fi
say "các bài thử trên trình duyệt sẽ được bỏ qua (browser tests will be skipped)."
[ "${CI:-}" != true ]
