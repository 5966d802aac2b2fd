#!/usr/bin/env bash
# Makes a virtual environment with what people use in Python; says what can't be had, and goes on.
#
# usage: install.sh FOLDER
set -euo pipefail
folder=$1
[ -e "$folder/ready" ] && exit 0
python3 -m venv "$folder" 2> /dev/null \
  || { echo "Python's venv is not to be had: no peers in this run" >&2; exit 1; }
for name in srt pysrt docx2txt python-docx; do
  "$folder/bin/pip" install --quiet --disable-pip-version-check "$name" 2> /dev/null \
    || echo "'$name' can't be installed: left out" >&2
done
touch "$folder/ready"
