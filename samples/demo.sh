#!/usr/bin/env bash
# The main job on the samples: files in, edited, out again. Run by `make demo`.
set -euo pipefail
cd "$(dirname "$0")"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export OFFBOOK_WORKSPACE=$folder/workspace

say() { printf '\n\033[1m%s\033[0m\n' "$*" | if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9]*m//g'; fi; }
run() { printf '$ offbook'; printf ' %q' "$@"; printf '\n'; offbook "$@"; }

say "1. The same interview comes in as SRT, text and DOCX; a broken SRT comes in whole, each repair named."
run import interview.srt --title "Interview"
run import interview.txt --title "Interview, typed"
run import interview.docx --title "Interview, from Word"
run import broken.srt --title "Broken"
run list

say "2. Read it."
run show "Interview" --lines 1-4

say "3. The machine did not know a name: one rename, every script of the project follows."
run speaker rename "Speaker 2" "Bert"

say "4. Edit: correct a word, cut a line in two, look at what changed."
run line set "Interview" 4 --text "Twenty-three years. Remember this: nobody climbs the stairs twice by choice."
run line split "Interview" 4 --at "Remember this"
run diff "Interview" || true

say "5. Find a word in everything."
run search stairs

say "6. Change your mind: undo the split. The correction stays, and the history keeps both."
run undo "Interview"
run log "Interview"

say "7. Out again, with every name: SRT for the player, Markdown for the page."
run export "Interview" -f srt -o "$folder/interview.srt"
run export "Interview" -f md --times -o "$folder/interview.md"
head -n 8 "$folder/interview.srt"
printf '…\n\n'
head -n 14 "$folder/interview.md"

say "8. Nothing was lost."
run doctor
