#!/usr/bin/env bash
# Measures the command beside a C program, sqlite3 or what people use instead, and prints one table.
#
# usage: run.sh [start|srt|docx|text|store|edit|open|search|history|merge|transport|sync|draft|build|growth]
#
# Whole processes, in turns (A B A B …), medians, ratios pair by pair; what each C program does and
# leaves out stands at its top. Inputs follow from a seed and are kept in .build/benchmarks. Only the
# ratios of one run are worth quoting. ROUNDS=N sets the rounds (9), OFFBOOK another command, PEERS=no
# leaves the peers out. Sources/Offbook/Offbook.docc/Performance.md says more.
set -euo pipefail
cd "$(dirname "$0")/.."
parts="start srt docx text store edit open search history merge transport sync draft build growth"
only=${1:-all}
rounds=${ROUNDS:-9}
offbook=${OFFBOOK:-$PWD/.build/release/offbook}
driver=$PWD/.build/release/store-benchmark
build=$PWD/.build/benchmarks
mkdir -p "$build"
unset OFFBOOK_WORKSPACE

case " all $parts " in
  *" $only "*) ;;
  *) echo "usage: run.sh [${parts// /|}]" >&2; exit 2 ;;
esac

# What a part needs or compares with from Debian.
case $only in
  all) bash Benchmarks/peers/packages.sh libjson-c-dev libssl-dev openssl python3-venv docx2txt pandoc ;;
  docx) bash Benchmarks/peers/packages.sh python3-venv docx2txt pandoc ;;
  srt | text | store) bash Benchmarks/peers/packages.sh python3-venv ;;
  draft) bash Benchmarks/peers/packages.sh libjson-c-dev ;;
  transport) bash Benchmarks/peers/packages.sh libssl-dev openssl python3-venv ;;
esac

compile() {  # SOURCE PROGRAM [LIBRARIES…]
  gcc -O2 -Wall -Wno-unused-function -I/usr/include/libxml2 -o "$build/$2" "Benchmarks/$1" "${@:3}"
}
compile measure.c measure
compile srt/generate.c generate
compile srt/convert.c convert
compile text/generate.c generate-text
compile text/convert.c convert-text
compile store/import.c import -lsqlite3
compile store/show.c show -lsqlite3
compile store/export.c export -lsqlite3
compile store/values.c values -lsqlite3
compile store/edit.c edit -lsqlite3
compile docx/generate.c generate-docx -lzip
compile docx/docx-text.c docx-text -lzip -lxml2

in_part() { [ "$only" = all ] || [ "$only" = "$1" ]; }
row() { "$build/measure" "$1" "$rounds" "${@:2}" | tee -a "$build/rows"; }
captions() { [ -s "$build/$1.srt" ] || "$build/generate" "$1" 1 > "$build/$1.srt"; }
same() { cmp -s "$1" "$2" || { echo "run.sh: '$1' and '$2' differ" >&2; exit 1; }; }
work() { "$offbook" --workspace "$1" --quiet "${@:2}" > /dev/null; }

# What takes seconds needs fewer rounds.
few() { [ "$rounds" -gt "$1" ] && echo "$1" || echo "$rounds"; }

peers_ready() {
  [ "${PEERS:-yes}" = yes ] && bash Benchmarks/peers/install.sh "$build/venv"
}
python() { echo "$build/venv/bin/python3 Benchmarks/peers/convert.py $*"; }
# A row beside a peer; a peer that can't be had is left out with a note.
peer() {  # LABEL MODULE OURS THEIRS
  local few
  few=$(few 3)
  local rounds=$few
  if "$build/venv/bin/python3" -c "import $2" 2> /dev/null; then
    row "$1" "$3" "$4"
  else
    echo "$1: '$2' is not to be had here, left out"
  fi
}

header() {
  echo "$("$offbook" --version), $(nproc) processors, $rounds rounds; load $(cut -d' ' -f1 /proc/loadavg)"
  printf '%-54s %9s %9s %6s %6s %8s %8s\n' "" "offbook" "beside" "ratio" "ratio" "offbook" "beside"
  printf '%-54s %9s %9s %6s %6s %8s %8s\n' \
    "operation / what it is measured beside" "ms" "ms" "time" "CPU" "MiB" "MiB"
}

for part in $parts; do source "Benchmarks/parts/$part.sh"; done
header
: > "$build/rows"
for part in $parts; do
  if in_part "$part"; then "part_$part"; fi
done
