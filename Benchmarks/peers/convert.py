"""What people would use in place of the command, one way of working a name.

usage: convert.py WAY IN OUT
"""
import os
import re
import sqlite3
import sys


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return file.read().replace("\r\n", "\n")


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


CAPTION = re.compile(
    r"(\d+)\n(\d\d):(\d\d):(\d\d)[,.](\d\d\d) --> (\d\d):(\d\d):(\d\d)[,.](\d\d\d)\n"
    r"(.*?)(?=\n\n\d+\n|\n*\Z)",
    re.DOTALL,
)


def captions(text):
    for found in CAPTION.finditer(text):
        n = [int(part) for part in found.groups()[:9]]
        start = ((n[1] * 60 + n[2]) * 60 + n[3]) * 1000 + n[4]
        end = ((n[5] * 60 + n[6]) * 60 + n[7]) * 1000 + n[8]
        yield start, end, found.group(10)


def clock(time):
    seconds, fraction = divmod(time, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},{fraction:03}"


def srt_regex(source, target):
    write(target, "\n".join(
        f"{number}\n{clock(start)} --> {clock(end)}\n{text}\n"
        for number, (start, end, text) in enumerate(captions(read(source)), 1)))


def srt_srt(source, target):
    import srt
    write(target, srt.compose(srt.parse(read(source))))


def srt_pysrt(source, target):
    import pysrt
    pysrt.open(source, encoding="utf-8").save(target, encoding="utf-8")


LABEL = re.compile(r"^([A-Z][^\n:.?!,]{0,39}): (.*)$", re.MULTILINE)


def txt_regex(source, target):
    turns = [found.groups() for found in LABEL.finditer(read(source))]
    speakers = dict.fromkeys(name for name, _ in turns)
    head = "---\nspeakers:\n" + "".join(f'  - "{name}"\n' for name in speakers) + "---\n\n"
    write(target, head + "\n".join(f"**{name}:** {text}\n" for name, text in turns))


def docx_docx2txt(source, target):
    import docx2txt
    write(target, docx2txt.process(source))


def docx_python_docx(source, target):
    import docx
    write(target, "\n\n".join(paragraph.text for paragraph in docx.Document(source).paragraphs))


def import_sqlite3(source, target):
    if os.path.exists(target):
        os.remove(target)
    database = sqlite3.connect(target)
    database.executescript(
        "CREATE TABLE line (id INTEGER PRIMARY KEY, start INTEGER, end INTEGER, text TEXT);"
        "CREATE VIRTUAL TABLE line_text USING fts5 (text, content='line', content_rowid='id');")
    database.executemany(
        "INSERT INTO line (start, end, text) VALUES (?, ?, ?)", captions(read(source)))
    database.execute("INSERT INTO line_text (line_text) VALUES ('rebuild')")
    database.commit()


globals()[sys.argv[1].replace("-", "_")](sys.argv[2], sys.argv[3])
