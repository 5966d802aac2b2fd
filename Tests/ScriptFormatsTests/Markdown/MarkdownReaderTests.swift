import ScriptModel
import Testing

@testable import ScriptFormats

@Suite struct MarkdownReaderTests {
  private func read(_ text: String) -> ScriptDocument {
    MarkdownReader.read(Array(text.utf8), options: ReadOptions())
  }

  @Test(arguments: [
    ("**Mara:** Hello.\n\n**Tom:** Hi.\n", ["Mara|-|Hello.", "Tom|-|Hi."]),
    ("**Mara**: Hello.\n\n**Tom**: Hi.\n", ["Mara|-|Hello.", "Tom|-|Hi."]),
    (
      "**Mara** (00:01:30)\nHello.\n\n**Tom** (00:01:35)\nHi.\n",
      ["Mara|90000|Hello.", "Tom|95000|Hi."]
    ),
    (
      "### 00:00:15 · Speaker 1\n\nHello.\n\n### 00:00:20 · Speaker 2\n\nHi.\n",
      ["Speaker 1|15000|Hello.", "Speaker 2|20000|Hi."]
    ),
    ("**[0:12]** Hello.\n\n**[0:15]** Hi.\n", ["-|12000|Hello.", "-|15000|Hi."]),
    ("\\[00:04:01\\] Hello.\n\n\\[00:04:05\\] Hi.\n", ["-|241000|Hello.", "-|245000|Hi."]),
    (
      "**Mara:** \\[00:04:01\\] Hello.\n\n**Tom:** \\[00:04:05\\] Hi.\n",
      ["Mara|241000|Hello.", "Tom|245000|Hi."]
    ),
    (
      "**Mara:** 00:00:05\n\nHello.\n\n**Tom:** 00:00:09\n\nHi.\n",
      ["Mara|5000|Hello.", "Tom|9000|Hi."]
    ),
    (
      "## Part one\n\n**Mara:** Hello\nthere.\n\nAnd more.\n\n**Tom:** Hi.\n",
      ["<heading> -|-|Part one", "Mara|-|Hello there.\n\nAnd more.", "Tom|-|Hi."]
    ),
    (
      "**Mara:** It is *so* **good** and \\*dry\\* `a*b*`.\n",
      ["Mara|-|It is <i>so</i> <b>good</b> and *dry* `a*b*`."]
    ),
    (
      "**Mara:** See [this](http://x.org/a_b_c) in OP_CHECK_SIG.\n",
      ["Mara|-|See [this](http://x.org/a_b_c) in OP_CHECK_SIG."]
    ),
    ("**Mara:** Two:\n- one\n- two\n", ["Mara|-|Two:\n- one\n- two"]),
    ("Only prose\nhere.\n\nAnd more.\n", ["-|-|Only prose here.", "-|-|And more."]),
  ])
  func stylesOfRealArchivesAreRead(_ text: String, _ lines: [String]) {
    #expect(rows(of: read(text)) == lines)
  }

  @Test func frontMatterIsMetadata() {
    let document = read(
      """
      ---
      title: 'It''s late'
      date: 2024-05-06
      media: "https://x.org/a:b"
      speakers:
        - Mara Quist
      offbook:
        script: 0193a1c2-9f00-7abc-8def-0123456789ab
        revision: 7
      tags:
        - one
      ---
      Mara Quist: Hello.
      """)
    #expect(document.metadata.title == "It's late")
    #expect(document.metadata.date == "2024-05-06")
    #expect(document.metadata.media == "https://x.org/a:b")
    #expect(document.metadata.revision == 7)
    #expect(document.metadata.scriptID == Script.ID("0193a1c2-9f00-7abc-8def-0123456789ab"))
    #expect(document.metadata.notes == ["tags: one"])
    #expect(rows(of: document) == ["Mara Quist|-|Hello."])
  }

  @Test func aDocumentIsWrittenForPeople() throws {
    var document = ScriptDocument()
    document.metadata.title = "The \"Lamp\""
    document.append("Part one", kind: .heading)
    document.append("It is <b>on</b>.\n\nYes.", speaker: "Mara", start: Milliseconds(241_000))
    document.append("She goes.", kind: .direction)
    document.append("# 1", speaker: "Tom", start: Milliseconds(243_500))
    var options = WriteOptions(format: .markdown)
    options.times = true
    #expect(
      String(
        decoding: try ScriptWriting.write(document, options: options).bytes, as: UTF8.self)
          == """
          ---
          title: "The \\"Lamp\\""
          speakers:
            - "Mara"
            - "Tom"
          ---

          ## Part one

          \\[00:04:01\\] **Mara:** It is **on**.

          Yes.

          *(She goes.)*

          \\[00:04:03.500\\] **Tom:** \\# 1

          """)
  }
}
