#!/usr/bin/env bash
# Makes .venv hold exactly what a lock file says: scripts/setup.sh runtime|matching|dev
# Needs Python >= 3.11 and nothing else; instant when the lock has not changed. The matching set contains the runtime
# set, the dev set contains both; who has asked for the matching set once keeps it when the locks change.
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-runtime}" in
  runtime) lock=requirements.lock ;;
  matching) lock=requirements-matching.lock ;;
  dev) lock=requirements-dev.lock ;;
  *) echo "usage: scripts/setup.sh runtime|matching|dev" >&2; exit 2 ;;
esac

[ "$lock" = requirements.lock ] && compgen -G ".venv/.synced-requirements-matching.lock-*" > /dev/null && lock=requirements-matching.lock

# A linked environment belongs to another checkout: use it as it stands.
[ -L .venv ] && exit 0

digest() { cat "$1" pyproject.toml | sha256sum | cut -c1-20; }
stamp() { echo ".venv/.synced-$1-$(digest "$1")"; }
if [ -e "$(stamp requirements-dev.lock)" ] || [ -e "$(stamp "$lock")" ]; then
  exit 0
fi

find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      echo "$name"
      return
    fi
  done
  echo "Python 3.11 or newer is needed (Debian, Ubuntu: apt-get install python3 python3-venv)" >&2
  return 1
}

make_venv() {
  local python
  python=$(find_python)
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" != 0 ]; then
      echo "Python's venv module is missing: run  sudo apt-get install -y python3-venv  and try again" >&2
      return 1
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv
  fi
  "$python" -m venv .venv
}

[ -x .venv/bin/python ] || make_venv
rm -f .venv/.synced-*
echo "Installing $lock into .venv (once; the next start is instant)"

# uv only makes this faster. It is pinned and hashed in the lock too; where it cannot be had, pip does the same work.
pip() { .venv/bin/python -m pip --disable-pip-version-check -qq "$@"; }
one_of() { awk -v name="$1" '$0 ~ "^" name "==" {on=1} on && /^[^ ]/ && $0 !~ "^" name "==" {on=0} on' "$2"; }
if [ ! -x .venv/bin/uv ]; then
  one_of uv "$lock" > .venv/uv.lock
  pip install --require-hashes --no-deps -r .venv/uv.lock || echo "uv is not available: going on with pip" >&2
fi
uv_sync() {
  [ -x .venv/bin/uv ] && .venv/bin/uv pip sync -q --python .venv/bin/python --require-hashes "$lock"
}
uv_sync || pip install --require-hashes --no-deps -r "$lock"

# The project itself, editable: the backend comes from the lock, nothing is fetched.
pip install --no-deps --no-build-isolation --no-index -e .
touch "$(stamp "$lock")"
