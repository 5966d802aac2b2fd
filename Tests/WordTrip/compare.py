"""Counts how many lines that nobody touched kept id, speaker and times through the trip."""
import json
import sys

before, after = ({line["id"]: line for line in json.load(open(path))["data"]["lines"]}
                 for path in sys.argv[1:3])
by_label = {}
for line in before.values():
    by_label.setdefault(f'{line["speaker"]}: {line["text"]}', []).append(line)
untouched = kept = 0
for row in open(sys.argv[3], encoding="utf-8"):
    text = row.rstrip("\n").split("\t", 1)[1]
    # Each paragraph once: the same words may stand in several lines.
    if not by_label.get(text):
        continue
    old = by_label[text].pop(0)
    untouched += 1
    new = after.get(old["id"])
    fields = ("speaker", "start", "end")
    kept += new is not None and all(new[field] == old[field] for field in fields)
here = sum("Corrected here meanwhile" in line["text"] for line in after.values())
share = kept / max(untouched, 1)
print(f"word-trip: {len(before)} lines, {untouched} untouched, {kept} kept id, speaker and times"
      f" ({share:.2%}), {len(after)} lines after, {here} of 4 corrections made here are there")
sys.exit(0 if untouched > 50 and share >= 0.99 and here == 4 else 1)
