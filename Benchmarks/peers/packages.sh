#!/usr/bin/env bash
# Installs the Debian packages that it is told; says what can't be had, and goes on.
set -uo pipefail
run=""
[ "$(id -u)" = 0 ] || run=$(command -v sudo || true)
is_updated=no
for name in "$@"; do
  dpkg-query -W -f='${Status}' "$name" 2> /dev/null | grep -q 'ok installed' && continue
  if [ "$(id -u)" != 0 ] && [ -z "$run" ]; then
    echo "'$name' is not installed, and there is no right to install it: left out" >&2
    continue
  fi
  [ $is_updated = yes ] || $run apt-get update -qq > /dev/null 2>&1
  is_updated=yes
  DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq --no-install-recommends "$name" \
    > /dev/null 2>&1 || echo "'$name' can't be installed: left out" >&2
done
