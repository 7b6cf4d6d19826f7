#!/usr/bin/env bash
# Every static check, each with its name; all of them run, so one call shows everything that is wrong.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH" PYTHONPATH=src:.
failed=()

# Checks never touch the data of this checkout.
YIZHOU_HOME=$(mktemp -d)
export YIZHOU_HOME
trap 'rm -rf "$YIZHOU_HOME"' EXIT

step() {
  local name=$1
  shift
  printf '%-12s ' "$name"
  local started=$SECONDS log="$YIZHOU_HOME/check.log"
  if "$@" >"$log" 2>&1; then
    echo "ok ($((SECONDS - started)) s)"
  else
    echo "FAILED: $*"
    cat "$log"
    failed+=("$name")
  fi
}

deploy_check() {
  DJANGO_SETTINGS_MODULE=yizhou.config.settings django-admin check --fail-level ERROR
  DJANGO_SETTINGS_MODULE=yizhou.config.settings django-admin check --deploy --fail-level ERROR
}

step format ruff format --check .
step lint ruff check .
step types mypy
step imports lint-imports
step sizes python -m tests.house.sizes
if [ -n "$(git ls-files 'src/**/templates/*')" ]; then
  step templates djlint --lint --quiet src
fi
step django deploy_check
step migrations env DJANGO_SETTINGS_MODULE=yizhou.config.settings django-admin makemigrations --check --dry-run

if [ ${#failed[@]} -gt 0 ]; then
  echo "make check: ${#failed[@]} failed: ${failed[*]}"
  exit 1
fi
echo "make check: all passed"
