part_start() {
  local ws=$build/small bare="sqlite3 :memory: 'select 1'" libraries
  rm -rf "$ws"
  captions 100
  work "$ws" import "$build/100.srt" --title small
  row "--version / sqlite3 select 1" "$offbook --version" "$bare"
  row "help / sqlite3 select 1" "$offbook help" "$bare"
  row "list / sqlite3 select from script" "$offbook --workspace $ws list" \
    "sqlite3 $ws/workspace.sqlite 'select id, title, kind, line_count, revision from script'"
  libraries=$(ldd "$offbook" | grep -E 'libcurl|libxml2|libicu' || true)
  echo "mapped at start of libcurl, libxml2, ICU: ${libraries:-none}"
}
