#!/usr/bin/env bash
# The main job on the samples, from a file on a train to a finished video. Run by `make demo`.
#
# The service is the simulator that comes with Offbook: it is started here, speaks on this machine
# only, and charges nobody.
set -euo pipefail
samples=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
simulator=
cleanup() {
  [ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true
  rm -rf "$folder"
}
trap cleanup EXIT
# Nothing of the person who runs this is read or changed.
export OFFBOOK_WORKSPACE=$folder/workspace HOME=$folder XDG_CONFIG_HOME=$folder/config
unset NEMO_TOKEN NEMO_CLIENT_ID OFFBOOK_SPEND
# A port on which nobody listens: this machine is on a train.
export NEMO_API_URL=http://127.0.0.1:9 NEMO_WEB_URL=http://127.0.0.1:9
# The pauses between questions are for a service far away; this one is near.
export OFFBOOK_PACE=0.01

tell() { printf '\n\033[1m%s\033[0m\n' "$*" | if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9]*m//g'; fi; }
# A command as a person types it: words with anything but letters and marks in them in quotes.
show() {
  printf '\n$ offbook'
  for word in "$@"; do
    case $word in
      *[!A-Za-z0-9_./:-]*) printf ' "%s"' "$word" ;;
      *) printf ' %s' "$word" ;;
    esac
  done
  printf '\n'
}
# Step by step where it can be written over; in a file of what was shown it would be in the way.
progress=auto
[ -t 2 ] || progress=none
run() { show "$@"; offbook --progress $progress "$@"; }
# Ends with a status of its own, which is part of the story.
run_with_status() {
  local wanted=$1 status=0
  shift
  show "$@"
  offbook --progress $progress "$@" || status=$?
  [ "$status" = "$wanted" ] || { echo "demo.sh: exit code $status where $wanted belongs" >&2; exit 1; }
}

# What comes out lies beside what goes in, so that the names are short.
cp -r "$samples"/interview.srt "$samples"/interview.docx "$samples"/broken.srt "$samples"/media "$folder"
cd "$folder"

tell "1. On a train, without a network. An interview comes in as SRT and from Word; a broken file comes in whole."
run project new Lighthouse
run import interview.srt --title "Interview" -p Lighthouse
run import interview.docx --title "From Word" -p Lighthouse
run import broken.srt --title "Broken" -p Lighthouse

tell "2. Correct a word, cut a line in two, name the second voice once for all scripts."
run line set "Interview" 4 --text "Twenty-three years. Remember this: nobody climbs the stairs twice by choice."
run line split "Interview" 4 --at "Remember this"
run speaker rename "Speaker 2" "Bert" -p Lighthouse
run show "Interview" --lines 3-6
run_with_status 8 diff "Interview"

tell "3. Ask for the script of a video. There is no network: it is kept, and that is no error."
run_with_status 6 extract media/lighthouse.mp4 -p Lighthouse
run intents
run status

tell "4. Home again. (Here the simulator starts; with an account it is the service itself.)"
offbook-simulator --credits 1000 --fixtures media --silent 0 > simulator &
simulator=$!
for _ in $(seq 100); do
  grep -q http simulator && break
  sleep 0.05
done
NEMO_API_URL=$(sed -n 's/^Listening on //p' simulator)
export NEMO_API_URL
run sync
run show lighthouse

tell "5. Correct it here, while somebody corrects the same words on another device."
run line set lighthouse 4 --text "The lens. A gull can do more harm than a storm."
run line set lighthouse 2 --text "Mind the rail, it was painted an hour ago."
curl -sS -o edit -H 'Content-Type: application/json' "$NEMO_API_URL/simulator/edit" \
  --data '{"edits":[{"op":"set","index":3,"text":"The lamp. A gull can do more harm than a storm."},
                    {"op":"set","index":4,"text":"And tonight, Bert?"}]}'
echo '(The other device writes "The lamp." into line 4, and adds a name to line 5.)'
run sync --dry-run

tell "6. Sync: both sides come together. The words that both changed are asked about, nothing else is."
run_with_status 5 sync --spend 100
run conflicts lighthouse
run resolve --all --ours lighthouse
run sync --spend 100

tell "7. A script becomes a video; the agent is asked for a title; the tracks are on a time axis."
run generate "Interview" --aspect 16:9 --duration 30
run say "Add a title 'The Lighthouse'"
run timeline

tell "8. The finished video, with all that was edited here, and what it cost."
run render -o lighthouse.mp4
run media
run credits

tell "9. Out again, with every name: SRT for the player, Markdown for the page."
run export lighthouse -f srt -o lighthouse.srt
printf '\n$ head -n 8 lighthouse.srt\n'
head -n 8 lighthouse.srt
run export "Interview" -f md --times -o interview.md
printf '\n$ tail -n 6 interview.md\n'
tail -n 6 interview.md

tell "10. Where everything stands, and that nothing was lost."
run status
run doctor
