part_merge() {
  local program=$PWD/.build/release/merge-benchmark
  if [ ! -x "$program" ]; then
    echo "merge: not built (swift build -c release --product merge-benchmark), left out"
    return 0
  fi
  local count percent all=$rounds
  for count in 1000 10000 100000; do
    for percent in 1 10; do
      [ $count -le 10000 ] && rounds=$all || rounds=$(few 5)
      row_of_merge "$program" $count $percent
    done
  done
  rounds=$all
  "$program" ../shared/corpora/merge
}

# Both take the base and two copies and write the result in place of ours. With --ours git settles what
# it takes for a conflict, so that it ends with 0; the comparison is the same. The driver is called as
# git calls it, with the path: then the file is git's own, and neither waits for the disk.
row_of_merge() {  # PROGRAM LINES PERCENT
  local place=$build/merge-$2-$3
  mkdir -p "$place"
  [ -s "$place/result.txt" ] || "$1" --files "$place" "$2" "$3"
  row "merge-driver, $2 rows, $3 % edits a side / git merge-file" \
    "$offbook merge-driver $place/base.txt $place/merged.txt $place/theirs.txt talk.txt" \
    "git merge-file --quiet --ours $place/git.txt $place/base.txt $place/theirs.txt" \
    "cp $place/ours.txt $place/merged.txt; cp $place/ours.txt $place/git.txt"
  cp "$place/ours.txt" "$place/merged.txt"
  "$offbook" merge-driver "$place/base.txt" "$place/merged.txt" "$place/theirs.txt"
  same "$place/merged.txt" "$place/result.txt"
}
