#!/bin/sh
# Make this machine able to run the product ("demo") or its tests too ("test").
# Probes what is there and installs only what is missing; a second run installs nothing.
# Exit 3: something is missing that only an administrator can install; the last line says what to type.
set -eu
purpose=${1:?demo or test}
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*"; }
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }
can_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" -eq 0 ] || sudo -n true >/dev/null 2>&1
}

install_packages() {
    if ! can_install; then
        say "缺少系统组件。请管理员执行下面这一行，然后再运行一次："
        say "    sudo apt install --no-install-recommends $*"
        exit 3
    fi
    say "安装系统组件：$*"
    log=$(mktemp)
    if ! { as_root apt-get update && as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        say "系统组件没有装上（原因见上）。请管理员执行：sudo apt install --no-install-recommends $*"
        exit 3
    fi
    rm -f "$log"
}

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

if ! python=$(find_python); then
    install_packages python3 python3-venv
    python=$(find_python) || { say "需要 Python 3.11 至 3.14，这台机器的软件源里没有。"; exit 3; }
fi

missing=$("$python" bin/probe.py "$purpose")
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # a list of package names
    install_packages $missing
    missing=$("$python" bin/probe.py "$purpose")
    [ -z "$missing" ] || { say "装过之后仍然找不到：$missing"; exit 3; }
fi

exec "$python" bin/environment.py "$purpose"
