part_srt() {
  local count all=$rounds rounds=$rounds
  for count in 10000 100000 1000000; do
    [ $count -le 100000 ] || rounds=$(few 5)
    captions $count
    row "convert SRT to SRT, $count captions / C" \
      "$offbook convert $build/$count.srt -o $build/ours.srt --force" \
      "$build/convert $build/$count.srt $build/theirs.srt"
    same "$build/ours.srt" "$build/theirs.srt"
  done
  rounds=$all
  peers_ready || return 0
  local ours="$offbook convert $build/100000.srt -o $build/ours.srt --force" way
  for way in re:regex srt:srt pysrt:pysrt; do
    peer "convert SRT to SRT, 100000 captions / Python ${way%:*}" "${way%:*}" "$ours" \
      "$(python "srt-${way#*:}" "$build/100000.srt" "$build/theirs.srt")"
  done
}
