part_merge() {
  local program=$PWD/.build/release/merge-benchmark
  if [ -x "$program" ]; then
    "$program" ../shared/corpora/merge
  else
    echo "merge: not built (swift build -c release --product merge-benchmark), left out"
  fi
}
