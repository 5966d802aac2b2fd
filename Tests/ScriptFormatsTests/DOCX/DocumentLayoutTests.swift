import ScriptFormats
import ScriptModel
import Testing

/// A way in which a program or a person sets out a transcript, of the same two turns and a third.
struct DocumentLayout: Sendable, CustomTestStringConvertible {
  var name: String
  var body: String
  var starts: [Int64?]

  var testDescription: String { name }

  private static let turns = [
    ("Anna Lee", "Hello there."), ("Bob Ray", "Hi."), ("Anna Lee", "So."),
  ]

  private static func run(_ text: String, bold: Bool = false) -> String {
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      "<w:t xml:space=\"preserve\">\($0)</w:t>"
    }
    return "<w:r>\(bold ? "<w:rPr><w:b/></w:rPr>" : "")\(rows.joined(separator: "<w:br/>"))</w:r>"
  }

  private static func paragraphs(_ texts: [String]) -> String {
    texts.map { SmallDocument.paragraph(run($0)) }.joined()
  }

  private static func table(_ rows: [[String]]) -> String {
    let cells = rows.map { row in
      "<w:tr>" + row.map { "<w:tc>\(SmallDocument.paragraph(run($0)))</w:tc>" }.joined() + "</w:tr>"
    }
    return "<w:tbl>\(cells.joined())</w:tbl>"
  }

  private static func made(
    _ name: String, _ starts: [Int64?], _ body: (Int, String, String) -> String
  ) -> DocumentLayout {
    let bodies = turns.enumerated().map { body($0.offset, $0.element.0, $0.element.1) }
    return DocumentLayout(name: name, body: bodies.joined(), starts: starts)
  }

  private static let clocks = ["0:05", "0:09", "0:12"]
  private static let times: [Int64?] = [5000, 9000, 12_000]
  private static let none: [Int64?] = [nil, nil, nil]

  static let all: [DocumentLayout] = [
    made("Teams, older", [2090, 4480, 6000]) { index, name, text in
      let times = ["0:0:2.90 --> 0:0:4.480", "0:0:4.480 --> 0:0:6.0", "0:0:6.0 --> 0:0:8.0"]
      return paragraphs([times[index], name, text])
    },
    made("Teams, newer", times) { index, name, text in
      paragraphs(["\(name)   \(clocks[index])\n\(text)"])
    },
    made("Teams, the name in bold behind a picture", times) { index, name, text in
      SmallDocument.paragraph(run("\n\(name)  ", bold: true) + run("\(clocks[index])\n\(text)"))
    },
    made("Word Transcribe", times) { index, name, text in
      paragraphs(["00:0\(clocks[index]) \(name)", text])
    },
    made("label runs", none) { _, name, text in
      SmallDocument.paragraph(run("\(name): ", bold: true) + run(text))
    },
    made("label runs, colon outside", none) { _, name, text in
      SmallDocument.paragraph(run(name, bold: true) + run(": \(text)"))
    },
    DocumentLayout(
      name: "table with a header",
      body: table(
        [["Time", "Speaker", "Text"]]
          + turns.indices.map {
            [clocks[$0], turns[$0].0, turns[$0].1]
          }), starts: times),
    DocumentLayout(
      name: "table without a header",
      body: table(turns.indices.map { [clocks[$0], turns[$0].0, turns[$0].1] }), starts: times),
  ]
}

struct DocumentLayoutTests {
  @Test(arguments: DocumentLayout.all)
  func speakersAndTimesComeOut(_ layout: DocumentLayout) throws {
    let document = try DocumentReader.read(
      SmallDocument.bytes(body: layout.body), options: ReadOptions())
    let lines = document.entries.indices.map { document.string(at: $0) }
    #expect(lines == ["Hello there.", "Hi.", "So."])
    #expect(document.speakers == ["Anna Lee", "Bob Ray"])
    #expect(document.entries.map(\.speaker) == [0, 1, 0])
    #expect(document.entries.map { $0.start?.rawValue } == layout.starts)
  }

  @Test(arguments: ["<w:rPr><w:b/></w:rPr>", ""])
  func namesAloneAboveTheirWordsAreSpeakers(_ look: String) throws {
    let style = look.isEmpty ? "<w:pPr><w:pStyle w:val=\"Heading2\"/></w:pPr>" : ""
    let body = ["Anna", "Bob", "Anna", "Bob"].map { name in
      "<w:p>\(style)<w:r>\(look)<w:t>\(name)</w:t></w:r></w:p>"
        + SmallDocument.plain("Words of \(name)")
    }
    let document = try DocumentReader.read(
      SmallDocument.bytes(body: body.joined()), options: ReadOptions())
    #expect(document.speakers == ["Anna", "Bob"])
    #expect(document.entries.map(\.speaker) == [0, 1, 0, 1])
    #expect(document.string(at: 0) == "Words of Anna")
  }

  @Test func aBoldWordIsNoLabel() throws {
    let body =
      "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Never</w:t></w:r><w:r><w:t>again</w:t></w:r></w:p>"
    let document = try DocumentReader.read(SmallDocument.bytes(body: body), options: ReadOptions())
    #expect(document.string(at: 0) == "<b>Never</b>again")
    #expect(document.speakers.isEmpty)
  }

  @Test func whatAPersonAddsToAnExportIsTakenIn() throws {
    let id = Line.ID(high: 7, low: 9)
    let bookmark =
      "<w:bookmarkStart w:id=\"0\" w:name=\"_ob\(id.description.filter { $0 != "-" })\"/>"
    let styles = """
      <w:styles \(SmallDocument.namespaces)><w:style w:type="character" w:styleId="S">
      <w:name w:val="Offbook Speaker"/></w:style></w:styles>
      """
    let marked =
      "<w:p>\(bookmark)<w:r><w:rPr><w:rStyle w:val=\"S\"/></w:rPr>"
      + "<w:t xml:space=\"preserve\">Anna: </w:t></w:r><w:r><w:t>One</w:t></w:r></w:p>"
    let copy = marked + SmallDocument.plain("Anna: Two") + SmallDocument.plain("") + marked
    let back = try DocumentReader.read(
      SmallDocument.bytes(body: copy, parts: [("styles", styles)]), options: ReadOptions())
    #expect(back.entries.indices.map { back.string(at: $0) } == ["One", "Two", "One"])
    #expect(back.entries.map(\.speaker) == [0, 0, 0])
    // A line that was copied has its id once.
    #expect(back.lineIDs == [id, nil, nil])
  }
}
