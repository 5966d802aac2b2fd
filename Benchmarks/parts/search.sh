part_search() {
  million
  local queries="the|the,absent|absent,\"the weather turned\"|\"the weather turned\",morn*|morn*"
  local names=(commonest rare phrase prefix) index=0 query
  while IFS='|' read -r -d, query match; do
    search_row "${names[index]}" line_text "$query" "$match"
    index=$((index + 1))
  done <<< "$queries,"
  search_row "Chinese, one character" line_pair '天' '"天"*'
  search_row "Chinese, two characters" line_pair '天气' '"天气"'
  search_row "Chinese, three characters" line_pair '天气很' '"天气 气很"'
}

search_row() {  # NAME TABLE QUERY MATCH
  cat > "$build/search.sql" <<SQL
SELECT hex(script.uuid), hex(line.uuid), start, line.text FROM $2
JOIN line ON line.id = $2.rowid JOIN script ON script.id = line.script
WHERE $2 MATCH '$4' AND script.deleted = 0 ORDER BY $2.rowid LIMIT 50;
SQL
  row "search, $1, 1.1M lines / sqlite3" "$offbook --workspace $ws search '$3' --json" \
    "sqlite3 $ws/workspace.sqlite '.read $build/search.sql'"
  echo "  the same in process: $("$driver" search "$ws" "$3") ms"
}
