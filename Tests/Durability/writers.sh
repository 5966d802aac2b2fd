#!/usr/bin/env bash
# Two processes at a time edit one workspace; nobody may see an error and no edit may be lost.
#
# usage: writers.sh SECONDS
set -euo pipefail
seconds=${1:-60}
offbook=${OFFBOOK:-$(pwd)/.build/release/offbook}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export OFFBOOK_WORKSPACE=$folder/workspace
"$offbook" new Shared >/dev/null

write() {
  local name=$1 count=0 end=$((SECONDS + seconds))
  while ((SECONDS < end)); do
    "$offbook" line add Shared --speaker "$name" "$name wrote $count." >/dev/null || return 1
    if ((count % 5 == 4)); then
      "$offbook" replace "$name wrote $count." "$name wrote $count again." Shared >/dev/null || return 1
    fi
    count=$((count + 1))
  done
  echo $count >"$folder/$name"
}

write Anna 2>"$folder/Anna.log" &
first=$!
write Bert 2>"$folder/Bert.log" &
second=$!
failed=0
wait $first || failed=1
wait $second || failed=1
if [ -s "$folder/Anna.log" ] || [ -s "$folder/Bert.log" ] || [ $failed = 1 ]; then
  cat "$folder/Anna.log" "$folder/Bert.log" >&2
  echo "writers: somebody saw a message" >&2
  exit 1
fi
"$offbook" show Shared --json >"$folder/show"
for name in Anna Bert; do
  count=$(cat "$folder/$name")
  there=$(grep -o "\"text\":\"$name wrote " "$folder/show" | wc -l)
  again=$(grep -o "\"text\":\"$name wrote [0-9]* again\\.\"" "$folder/show" | wc -l)
  [ "$there" = "$count" ] && [ "$again" = $((count / 5)) ] || {
    echo "writers: $name wrote $count lines and $((count / 5)) corrections, $there and $again are there" >&2
    exit 1
  }
done
"$offbook" doctor >/dev/null
echo "writers: two processes for $seconds s, $(cat "$folder/Anna") and $(cat "$folder/Bert") lines, none lost"
