#!/usr/bin/env bash
# Gives every parser inputs made by libFuzzer for its share of SECONDS_LONG (default 60).
#
#   run.sh SECONDS_LONG [SUBJECT …]
#
# With INPUTS and SEED each parser gets so many inputs that follow from the seed and the committed
# seeds alone: the same ones each time, as CI needs it.
#
# An input that breaks a property, takes more than 5 s or 2 GiB is kept in .build/fuzz/found and makes
# the run fail. Inputs that reach new code are kept in .build/fuzz/corpus for the next run.
set -uo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
shift || true
fuzzer=.build/fuzz/release/parser-fuzz
subjects=${*:-$($fuzzer)}
jobs=${JOBS:-2}
count=$(wc -w <<<"$subjects")
share=$((seconds * jobs / count))
((share >= 1)) || share=1
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

fuzz() {
  local subject=$1 corpus=.build/fuzz/corpus/$1 found=.build/fuzz/found/$1
  mkdir -p "$corpus" "$found"
  local options=(-timeout=5 -rss_limit_mb=2048 -max_len="${LONGEST:-8192}")
  if [ -n "${INPUTS:-}" ]; then
    options+=(-runs="$INPUTS")
    corpus=$logs/corpus/$subject
    mkdir -p "$corpus"
  else
    options+=(-max_total_time="$share")
  fi
  options+=(-artifact_prefix="$found/" -print_final_stats=1 -verbosity=1)
  [ -n "${SEED:-}" ] && options+=(-seed="$SEED")
  local words=Tests/Fuzzing/Dictionaries/$subject.txt
  [ -f "$words" ] && options+=(-dict="$words")
  # What is opened once and kept (libraries, caches) is no leak; what each input leaks is.
  "$fuzzer" "$subject" "${options[@]}" "$corpus" "Tests/Fuzzing/Seeds/$subject" \
    >"$logs/$subject" 2>&1
  echo $? >"$logs/$subject.status"
}

running=0
for subject in $subjects; do
  fuzz "$subject" &
  running=$((running + 1))
  if ((running >= jobs)); then
    wait -n
    running=$((running - 1))
  fi
done
wait

printf '%-14s %12s %10s %9s  %s\n' subject inputs 'a second' coverage outcome
total=0 failed=0
for subject in $subjects; do
  log=$logs/$subject
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  rate=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
  coverage=$(grep -o ' cov: [0-9]*' "$log" | tail -1 | grep -o '[0-9]*')
  outcome=sound
  if [ "$(cat "$log.status")" != 0 ]; then
    failed=$((failed + 1))
    reason=$(grep -m1 -aoE '^Violation: .*|Fatal error: .*|ERROR: [A-Za-z]+: [a-z-]+.*' "$log" | cut -c1-200)
    input=$(grep -aoE 'Test unit written to .*' "$log" | sed 's/.* to //' | tail -1)
    outcome="FAILED: ${reason:-see the input} (${input:-no input was written})"
  fi
  printf '%-14s %12s %10s %9s  %s\n' "$subject" "${runs:-?}" "${rate:-?}" "${coverage:-?}" "$outcome"
  total=$((total + ${runs:-0}))
done
per="$share s"
[ -n "${INPUTS:-}" ] && per="$INPUTS inputs from seed ${SEED:-0}"
echo "$total inputs, $per a subject, $failed of $count subjects failed"
if ((failed > 0)); then
  echo "To see one again: $fuzzer SUBJECT INPUT; smaller: $fuzzer SUBJECT -minimize_crash=1 -runs=100000 INPUT"
  exit 1
fi
