#!/usr/bin/env bash
# Measures the command beside a C program or sqlite3 that does the same work, and prints one table.
#
# usage: run.sh [srt|store|docx|start|search|edit|history|transport|merge]
#
# 'merge' is a table of its own: right and wrong merges and their time beside git and diff3.
# Whole processes, in turns (A B A B …), medians, ratios pair by pair; what each C program does and
# leaves out stands at its top. Inputs follow from a seed and are kept in .build/benchmarks. Only the
# ratios of one run are worth quoting. ROUNDS=N sets the rounds (9), OFFBOOK another command.
set -euo pipefail
cd "$(dirname "$0")/.."
only=${1:-all}
rounds=${ROUNDS:-9}
offbook=${OFFBOOK:-$PWD/.build/release/offbook}
build=$PWD/.build/benchmarks
mkdir -p "$build"
unset OFFBOOK_WORKSPACE

case $only in
  all | srt | store | docx | start | search | edit | history | transport | merge) ;;
  *) echo "usage: run.sh [srt|store|docx|start|search|edit|history|transport|merge]" >&2; exit 2 ;;
esac

merge() {
  swift build -c release --static-swift-stdlib --product merge-benchmark >&2
  .build/release/merge-benchmark ../shared/corpora/merge
}
if [ "$only" = merge ]; then merge; exit; fi

compile() {  # SOURCE PROGRAM [LIBRARIES…]
  gcc -O2 -Wall -Wno-unused-function -I/usr/include/libxml2 -o "$build/$2" "Benchmarks/$1" "${@:3}"
}
compile measure.c measure
compile srt/generate.c generate
compile srt/convert.c convert
compile store/import.c import -lsqlite3
compile store/show.c show -lsqlite3
compile store/export.c export -lsqlite3
compile docx/generate.c generate-docx -lzip
compile docx/docx-text.c docx-text -lzip -lxml2

in_part() { [ "$only" = all ] || [ "$only" = "$1" ]; }
row() { "$build/measure" "$1" "$rounds" "${@:2}"; }
captions() { [ -s "$build/$1.srt" ] || "$build/generate" "$1" 1 > "$build/$1.srt"; }
same() { cmp -s "$1" "$2" || { echo "run.sh: '$1' and '$2' differ" >&2; exit 1; }; }
work() { "$offbook" --workspace "$1" --quiet "${@:2}" > /dev/null; }

header() {
  echo "$("$offbook" --version), $(nproc) processors, $rounds rounds; load $(cut -d' ' -f1 /proc/loadavg)"
  printf '%-42s %9s %9s %6s %6s %8s %8s\n' "" "offbook" "beside" "ratio" "ratio" "offbook" "beside"
  printf '%-42s %9s %9s %6s %6s %8s %8s\n' \
    "operation / what it is measured beside" "ms" "ms" "time" "CPU" "MiB" "MiB"
}

start() {
  local ws=$build/small
  rm -rf "$ws"
  captions 100
  work "$ws" import "$build/100.srt" --title small
  local bare="sqlite3 :memory: 'select 1'"
  row "--version / sqlite3 select 1" "$offbook --version" "$bare"
  row "help / sqlite3 select 1" "$offbook help" "$bare"
  row "list / sqlite3 select from script" "$offbook --workspace $ws list" \
    "sqlite3 $ws/workspace.sqlite 'select id, title, kind, line_count, revision from script'"
}

srt() {
  local rounds=$rounds count
  for count in 100000 1000000; do
    # What takes seconds needs fewer rounds.
    [ $count -le 100000 ] || rounds=5
    captions $count
    row "convert SRT to SRT, $count captions / C" \
      "$offbook convert $build/$count.srt -o $build/ours.srt --force" \
      "$build/convert $build/$count.srt $build/theirs.srt"
    same "$build/ours.srt" "$build/theirs.srt"
  done
}

store() {
  local ws=$build/store file=$build/100000.srt
  captions 100000
  local clean="rm -rf $ws $build/c.sqlite $build/c.sqlite-wal $build/c.sqlite-shm"
  row "import SRT, 100000 captions / C" "$offbook --workspace $ws import $file --title captions" \
    "$build/import Schema/current.sql $file $build/c.sqlite" "$clean"
  $clean
  work "$ws" import "$file" --title captions
  "$offbook" --workspace "$ws" show captions --json > "$build/ours.json"
  "$build/show" "$ws/workspace.sqlite" captions > "$build/theirs.json"
  same "$build/ours.json" "$build/theirs.json"
  row "show --json, 100000 lines / C" "$offbook --workspace $ws show captions --json" \
    "$build/show $ws/workspace.sqlite captions"
  local ours="$offbook --workspace $ws export captions -f srt -o $build/ours.srt --force"
  row "export SRT / C: bare, unchecked" "$ours" \
    "$build/export $ws/workspace.sqlite captions $build/theirs.srt"
  same "$build/ours.srt" "$build/theirs.srt"
  row "export SRT / C: checked and remembered" "$ours" \
    "$build/export $ws/workspace.sqlite captions $build/theirs.srt checked"
  row "export SRT / sqlite3 -csv" "$ours" \
    "sqlite3 -csv $ws/workspace.sqlite 'select start, end, text from line order by position'"
}

docx() {
  [ -s "$build/1000.docx" ] || "$build/generate-docx" 1000 1 "$build/1000.docx"
  row "convert DOCX to Markdown, 1000 pages / C" \
    "$offbook convert $build/1000.docx -o $build/ours.md --force" \
    "$build/docx-text $build/1000.docx $build/theirs.txt"
}

# A workspace of a million lines, 10,000 of them in the script 'edited'.
million() {
  ws=$build/million
  captions 10000
  captions 990000
  [ -e "$ws/ready" ] && return
  rm -rf "$ws"
  work "$ws" import "$build/10000.srt" --title edited
  work "$ws" import "$build/990000.srt" --title rest
  touch "$ws/ready"
}

edit() {
  million
  local copy=$build/copy.sqlite
  rm -f "$copy"*
  cp "$ws/workspace.sqlite" "$copy"
  [ -s "$ws/workspace.sqlite-wal" ] && cp "$ws/workspace.sqlite-wal" "$copy-wal"
  local edits="$offbook --workspace $ws --quiet line"
  for line in 5 5000 9995; do
    cat > "$build/update.sql" <<SQL
PRAGMA synchronous = FULL;
UPDATE line SET text = 'other words ' || random() WHERE id = $line;
SQL
    row "line set, line $line of 10000 / sqlite3 update" \
      "$edits set edited $line --text 'other words %'" "sqlite3 $copy '.read $build/update.sql'"
  done
  row "line move, to behind line 5 / sqlite3 update" \
    "$edits move edited 9000 --after 5" "sqlite3 $copy '.read $build/update.sql'"
  row "line add, at the end / sqlite3 update" \
    "$edits add edited 'other words %'" "sqlite3 $copy '.read $build/update.sql'"
}

search() {
  million
  local query name
  for name in commonest rare phrase prefix; do
    case $name in
      commonest) query=the ;;
      rare) query=absent ;;
      phrase) query='"the weather turned"' ;;
      prefix) query='morn*' ;;
    esac
    cat > "$build/search-$name.sql" <<SQL
SELECT hex(script.uuid), hex(line.uuid), start, line.text FROM line_text
JOIN line ON line.id = line_text.rowid JOIN script ON script.id = line.script
WHERE line_text MATCH '$query' AND script.deleted = 0 ORDER BY line_text.rowid LIMIT 50;
SQL
    row "search, $name, 1M lines / sqlite3" "$offbook --workspace $ws search '$query' --json" \
      "sqlite3 $ws/workspace.sqlite '.read $build/search-$name.sql'"
  done
}

history() {
  ws=$build/history
  captions 2000
  if [ ! -e "$ws/ready" ]; then
    rm -rf "$ws"
    work "$ws" import "$build/2000.srt" --title revised
    # One word of every second caption becomes another, each in a command of its own.
    local number=0
    while IFS= read -r -d '' text; do
      number=$((number + 2))
      work "$ws" line set revised $number --text "$text"
    done < <(awk 'BEGIN { RS = ""; FS = "\n" } NR % 2 == 0 && NR < 2000 {
      text = $3
      for (row = 4; row <= NF; row++) text = text "\n" $row
      sub(/^[^ ]+/, "another", text)
      printf "%s%c", text, 0
    }' "$build/2000.srt")
    touch "$ws/ready"
    bytes_of_history "one word an edit" "$ws" > "$ws/sizes"
  fi
  local ours="$offbook --workspace $ws"
  row "log, 1000 revisions / show" "$ours log revised" "$ours show revised"
  row "blame / show" "$ours blame revised" "$ours show revised"
  EXPECTED_STATUS=8 row "diff, of 1 and 1000 / show" "$ours diff revised 1" "$ours show revised"
  row "show --at 1 / show" "$ours show revised --at 1" "$ours show revised"
  row "undo / show" "$ours undo revised" "$ours show revised" "$ours line set revised 7 --text 'for now %'"
  row "restore 500 / show" "$ours restore revised 500" "$ours show revised" \
    "$ours line set revised 7 --text 'for now %'"
  cat "$ws/sizes"
}

# Real edits: each history's base is imported, and both of its later copies are merged into it.
history_size() {
  local corpus=../shared/corpora/merge folder title copy
  [ -d "$corpus" ] || { echo "history of real edits: no corpus at hand, not measured"; return; }
  ws=$build/replayed
  rm -rf "$ws"
  for folder in "$corpus"/*/; do
    title=$(basename "$folder")
    "$offbook" --workspace "$ws" --quiet import "$folder"base.* --title "$title" > /dev/null 2>&1 || continue
    for copy in "$folder"ours.* "$folder"theirs.*; do
      # Conflicts end with a status of their own; what is merged is counted below.
      "$offbook" --workspace "$ws" --quiet merge "$title" "$copy" --base 1 > /dev/null 2>&1 || true
    done
  done
  if [ "$(sqlite3 "$ws/workspace.sqlite" 'SELECT count(*) FROM change')" = 0 ]; then
    echo "history of real edits: this command has no merge yet, not measured"
  else
    bytes_of_history "replayed merges" "$ws"
  fi
}

# Over loopback, the bytes from and to files; the server throws away and makes up all else.
transport() {
  compile transport/server.c transport-server -lpthread
  compile transport/client.c transport-client -lcurl
  local ours=${TRANSPORT:-$PWD/.build/release/transport-benchmark} size=$((500 * 1024 * 1024))
  local files=$build/transport theirs=$build/transport-client port url batch
  mkdir -p "$files"
  [ -s "$files/upload" ] || head -c $size /dev/urandom > "$files/upload"
  coproc server { exec "$build/transport-server"; }
  read -r port <&"${server[0]}"
  url=http://127.0.0.1:$port
  local clean="rm -f $files/ours $files/theirs"
  row "download, 500 MiB, fsync / C" "$ours download $url/file/$size $files/ours" \
    "$theirs download $url/file/$size $files/theirs" "$clean"
  row "download, 500 MiB, fsync / curl, no fsync" "$ours download $url/file/$size $files/ours" \
    "curl -s -o $files/theirs $url/file/$size" "$clean"
  row "upload, 500 MiB / C" "$ours upload $url/upload $files/upload" \
    "$theirs upload $url/upload $files/upload"
  row "upload, 500 MiB / curl" "$ours upload $url/upload $files/upload" \
    "curl -s -F files=@$files/upload $url/upload"
  for batch in 1 200; do
    row "1M events, $batch in a write / C" "$ours events $url/events/1000000/$batch" \
      "$theirs events $url/events/1000000/$batch"
  done
  $clean
  # Its standard input ends here, and so does the server.
  eval "exec ${server[1]}>&-"
}

bytes_of_history() {  # NAME WORKSPACE
  sqlite3 "$2/workspace.sqlite" "
    SELECT printf('history of $1: %d revisions, %d changes, %.1f bytes a change (revisions, changes, index)',
      (SELECT count(*) FROM revision WHERE sequence > 1), (SELECT count(*) FROM change),
      1.0 * (SELECT sum(payload) FROM dbstat WHERE name IN ('revision', 'change', 'revision_batch'))
        / max(1, (SELECT count(*) FROM change)))"
}

header
for part in start srt store docx search edit history transport; do
  if in_part $part; then $part; fi
done
if in_part history; then history_size; fi
