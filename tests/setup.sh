#!/usr/bin/env bash
# Brings what some tests need from the system: a Chromium for the pages, a PostgreSQL for the ledger.
# As root on Debian it installs what is missing; otherwise it says what is missing, and those tests count as skipped.
set -u
missing=()
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing for the tests: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null 2>&1
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 || echo "could not install: ${missing[*]} (their tests will be skipped)"
else
  echo "missing on this machine: ${missing[*]} (their tests will be skipped)"
fi
exit 0
