"""Edits a DOCX in a running LibreOffice as a person would: retypes words, moves paragraphs, saves.

usage: edit.py IN.docx OUT.docx SHARE MOVES SEED PORT

Retypes SHARE of the words of every third line's paragraph or so (30 % of all words in all), moves MOVES
paragraphs up or down with Writer's own command, and prints one row `index<TAB>text` per untouched
paragraph, its index counted before any move.
"""
import random
import sys
import time

import uno
from com.sun.star.beans import PropertyValue


def connect(port):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return resolver.resolve(
                f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.25)
    sys.exit("edit.py: LibreOffice does not answer")


def property_value(name, value):
    result = PropertyValue()
    result.Name, result.Value = name, value
    return result


def paragraphs(document):
    found = []
    enumeration = document.Text.createEnumeration()
    while enumeration.hasMoreElements():
        paragraph = enumeration.nextElement()
        if paragraph.supportsService("com.sun.star.text.Paragraph"):
            found.append(paragraph)
    return found


def retype(document, paragraph, share, generator):
    """Replaces words of the spoken text, from the last to the first so that places stay right."""
    text = paragraph.getString()
    start = text.find(": ") + 2
    words, position = [], start
    while position < len(text):
        while position < len(text) and not text[position].isalpha():
            position += 1
        end = position
        while end < len(text) and text[end].isalpha():
            end += 1
        if end > position:
            words.append((position, end))
        position = end
    chosen = [word for word in words if generator.random() < share]
    for begin, end in reversed(chosen):
        cursor = document.Text.createTextCursorByRange(paragraph.getStart())
        cursor.goRight(begin, False)
        cursor.goRight(end - begin, True)
        cursor.setString("word" + str(generator.randrange(1000)))
    return len(chosen), len(words)


def main():
    source, target, share, moves, seed, port = sys.argv[1:7]
    generator = random.Random(int(seed))
    context = connect(int(port))
    services = context.ServiceManager
    desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(
        uno.systemPathToFileUrl(source), "_blank", 0, (property_value("Hidden", True),))
    controller = document.getCurrentController()
    dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    lines = paragraphs(document)
    before = [line.getString() for line in lines]
    touched, retyped, words = set(), 0, 0
    for index, line in enumerate(lines):
        if generator.random() < float(share) / 0.6:
            changed, count = retype(document, line, 0.6, generator)
            retyped += changed
            words += count
            if changed:
                touched.add(index)
        else:
            words += len(before[index].split())
    for _ in range(int(moves)):
        line = paragraphs(document)[generator.randrange(10, len(lines) - 10)]
        controller.getViewCursor().gotoRange(line.getStart(), False)
        command = generator.choice([".uno:MoveUp", ".uno:MoveDown"])
        for _ in range(generator.randrange(1, 8)):
            dispatcher.executeDispatch(controller.getFrame(), command, "", 0, ())
    document.storeToURL(
        uno.systemPathToFileUrl(target), (property_value("FilterName", "MS Word 2007 XML"),))
    document.close(True)
    print(f"edit.py: retyped {retyped} of {words} words, {moves} moves", file=sys.stderr)
    for index, text in enumerate(before):
        if index not in touched:
            print(f"{index}\t{text}")


main()
