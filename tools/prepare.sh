# shellcheck shell=bash
# What the scripts of this folder share: the project's folder, the system's packages, the venv.
# Sourced, never run.

set -euo pipefail

project="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$project"

run_packages=(python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libmagic1 redis-server)
test_packages=(postgresql chromium poppler-utils qpdf)

say() { printf '%s\n' "$*" >&2; }

stop_with() {
    say "$*"
    exit 1
}

# --- system packages -------------------------------------------------------------------------

missing_packages() { # PACKAGE… : print those that are not installed
    local package
    for package in "$@"; do
        [[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] \
            || printf '%s\n' "$package"
    done
}

apt_prefix() { # print what gives apt the right to install; fail when nothing does
    if [[ $EUID -eq 0 ]]; then
        echo env
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo sudo -n env
    else
        return 1
    fi
}

install_packages() { # PACKAGE…
    local -a missing prefix
    mapfile -t missing < <(missing_packages "$@")
    [[ ${#missing[@]} -eq 0 ]] && return
    command -v apt-get >/dev/null \
        || stop_with "Appui needs these Debian packages or their equals on your system: ${missing[*]}."
    read -ra prefix < <(apt_prefix) \
        || stop_with "Some system packages are missing; run: sudo apt-get install -y ${missing[*]}"
    say "Installing ${missing[*]} through apt…"
    apt_install "${prefix[@]}" -- "${missing[@]}" \
        || stop_with "apt could not install them; run: sudo apt-get install -y ${missing[*]}"
}

apt_install() { # PREFIX… -- PACKAGE…
    local -a prefix=()
    while [[ $1 != -- ]]; do
        prefix+=("$1")
        shift
    done
    shift
    local -a apt=("${prefix[@]}" DEBIAN_FRONTEND=noninteractive apt-get -qq)
    "${apt[@]}" install -y --no-install-recommends "$@" </dev/null >/dev/null 2>&1 && return
    "${apt[@]}" update </dev/null >/dev/null
    "${apt[@]}" install -y --no-install-recommends "$@" </dev/null >/dev/null
}

# --- the virtual environment -----------------------------------------------------------------

stamp=.venv/.locks-installed

find_python() {
    command -v python3 >/dev/null || stop_with "Appui needs Python 3.11 or newer; python3 was not found."
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
        || stop_with "Appui needs Python 3.11 or newer; python3 is $(python3 -V 2>&1)."
}

lock_line() { # LOCK : print the line that says this lock is installed, for this interpreter
    printf '%s %s\n' "$(.venv/bin/python -V)" "$(sha256sum "$1")"
}

is_installed() { # LOCK
    [[ -x .venv/bin/python && -f $stamp ]] && grep -qxF "$(lock_line "$1")" "$stamp"
}

make_venv() {
    .venv/bin/python -c '' 2>/dev/null && return
    find_python
    say "Making .venv…"
    python3 -m venv --clear .venv || stop_with "python3 could not make .venv (package python3-venv)."
}

install_uv() { # only from the lock, by its hash
    [[ -x .venv/bin/uv ]] && return
    local pin status=0
    pin="$(mktemp)"
    sed -n '/^uv==/,/[^\\]$/p' requirements-dev.txt >"$pin"
    .venv/bin/python -m pip install --quiet --require-hashes -r "$pin" || status=$?
    rm -f "$pin"
    return "$status"
}

install_lock() { # LOCK… : the first is installed; those after it are parts of it
    is_installed "$1" && return
    make_venv
    say "Installing the Python packages of $1…"
    {
        install_uv \
            && .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "$1"
    } || .venv/bin/python -m pip install --quiet --require-hashes -r "$1" \
        || stop_with "The Python packages could not be installed; is the network reachable?"
    local lock
    for lock in "$@"; do lock_line "$lock"; done >"$stamp"
}

# --- the two states of readiness -------------------------------------------------------------

prepare_run() {
    install_packages "${run_packages[@]}"
    install_lock requirements.txt
}

prepare_test() {
    install_packages "${run_packages[@]}" "${test_packages[@]}"
    install_lock requirements-dev.txt requirements.txt
}
