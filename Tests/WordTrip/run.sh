#!/usr/bin/env bash
# A copy goes to Word and comes back: exported as DOCX, edited in a real LibreOffice (30 % of the words
# retyped, paragraphs moved), while lines are corrected here; then merged. At least 99 % of the lines that
# nobody touched must keep id, speaker and times.
#
# usage: run.sh [LINES]      needs libreoffice-writer-nogui and python3-uno
set -euo pipefail
lines=${1:-500}
seed=${SEED:-1}
here=$(cd "$(dirname "$0")" && pwd)
offbook=${OFFBOOK:-$here/../../.build/release/offbook}
command -v soffice >/dev/null && /usr/bin/python3 -c 'import uno' 2>/dev/null || {
  echo "word-trip: LibreOffice and python3-uno are not here; passed over" >&2
  exit 0
}
folder=$(mktemp -d)
export OFFBOOK_WORKSPACE=$folder/workspace
port=$((20000 + RANDOM % 20000))
soffice --headless --norestore --nologo --nodefault "-env:UserInstallation=file://$folder/profile" \
  "--accept=socket,host=127.0.0.1,port=$port;urp" >/dev/null 2>&1 &
office=$!
end() {
  # soffice is a script whose child does the work.
  pkill -KILL -P $office 2>/dev/null || true
  kill -KILL $office 2>/dev/null || true
  wait $office 2>/dev/null || true
  rm -rf "$folder"
}
trap end EXIT

awk -v count="$lines" -v seed="$seed" 'BEGIN {
  srand(seed)
  size = split("the lamp stair keeper storm water glass kettle morning night boat rope bell fog light wind", words, " ")
  for (n = 1; n <= count; n++) {
    s = n * 3
    printf "%d\n%02d:%02d:%02d,%03d --> %02d:%02d:%02d,%03d\n%s:", n, s / 3600, s / 60 % 60, s % 60,
      n % 1000, (s + 2) / 3600, (s + 2) / 60 % 60, (s + 2) % 60, (n * 7) % 1000, n % 3 ? "Anna" : "Bert"
    length_of = 5 + int(rand() * 12)
    for (w = 0; w < length_of; w++) printf " %s", words[1 + int(rand() * size)]
    printf ".\n\n"
  }
}' >"$folder/talk.srt"
"$offbook" import --quiet "$folder/talk.srt" --title Talk
"$offbook" export Talk -f docx -o "$folder/sent.docx" >/dev/null
"$offbook" show Talk --json >"$folder/before.json"
for number in 20 40 60 80; do
  "$offbook" line set Talk $number --text "Corrected here meanwhile, number $number." >/dev/null
done
/usr/bin/python3 "$here/edit.py" "$folder/sent.docx" "$folder/back.docx" 0.34 12 "$seed" $port \
  >"$folder/untouched.tsv"
status=0
"$offbook" merge Talk "$folder/back.docx" >"$folder/merge.txt" 2>&1 || status=$?
[ $status = 0 ] || [ $status = 5 ] || { cat "$folder/merge.txt" >&2; exit 1; }
"$offbook" show Talk --json >"$folder/after.json"
/usr/bin/python3 "$here/compare.py" "$folder/before.json" "$folder/after.json" "$folder/untouched.tsv"
