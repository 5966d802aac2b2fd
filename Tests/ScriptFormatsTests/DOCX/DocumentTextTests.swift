import ScriptFormats
import ScriptModel
import Testing

/// A rule of what is text in a DOCX: the XML of a body and the paragraphs that it holds.
struct TextRule: Sendable, CustomTestStringConvertible {
  var name: String
  var body: String
  var paragraphs: [String]

  var testDescription: String { name }

  init(_ name: String, _ body: String, _ paragraphs: String...) {
    self.name = name
    self.body = body
    self.paragraphs = paragraphs
  }

  private static func run(_ xml: String) -> String { "<w:p><w:r>\(xml)</w:r></w:p>" }
  private static func field(_ instruction: String, _ result: String) -> String {
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>\(instruction)"
      + "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\(result)"
      + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
  }
  private static func box(_ text: String) -> String {
    "<w:txbxContent>\(run("<w:t>\(text)</w:t>"))</w:txbxContent>"
  }

  static let runs: [TextRule] = [
    TextRule("paragraphs", run("<w:t>One</w:t>") + run("<w:t>two</w:t>"), "One", "two"),
    TextRule("runs join", "<w:p><w:r><w:t>Wo</w:t></w:r><w:r><w:t>rd</w:t></w:r></w:p>", "Word"),
    TextRule("preserved blanks", run("<w:t xml:space=\"preserve\"> a </w:t>"), " a "),
    TextRule("blanks not preserved", run("<w:t> a </w:t><w:t>b</w:t>"), "ab"),
    TextRule("line end in text", run("<w:t>a\nb</w:t>"), "a b"),
    TextRule("tab", run("<w:t>a</w:t><w:tab/><w:t>b</w:t>"), "a\tb"),
    TextRule("break", run("<w:t>a</w:t><w:br/><w:t>b</w:t>"), "a\nb"),
    TextRule("carriage return", run("<w:t>a</w:t><w:cr/><w:t>b</w:t>"), "a\nb"),
    TextRule("hyphens", run("<w:noBreakHyphen/><w:softHyphen/>"), "-\u{AD}"),
    TextRule("symbol", run("<w:sym w:font=\"Symbol\" w:char=\"F061\"/>"), "α"),
    TextRule("tick", run("<w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/>"), "✓"),
    TextRule("unknown symbol", run("<w:sym w:font=\"Odd\" w:char=\"F0FC\"/>"), "\u{FFFD}"),
    TextRule("hidden", run("<w:rPr><w:vanish/></w:rPr><w:t>no</w:t>"), ""),
    TextRule(
      "hidden no more", run("<w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>yes</w:t>"), "yes"),
    TextRule(
      "hidden once, not now",
      run("<w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>yes</w:t>"),
      "yes"),
    TextRule(
      "ruby",
      run(
        "<w:ruby><w:rt><w:r><w:t>かん</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby>"
      ),
      "漢"),
    TextRule("equation", "<w:p><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>", "x=1"),
    TextRule(
      "tab stops are not tabs",
      "<w:p><w:pPr><w:tabs><w:tab w:pos=\"1\"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>", "a"),
  ]

  static let wrappers: [TextRule] =
    ["smartTag", "customXml", "dir", "bdo", "hyperlink"].map {
      TextRule($0, "<w:p><w:\($0)><w:r><w:t>in</w:t></w:r></w:\($0)></w:p>", "in")
    } + [
      TextRule(
        "content control",
        "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent>"
          + run("<w:t>in</w:t>") + "</w:sdtContent></w:sdt>", "in"),
      TextRule(
        "simple field",
        "<w:p><w:fldSimple w:instr=\"AUTHOR\"><w:r><w:t>Jane</w:t></w:r></w:fldSimple></w:p>",
        "Jane"),
      TextRule(
        "field", "<w:p>" + field("DATE", "<w:r><w:t>today</w:t></w:r>") + "</w:p>", "today"),
      TextRule(
        "field in an instruction",
        "<w:p>" + "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"
          + field("X", "<w:r><w:t>inner</w:t></w:r>")
          + "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>outer</w:t></w:r>"
          + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>", "outer"),
      TextRule(
        "field without end",
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:t>kept</w:t></w:r></w:p>",
        "kept"),
    ]

  static let changes: [TextRule] = [
    TextRule("inserted", "<w:p><w:ins><w:r><w:t>in</w:t></w:r></w:ins></w:p>", "in"),
    TextRule(
      "deleted", "<w:p><w:del><w:r><w:delText>no</w:delText><w:t>no</w:t></w:r></w:del></w:p>", ""),
    TextRule(
      "moved",
      "<w:p><w:moveFrom><w:r><w:t>a</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>b</w:t></w:r>"
        + "</w:moveTo></w:p>", "b"),
    TextRule(
      "deleted paragraph mark",
      "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>one </w:t></w:r></w:p>"
        + run("<w:t>word</w:t>"), "oneword"),
    TextRule(
      "deleted row",
      "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>\(run("<w:t>no</w:t>"))</w:tc></w:tr>"
        + "<w:tr><w:tc>\(run("<w:t>yes</w:t>"))</w:tc></w:tr></w:tbl>", "yes"),
    TextRule(
      "deleted cell",
      "<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr>\(run("<w:t>no</w:t>"))</w:tc>"
        + "<w:tc>\(run("<w:t>yes</w:t>"))</w:tc></w:tr></w:tbl>", "yes"),
  ]

  static let blocks: [TextRule] = [
    TextRule(
      "nested tables",
      "<w:tbl><w:tr><w:tc>\(run("<w:t>a</w:t>"))<w:tbl><w:tr><w:tc>\(run("<w:t>b</w:t>"))"
        + "</w:tc></w:tr></w:tbl>\(run("<w:t>c</w:t>"))</w:tc></w:tr></w:tbl>", "a", "b", "c"),
    TextRule(
      "text box once",
      "<w:p><w:r><w:t>a</w:t><mc:AlternateContent><mc:Choice Requires=\"wps\">\(box("box"))"
        + "</mc:Choice><mc:Fallback>\(box("box"))</mc:Fallback></mc:AlternateContent>"
        + "<w:t>b</w:t></w:r></w:p>", "ab", "box"),
    TextRule(
      "unknown choice",
      "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"odd\"><w:t>no</w:t></mc:Choice>"
        + "<mc:Fallback><w:t>yes</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>", "yes"),
    TextRule(
      "VML text box",
      "<w:p><w:r><w:pict><v:textbox>\(box("box"))</v:textbox></w:pict><w:t>a</w:t></w:r></w:p>",
      "a", "box"),
    TextRule("text in no paragraph", "<w:r><w:t>lost?</w:t></w:r>", "lost?"),
    TextRule("section", run("<w:t>a</w:t>") + "<w:sectPr><w:t>no</w:t></w:sectPr>", "a"),
  ]
}

struct DocumentTextTests {
  @Test(arguments: TextRule.runs + TextRule.wrappers + TextRule.changes + TextRule.blocks)
  func everyRuleOfWhatIsTextHolds(_ rule: TextRule) throws {
    let text = try DocumentReader.text(
      of: SmallDocument.bytes(body: rule.body), options: ReadOptions())
    #expect(text.paragraphs.map { text.string($0) } == rule.paragraphs)
  }

  @Test func everyNamespaceSpellingIsRead() throws {
    let spellings = [
      "<w:document xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><w:body><w:p><w:r>"
        + "<w:t>x</w:t></w:r></w:p></w:body></w:document>",
      "<document xmlns=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><body><p>"
        + "<r><t>x</t></r></p></body></document>",
    ]
    for xml in spellings {
      let bytes = SmallDocument.bytes(body: "", custom: xml)
      let text = try DocumentReader.text(of: bytes, options: ReadOptions())
      #expect(text.paragraphs.map { text.string($0) } == ["x"])
    }
  }

  @Test func trackedChangesAreCountedInAFinding() throws {
    let body = TextRule.changes.map(\.body).joined()
    let text = try DocumentReader.text(
      of: SmallDocument.bytes(body: body), options: ReadOptions())
    #expect(text.insertions == 1)
    #expect(text.deletions == 3)
    #expect(text.moves == 1)
    #expect(text.findings.map(\.code) == ["tracked-changes"])
  }

  @Test func notesAreKeptApartFromTheText() throws {
    let root = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
    let footnotes =
      "<w:footnotes \(root)><w:footnote w:type=\"separator\">\(SmallDocument.plain("-"))"
      + "</w:footnote><w:footnote w:id=\"2\">\(SmallDocument.plain("Note."))</w:footnote>"
      + "</w:footnotes>"
    let comments =
      "<w:comments \(root)><w:comment>\(SmallDocument.plain("Why?"))</w:comment></w:comments>"
    let bytes = SmallDocument.bytes(
      body: SmallDocument.plain("Text"),
      parts: [("footnotes", footnotes), ("comments", comments)])
    let text = try DocumentReader.text(of: bytes, options: ReadOptions())
    #expect(text.paragraphs.map { text.string($0) } == ["Text"])
    #expect(text.notes == ["Note.", "Why?"])
  }

  @Test func stylesMakeHeadingsAndHideText() throws {
    let styles = """
      <w:styles \(SmallDocument.namespaces)>
      <w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/></w:style>
      <w:style w:type="paragraph" w:styleId="b"><w:name w:val="Mine"/><w:basedOn w:val="a"/></w:style>
      <w:style w:type="paragraph" w:styleId="c"><w:name w:val="X"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
      <w:style w:type="character" w:styleId="h"><w:name w:val="H"/><w:rPr><w:vanish/></w:rPr></w:style>
      <w:style w:type="character" w:styleId="r"><w:name w:val="R"/><w:basedOn w:val="r"/></w:style>
      </w:styles>
      """
    func styled(_ style: String) -> String {
      "<w:p><w:pPr><w:pStyle w:val=\"\(style)\"/></w:pPr><w:r><w:t>\(style)</w:t></w:r></w:p>"
    }
    let hidden = "<w:p><w:r><w:rPr><w:rStyle w:val=\"h\"/></w:rPr><w:t>no</w:t></w:r></w:p>"
    let bytes = SmallDocument.bytes(
      body: styled("a") + styled("b") + styled("c") + styled("Heading3") + hidden,
      parts: [("styles", styles)])
    let text = try DocumentReader.text(of: bytes, options: ReadOptions())
    #expect(text.paragraphs.map(\.role) == [.heading, .heading, .body, .heading, .body])
    #expect(text.paragraphs.last.map { text.string($0) } == "")
  }

  @Test func runFormatsBecomeMarkup() throws {
    let body = SmallDocument.paragraph(
      "<w:r><w:t xml:space=\"preserve\">a </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r>"
        + "<w:r><w:rPr><w:b/><w:i/></w:rPr><w:t>c</w:t></w:r>"
        + "<w:r><w:rPr><w:u w:val=\"single\"/></w:rPr><w:t>d</w:t></w:r>")
    let text = try DocumentReader.text(
      of: SmallDocument.bytes(body: body), options: ReadOptions())
    let paragraph = try #require(text.paragraphs.first)
    let markedUp = text.markedUp(paragraph, 0..<paragraph.text.count)
    #expect(String(decoding: markedUp, as: UTF8.self) == "a <b>b<i>c</i></b><u>d</u>")
  }
}
