part_text() {
  local size all=$rounds rounds=$rounds
  for size in 1 10 100; do
    [ $size -le 10 ] || rounds=$(few 5)
    [ -s "$build/talk-$size.txt" ] || "$build/generate-text" $size 1 > "$build/talk-$size.txt"
    row "convert labelled TXT to Markdown, $size MB / C" \
      "$offbook convert $build/talk-$size.txt -o $build/ours.md --force" \
      "$build/convert-text $build/talk-$size.txt $build/theirs.md talk-$size"
    same "$build/ours.md" "$build/theirs.md"
  done
  rounds=$all
  peers_ready || return 0
  peer "convert labelled TXT to Markdown, 10 MB / Python re" re \
    "$offbook convert $build/talk-10.txt -o $build/ours.md --force" \
    "$(python txt-regex "$build/talk-10.txt" "$build/theirs.md")"
}
