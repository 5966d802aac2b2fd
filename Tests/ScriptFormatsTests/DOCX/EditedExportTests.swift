import ScriptModel
import Testing

@testable import ScriptFormats

/// A label's run of an export and the text behind it, as a word processor may leave them.
private func paragraph(_ label: String, _ text: String) -> String {
  SmallDocument.paragraph(
    "<w:pPr><w:pStyle w:val=\"OffbookLine\"/></w:pPr>"
      + "<w:r><w:rPr><w:rStyle w:val=\"OffbookSpeaker\"/></w:rPr>"
      + "<w:t xml:space=\"preserve\">\(label)</w:t></w:r>"
      + "<w:r><w:t xml:space=\"preserve\">\(text)</w:t></w:r>")
}

private func export(_ paragraphs: [String]) -> [UInt8] {
  let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
  var zip = SmallZip()
  zip.add(
    "_rels/.rels",
    SmallDocument.relationships([
      ("officeDocument", "word/document.xml"), ("custom-properties", "docProps/custom.xml"),
    ]))
  #expect(SmallDocument.officeTypes == office)
  zip.add(
    "word/document.xml",
    "<w:document \(SmallDocument.namespaces)><w:body>\(paragraphs.joined())</w:body></w:document>")
  zip.add("word/_rels/document.xml.rels", SmallDocument.relationships([("styles", "styles.xml")]))
  zip.add("word/styles.xml", DocumentParts.styles(language: "en"))
  zip.add("docProps/custom.xml", DocumentParts.customProperties(ScriptDocument.Metadata()))
  return zip.finished()
}

/// Words typed right behind a label get its style: LibreOffice and Word both go on with it.
@Test(arguments: [
  ("Anna: Retyped", " and more.", "Anna", "Retyped and more."),
  ("Dr: Who: Retyped", " and more.", "Dr: Who", "Retyped and more."),
  ("Cora: New", " line.", "Cora", "New line."),
  ("Anna", " lost her colon.", "Anna", " lost her colon."),
])
func wordsThatTookALabelsStyleAreText(
  label: String, text: String, speaker: String, whole: String
) throws {
  let bytes = export([
    paragraph("Anna: ", "Good morning."), paragraph("Dr: Who: ", "Morning."),
    paragraph(label, text),
  ])
  let document = try DocumentReader.read(bytes, options: ReadOptions())
  #expect(document.entries.count == 3)
  #expect(document.entries.last?.speaker.map { document.speakers[$0] } == speaker)
  #expect(document.string(at: 2) == whole)
}
