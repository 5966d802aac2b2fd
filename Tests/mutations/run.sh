#!/bin/sh
# Breaks the merge on purpose, one small mutation at a time, and expects its tests to fail.
# Usage: Tests/mutations/run.sh [FIRST [LAST]], numbers of rows of mutations.txt
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
first=${1:-1}
last=${2:-999}
copy=$(mktemp -d "${TMPDIR:-/tmp}/offbook-mutations-XXXXXX")
trap 'rm -rf "$copy"' EXIT
cp -R "$root/Package.swift" "$root/Sources" "$root/Tests" "$root/Schema" "$copy/"
[ -d "$root/Benchmarks" ] && cp -R "$root/Benchmarks" "$copy/"
[ -d "$root/samples" ] && cp -R "$root/samples" "$copy/"
number=0
survived=0
grep -v '^#' "$root/Tests/mutations/mutations.txt" > "$copy/mutations.txt"
while IFS='|' read -r file old new what; do
  number=$((number + 1))
  [ "$number" -lt "$first" ] && continue
  [ "$number" -gt "$last" ] && continue
  OLD="$old" NEW="$new" perl -0pi -e 's/\Q$ENV{OLD}\E/$ENV{NEW}/' "$copy/$file"
  if cmp -s "$copy/$file" "$root/$file"; then
    echo "$number does not apply: $what"
    survived=$((survived + 1))
  elif ! (cd "$copy" && swift build --build-tests -Xswiftc -no-warnings-as-errors >"$copy/log" 2>&1 </dev/null); then
    echo "$number does not build: $what"
    survived=$((survived + 1))
  elif (cd "$copy" && timeout 300 swift test --skip-build --filter ScriptMergeTests >"$copy/log" 2>&1 </dev/null); then
    echo "$number SURVIVED: $what"
    survived=$((survived + 1))
  else
    echo "$number caught: $what"
  fi
  cp "$root/$file" "$copy/$file"
done < "$copy/mutations.txt"
echo "$survived of $number not caught"
[ "$survived" -eq 0 ]
