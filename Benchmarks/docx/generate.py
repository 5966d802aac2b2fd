"""Writes a DOCX of so many pages, in the form that Word itself writes: generate.py PAGES FILE."""

import random
import sys
import zipfile

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
WORDS = "we have seen that every river finds its own way down to the sea in the end".split()


def paragraph(rng, number):
    """One turn of about 60 words: a bold label, then runs as an edited document has them."""
    label = f"Speaker {number % 3 + 1}"
    runs = []
    for _ in range(6):
        text = " ".join(rng.choice(WORDS) + str(rng.randrange(9)) for _ in range(10))
        runs.append(
            f'<w:r w:rsidRPr="00{rng.randrange(16**6):06X}"><w:rPr><w:rFonts w:ascii="Calibri" '
            f'w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:lang w:val="en-GB"/></w:rPr>'
            f'<w:t xml:space="preserve">{text} </w:t></w:r>'
        )
    return (
        f'<w:p w14:paraId="{number:08X}" w:rsidR="00{rng.randrange(16**6):06X}"><w:pPr>'
        f'<w:spacing w:after="120"/><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:pPr>'
        f'<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">{label}: </w:t></w:r>{"".join(runs)}</w:p>'
    )


def main():
    pages, path = int(sys.argv[1]), sys.argv[2]
    rng = random.Random(1)
    body = "".join(paragraph(rng, number) for number in range(pages * 8))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        f'"/word/document.xml" ContentType="{WORD}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


main()
