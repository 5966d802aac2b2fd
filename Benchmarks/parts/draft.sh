# A draft of 20,000 segments, in process: beside json-c, which reads and writes the same JSON.
part_draft() {
  local file=$build/draft-20000.json ours=$PWD/.build/release/draft-benchmark what
  draft_of 20000 > "$file"
  if ! compile draft/json.c draft-json -ljson-c 2> /dev/null; then
    echo "a draft of 20,000 segments: libjson-c-dev is not to be had here, left out"
    return 0
  fi
  for what in read write both; do
    PRINTED=1 row "a draft of 20,000 segments, ${what/both/read and write} / C" \
      "$ours $what $file" "$build/draft-json $what $file"
  done
  echo "  the merge of such a draft, each side with 200 edits: $("$ours" merge "$file") ms"
}

# Captions with labels, as a session's state holds them behind a track of video.
draft_of() {  # SEGMENTS
  awk -v count="$1" 'BEGIN {
    printf "{\"d\":%d,\"m\":{\"fps\":25.0},\"t\":[{\"id\":\"v0\",\"tt\":0,\"sg\":[{\"id\":\"a\",\"d\":%d}]},", \
      count * 3000, count * 3000
    printf "{\"id\":\"t1\",\"tt\":7,\"m\":{\"title\":\"talk\"},\"sg\":["
    for (i = 0; i < count; i++)
      printf "%s{\"id\":\"seg_%06d\",\"m\":{\"text\":\"%s: Words number %d of a talk that goes on for long.\",\"start\":%d,\"style\":{\"size\":0.35}},\"d\":2500}",
        i ? "," : "", i, i % 2 ? "ANNA" : "BEN", i, i * 3000
    print "]}]}"
  }'
}
