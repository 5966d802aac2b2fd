part_open() {
  local ws=$build/opened
  captions 10000
  rm -rf "$ws"
  work "$ws" import "$build/10000.srt" --title captions
  PRINTED=1 row "open 10000 lines into values, in process / C" \
    "$driver values $ws captions" "$build/values $ws/workspace.sqlite captions"
}
