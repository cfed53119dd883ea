#!/usr/bin/env bash
# Builds the JavaScript again and fails if the files in the repository are not what the sources give. Without Node or a package registry
# this cannot be checked: it then says so and ends with 77, which .ci/run counts as skipped.
set -eu
cd "$(dirname "$0")"
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "frontend check skipped: no Node or npm on this machine"
  exit 77
fi
if grep -n '"resolved"' package-lock.json; then
  echo "package-lock.json carries addresses; .npmrc should keep them out"
  exit 1
fi
if ! log=$(npm ci --no-audit --no-fund --prefer-offline 2>&1); then
  if grep -qE 'ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ECONNRESET|ENOTCACHED|network' <<<"$log"; then
    echo "frontend check skipped: the package registry cannot be reached"
    exit 77
  fi
  echo "$log"
  exit 1
fi
npm run --silent build
built=../src/pasvik/web/static
new=$(git ls-files --others --exclude-standard -- "$built/built" "$built/vendor")
if [ -n "$new" ] || ! git --no-pager diff --stat --exit-code -- "$built/built" "$built/vendor"; then
  echo "${new:+new files: $new }the built files differ from their sources: run make frontend and commit them"
  exit 1
fi
echo "the built files are what the sources give"
