# How time grows where the size does, from the rows of this run.
part_growth() {
  echo "growth: time at ten times the size"
  grown "convert SRT to SRT, %s captions / C" 10000 100000 1000000
  grown "convert DOCX to Markdown, %s pages / C" 10 100 1000 10000
  grown "convert labelled TXT to Markdown, %s MB / C" 1 10 100
  grown "import SRT, %s captions / C" 100000 1000000
  grown "export SRT, %s lines / sqlite3 -csv" 10000 100000
  grown "sync, nothing to do, %s projects / curl" 1 10 100
  grown "sync, 1 edited line in each of %s projects / curl" 10 100
}

grown() {  # LABEL SIZE SIZE…
  local label=$1 size before="" now
  shift
  for size in "$@"; do
    # shellcheck disable=SC2059
    now=$(awk -v label="$(printf "$label" "$size") " \
      'index($0, label) == 1 { split(substr($0, 55), n, " "); print n[1] }' "$build/rows" | tail -1)
    if [ -n "$before" ] && [ -n "$now" ]; then
      # shellcheck disable=SC2059
      awk -v a="$before" -v b="$now" -v label="$(printf "$label" "$size")" \
        'BEGIN { printf "  %-52s %6.1f times\n", label, b / a }'
    fi
    before=$now
  done
}
