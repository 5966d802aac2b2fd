part_history() {
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
  history_size
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

bytes_of_history() {  # NAME WORKSPACE
  sqlite3 "$2/workspace.sqlite" "
    SELECT printf('history of $1: %d revisions, %d changes, %.1f bytes a change (revisions, changes, index)',
      (SELECT count(*) FROM revision WHERE sequence > 1), (SELECT count(*) FROM change),
      1.0 * (SELECT sum(payload) FROM dbstat WHERE name IN ('revision', 'change', 'revision_batch'))
        / max(1, (SELECT count(*) FROM change)))"
}

