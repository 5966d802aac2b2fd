part_docx() {
  local pages all=$rounds rounds=$rounds
  for pages in 10 100 1000 10000; do
    [ $pages -le 1000 ] || rounds=$(few 3)
    [ -s "$build/$pages.docx" ] || "$build/generate-docx" $pages 1 "$build/$pages.docx"
    row "convert DOCX to Markdown, $pages pages / C" \
      "$offbook convert $build/$pages.docx -o $build/ours.md --force" \
      "$build/docx-text $build/$pages.docx $build/theirs.txt"
  done
  rounds=$all
  peers_ready || return 0
  local ours="$offbook convert $build/100.docx -o $build/ours.md --force" module
  for module in docx2txt docx; do
    peer "convert DOCX to Markdown, 100 pages / Python $module" $module "$ours" \
      "$(python "docx-${module/%docx/python-docx}" "$build/100.docx" "$build/theirs.txt")"
  done
  for module in docx2txt pandoc; do
    if ! command -v $module > /dev/null; then
      echo "convert DOCX to Markdown, 100 pages / $module: not installed here, left out"
    elif [ $module = docx2txt ]; then
      row "convert DOCX to Markdown, 100 pages / docx2txt (Perl)" "$ours" \
        "docx2txt $build/100.docx $build/theirs.txt"
    else
      row "convert DOCX to Markdown, 100 pages / pandoc" "$ours" \
        "pandoc $build/100.docx -t markdown -o $build/theirs.txt"
    fi
  done
}
