#!/usr/bin/env bash
# Install the Debian packages that running (or testing) needs, or say plainly what will be missing.
# tools/system.sh run|test. Never fails a run; with CI=true a test machine must be complete.
set -uo pipefail
cd "$(dirname "$0")"
wanted=${1:-run}
needed=()
while read -r who sign package _; do
    case $who in '' | '#'*) continue ;; esac
    [ "$who" = run ] || [ "$who" = "$wanted" ] || continue
    command -v "$sign" >/dev/null || compgen -G "$sign" >/dev/null || needed+=("$package")
done < system_packages.txt
[ ${#needed[@]} -eq 0 ] && exit 0
say() { echo "make $wanted: $*" >&2; }
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
if [ "$wanted" = test ]; then
    say "các bài thử cần chúng sẽ được bỏ qua (tests that need them will be skipped)."
    [ "${CI:-}" != true ]
else
    say "phần cần chúng sẽ báo trên màn hình (what needs them says so on screen)."
fi
