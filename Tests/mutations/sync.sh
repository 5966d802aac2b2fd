#!/bin/sh
# Breaks the planner on purpose, one small mutation at a time, and expects the simulation to notice.
# Usage: Tests/mutations/sync.sh [FIRST [LAST]], numbers of rows of sync.txt
# RUNS simulated runs (20000) from seed 1 go against each mutation.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
first=${1:-1}
last=${2:-999}
runs=${RUNS:-20000}
copy=$(mktemp -d "${TMPDIR:-/tmp}/offbook-sync-mutations-XXXXXX")
trap 'rm -rf "$copy"' EXIT
mkdir "$copy/Sources" "$copy/Sources/ScriptSync" "$copy/Tests"
for name in ScriptModel JSONText CSQLite SQLiteKit ScriptMerge ScriptStore BackendAPI; do
  cp -R "$root/Sources/$name" "$copy/Sources/"
done
cp -R "$root/Schema" "$copy/"
cp -R "$root/Sources/ScriptSync/Planner" "$copy/Sources/ScriptSync/"
cp -R "$root/Tests/SyncSimulation" "$root/Tests/sync-soak" "$copy/Tests/"
# The tree's own settings, so that what builds here builds there.
cat > "$copy/Package.swift" <<'PACKAGE'
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "offbook",
  platforms: [.macOS("26.0")],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3"),
    .target(name: "ScriptModel"),
    .target(name: "JSONText"),
    .target(
      name: "WorkspaceSchema", path: "Schema",
      resources: [.embedInCode("migrations"), .embedInCode("current.sql")]),
    .target(name: "SQLiteKit", dependencies: ["CSQLite"]),
    .target(name: "ScriptMerge", dependencies: ["ScriptModel"]),
    .target(
      name: "ScriptStore",
      dependencies: ["ScriptModel", "WorkspaceSchema", "SQLiteKit", "ScriptMerge"]),
    .target(name: "BackendAPI", dependencies: ["ScriptModel", "JSONText"]),
    .target(name: "ScriptSync", dependencies: ["ScriptModel", "ScriptStore", "BackendAPI"]),
    .target(
      name: "SyncSimulation",
      dependencies: ["ScriptSync", "ScriptStore", "BackendAPI", "ScriptModel"],
      path: "Tests/SyncSimulation"),
    .executableTarget(
      name: "sync-soak", dependencies: ["SyncSimulation"], path: "Tests/sync-soak"),
  ],
  swiftLanguageModes: [.v6])

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ]
  target.linkerSettings = [.linkedLibrary("m", .when(platforms: [.linux]))]
}
PACKAGE
cd "$copy" || exit 1

# 0 where no law is broken, 1 where one is, 2 where nothing was built.
trial() {
  swift build -c release -j "${JOBS:-2}" --product sync-soak >log 2>&1 </dev/null || return 2
  timeout 300 .build/release/sync-soak --seed 1 --count "$runs" --failures 1 \
    --threads "${JOBS:-2}" >log 2>&1 </dev/null || return 1
}

trial
if [ $? -ne 0 ]; then
  echo "a law is broken without any mutation:"
  tail -20 log
  exit 1
fi
echo "0 passes: nothing changed"
number=0
ran=0
survived=0
grep -v '^#' "$root/Tests/mutations/sync.txt" > mutations.txt
while IFS= read -r row; do
  number=$((number + 1))
  [ "$number" -lt "$first" ] && continue
  [ "$number" -gt "$last" ] && continue
  ran=$((ran + 1))
  # Fields are parted by |; \| is a bar of the code, \n a new line.
  ROW="$row" perl -e '
    my @fields = map { s/\\\|/|/g; s/\\n/\n/g; $_ } split /(?<!\\)\|/, $ENV{ROW}, -1;
    my ($name, $old, $new) = @fields;
    my $path = "Sources/ScriptSync/Planner/$name";
    open my $in, "<", $path or die; local $/; my $text = <$in>; close $in;
    my $place = index($text, $old);
    exit 3 if $place < 0;
    substr($text, $place, length $old) = $new;
    open my $out, ">", $path or die; print $out $text; close $out;'
  if [ $? -ne 0 ]; then
    result="DOES NOT APPLY"
  else
    trial
    case $? in
      0) result="SURVIVED" ;;
      1) result="caught" ;;
      *) result="DOES NOT BUILD" ;;
    esac
  fi
  law=$(grep -m 1 'breaks a law' log | cut -c1-90)
  echo "$number $result: ${row##*|} (${law:-no law})"
  [ "$result" = caught ] || survived=$((survived + 1))
  cp "$root"/Sources/ScriptSync/Planner/*.swift Sources/ScriptSync/Planner/
done < mutations.txt
echo "$survived of $ran not caught"
[ "$survived" -eq 0 ]
