# A workspace of a million lines, 10,000 of them in the script 'edited', and 100,000 lines of Chinese.
million() {
  ws=$build/million
  captions 10000
  captions 990000
  [ -s "$build/chinese.srt" ] || "$build/generate" 100000 1 cjk > "$build/chinese.srt"
  [ -e "$ws/ready-with-chinese" ] && return
  rm -rf "$ws"
  work "$ws" import "$build/10000.srt" --title edited
  work "$ws" import "$build/990000.srt" --title rest
  work "$ws" import "$build/chinese.srt" --title chinese
  touch "$ws/ready-with-chinese"
}

# A copy of that workspace's database, with a line to update.
copied() {
  million
  copy=$build/copy.sqlite
  rm -f "$copy"*
  cp "$ws/workspace.sqlite" "$copy"
  if [ -s "$ws/workspace.sqlite-wal" ]; then cp "$ws/workspace.sqlite-wal" "$copy-wal"; fi
}

part_edit() {
  local copy
  copied
  local edits="$offbook --workspace $ws --quiet line" line
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
  for line in 5 9995; do
    PRINTED=1 row "API: one durable edit of line $line, in process / C" \
      "$driver edit $ws edited $line" "$build/edit $copy edited $line"
  done
  rm -f "$copy"*
}
