part_store() {
  local ws=$build/store count file clean all=$rounds rounds=$rounds
  for count in 100000 1000000; do
    [ $count -le 100000 ] || rounds=$(few 3)
    file=$build/$count.srt
    captions $count
    clean="rm -rf $ws $build/c.sqlite $build/c.sqlite-wal $build/c.sqlite-shm"
    row "import SRT, $count captions / C" "$offbook --workspace $ws import $file --title captions" \
      "$build/import Schema/current.sql $file $build/c.sqlite" "$clean"
    $clean
  done
  rounds=$all
  if peers_ready; then
    peer "import SRT, 100000 captions / Python re, sqlite3" sqlite3 \
      "$offbook --workspace $build/imports-% import $build/100000.srt --title captions" \
      "$(python import-sqlite3 "$build/100000.srt" "$build/c.sqlite")"
    rm -rf "$build"/imports-*
  fi
  for count in 10000 100000; do exports $count; done
  work "$ws" import "$build/100000.srt" --title captions
  "$offbook" --workspace "$ws" show captions --json > "$build/ours.json"
  "$build/show" "$ws/workspace.sqlite" captions > "$build/theirs.json"
  same "$build/ours.json" "$build/theirs.json"
  row "show --json, 100000 lines / C" "$offbook --workspace $ws show captions --json" \
    "$build/show $ws/workspace.sqlite captions"
  rm -rf "$ws"
}

exports() {  # COUNT
  local ws=$build/exported
  rm -rf "$ws"
  work "$ws" import "$build/$1.srt" --title captions
  local ours="$offbook --workspace $ws export captions -f srt -o $build/ours.srt --force"
  row "export SRT, $1 lines / C: bare, unchecked" "$ours" \
    "$build/export $ws/workspace.sqlite captions $build/theirs.srt"
  same "$build/ours.srt" "$build/theirs.srt"
  row "export SRT, $1 lines / C: checked and remembered" "$ours" \
    "$build/export $ws/workspace.sqlite captions $build/theirs.srt checked"
  row "export SRT, $1 lines / sqlite3 -csv" "$ours" \
    "sqlite3 -csv $ws/workspace.sqlite 'select start, end, text from line order by position'"
  ours="$offbook --workspace $ws --quiet export captions -f md -o $build/ours.md --force"
  row "export Markdown, $1 lines / C: bare, unchecked" "$ours" \
    "$build/export $ws/workspace.sqlite captions $build/theirs.md markdown"
  row "export Markdown, $1 lines / sqlite3 -csv" "$ours" \
    "sqlite3 -csv $ws/workspace.sqlite 'select start, end, text from line order by position'"
  rm -rf "$ws"
}
