#!/bin/sh
# Breaks the merge on purpose, one small mutation at a time, and expects its tests to fail.
# Usage: Tests/mutations/run.sh [FIRST [LAST]], numbers of rows of mutations.txt
# The tests of single rules run against each mutation; the long ones over histories do not.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
first=${1:-1}
last=${2:-999}
copy=$(mktemp -d "${TMPDIR:-/tmp}/offbook-mutations-XXXXXX")
trap 'rm -rf "$copy"' EXIT
mkdir "$copy/Sources" "$copy/Tests"
cp -R "$root/Sources/ScriptModel" "$root/Sources/ScriptMerge" "$copy/Sources/"
cp -R "$root/Tests/ScriptMergeTests" "$root/Tests/MergeHistories" "$root/Tests/TestSupport" \
  "$copy/Tests/"
rm -f "$copy/Tests/ScriptMergeTests/CorpusTests.swift" "$copy/Tests/ScriptMergeTests/LawTests.swift"
cat > "$copy/Package.swift" <<'PACKAGE'
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "offbook",
  targets: [
    .target(name: "ScriptModel"),
    .target(name: "ScriptMerge", dependencies: ["ScriptModel"]),
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .target(
      name: "MergeHistories", dependencies: ["ScriptMerge", "ScriptModel", "TestSupport"],
      path: "Tests/MergeHistories"),
    .testTarget(
      name: "ScriptMergeTests", dependencies: ["MergeHistories", "ScriptMerge", "ScriptModel", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6])
PACKAGE
cd "$copy" || exit 1

# 0 where the tests pass, 1 where they fail, 2 where nothing was built.
tests() {
  swift build --build-tests -j "${JOBS:-2}" >log 2>&1 </dev/null || return 2
  timeout 120 swift test --skip-build --disable-xctest >log 2>&1 </dev/null || return 1
}

tests
if [ $? -ne 0 ]; then
  echo "the tests fail without any mutation:"
  tail -20 log
  exit 1
fi
echo "0 passes: nothing changed"
number=0
ran=0
survived=0
grep -v '^#' "$root/Tests/mutations/mutations.txt" > mutations.txt
while IFS='|' read -r file old new what; do
  number=$((number + 1))
  [ "$number" -lt "$first" ] && continue
  [ "$number" -gt "$last" ] && continue
  ran=$((ran + 1))
  OLD="$old" NEW="$new" perl -0pi -e 's/\Q$ENV{OLD}\E/$ENV{NEW}/' "$file"
  if cmp -s "$file" "$root/$file"; then
    result="DOES NOT APPLY"
  else
    tests
    case $? in
      0) result="SURVIVED" ;;
      1) result="caught" ;;
      *) result="DOES NOT BUILD" ;;
    esac
  fi
  echo "$number $result: $what"
  [ "$result" = caught ] || survived=$((survived + 1))
  cp "$root/$file" "$file"
done < mutations.txt
echo "$survived of $ran not caught"
[ "$survived" -eq 0 ]
