#!/usr/bin/env bash
# Kills imports, edits and exports with SIGKILL at random moments. After each the workspace must pass
# `doctor`, hold whatever had reported success, and hold nothing by halves.
#
# usage: kill.sh ROUNDS      SEED=N repeats a run's choices (not the machine's timing), CAPTIONS=N sets the size
set -euo pipefail
rounds=${1:-200}
seed=${SEED:-$RANDOM}
RANDOM=$seed
offbook=${OFFBOOK:-$(pwd)/.build/release/offbook}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export OFFBOOK_WORKSPACE=$folder/workspace
captions=${CAPTIONS:-4000}
awk -v count=$captions 'BEGIN {
  for (n = 1; n <= count; n++) {
    s = n * 2
    printf "%d\n%02d:%02d:%02d,000 --> %02d:%02d:%02d,900\nCaption number %d of the storm.\n\n",
      n, s / 3600, s / 60 % 60, s % 60, (s + 1) / 3600, (s + 1) / 60 % 60, (s + 1) % 60, n
  }
}' > "$folder/storm.srt"

fail() { echo "kill: round $round (seed $seed): $*" >&2; exit 1; }
milliseconds() { echo $(($(date +%s%N) / 1000000)); }

round=0
"$offbook" import --quiet "$folder/storm.srt" --title Base >/dev/null
"$offbook" export Base -f srt -o "$folder/reference.srt" >/dev/null
begin=$(milliseconds)
"$offbook" import --quiet "$folder/storm.srt" --title Measured >/dev/null
longest_import=$(($(milliseconds) - begin + 10))
begin=$(milliseconds)
"$offbook" line add Base "edit 0." >/dev/null
longest_edit=$(($(milliseconds) - begin + 5))
begin=$(milliseconds)
"$offbook" export Measured -f srt -o "$folder/measured.srt" >/dev/null
longest_export=$(($(milliseconds) - begin + 5))

finished=0
killed=0
late=0
acknowledged=()
for ((round = 1; round <= rounds; round++)); do
  case $((round % 3)) in
    0) words=(import --quiet "$folder/storm.srt" --title "Import $round."); longest=$longest_import ;;
    1) words=(line add Base "edit $round."); longest=$longest_edit ;;
    2) words=(export Measured -f srt -o "$folder/out-$round.srt"); longest=$longest_export ;;
  esac
  "$offbook" "${words[@]}" >/dev/null 2>"$folder/stderr" &
  process=$!
  sleep "$(awk -v limit=$longest -v draw=$RANDOM 'BEGIN { printf "%.4f", limit * draw / 32768 / 1000 }')"
  kill -9 $process 2>/dev/null || true
  status=0
  wait $process 2>/dev/null || status=$?
  case $status in
    0) finished=$((finished + 1)) ;;
    137) killed=$((killed + 1)) ;;
    *) fail "'${words[*]}' ended with $status: $(cat "$folder/stderr")" ;;
  esac
  "$offbook" doctor >"$folder/doctor" 2>&1 || fail "doctor: $(cat "$folder/doctor")"
  case $((round % 3)) in
    0)
      "$offbook" --json list >"$folder/list"
      if grep -q "\"title\":\"Import $round\\.\"" "$folder/list"; then
        [ $status = 0 ] || late=$((late + 1))
        "$offbook" export "Import $round." -f srt -o - >"$folder/back.srt"
        cmp -s "$folder/reference.srt" "$folder/back.srt" || fail "the import is there by halves"
      elif [ $status = 0 ]; then
        fail "an import that had reported success is gone"
      fi ;;
    1) [ $status != 0 ] || acknowledged+=("edit $round.") ;;
    2)
      if [ -e "$folder/out-$round.srt" ]; then
        cmp -s "$folder/measured.srt" "$folder/out-$round.srt" || fail "the export is there by halves"
        rm "$folder/out-$round.srt"
      elif [ $status = 0 ]; then
        fail "an export that had reported success is gone"
      fi ;;
  esac
done
"$offbook" show Base --json >"$folder/show"
for edit in "${acknowledged[@]}"; do
  grep -q "\"text\":\"$edit\"" "$folder/show" || fail "'$edit' had reported success and is gone"
done
echo "kill: $rounds rounds, $killed killed, $finished finished first, $late imports killed after they" \
  "were safe, ${#acknowledged[@]} edits acknowledged and there, seed $seed"
