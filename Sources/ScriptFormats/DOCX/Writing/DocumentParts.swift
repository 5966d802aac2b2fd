import ScriptModel

/// The parts of a package besides its text.
enum DocumentParts {
  static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let package = "http://schemas.openxmlformats.org/package/2006"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006"
  static let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

  /// `[Content_Types].xml`.
  static var contentTypes: String {
    let wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    let parts = [
      ("/word/document.xml", wordType + ".document.main+xml"),
      ("/word/styles.xml", wordType + ".styles+xml"),
      ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
      (
        "/docProps/custom.xml",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml"
      ),
    ]
    let overrides = parts.map { "<Override PartName=\"\($0.0)\" ContentType=\"\($0.1)\"/>" }
    return declaration + "<Types xmlns=\"\(package)/content-types\">"
      + "<Default Extension=\"rels\" "
      + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>" + overrides.joined()
      + "</Types>"
  }

  /// `_rels/.rels`.
  static var relationships: String {
    relationships([
      ("\(office)/relationships/officeDocument", "word/document.xml"),
      ("\(package)/relationships/metadata/core-properties", "docProps/core.xml"),
      ("\(office)/relationships/custom-properties", "docProps/custom.xml"),
    ])
  }

  /// `word/_rels/document.xml.rels`.
  static var documentRelationships: String {
    relationships([("\(office)/relationships/styles", "styles.xml")])
  }

  private static func relationships(_ targets: [(type: String, target: String)]) -> String {
    var text = declaration + "<Relationships xmlns=\"\(package)/relationships\">"
    for (index, item) in targets.enumerated() {
      text +=
        "<Relationship Id=\"rId\(index + 1)\" Type=\"\(item.type)\" Target=\"\(item.target)\"/>"
    }
    return text + "</Relationships>"
  }

  /// `docProps/core.xml`: title and language.
  static func coreProperties(_ metadata: ScriptDocument.Metadata) -> String {
    var text =
      declaration + "<cp:coreProperties xmlns:cp=\"\(package)/metadata/core-properties\" "
      + "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
    if let title = metadata.title { text += "<dc:title>\(XMLText.escaped(title))</dc:title>" }
    if let language = metadata.language {
      text += "<dc:language>\(XMLText.escaped(language))</dc:language>"
    }
    return text + "</cp:coreProperties>"
  }

  /// `docProps/custom.xml`: which script and revision the document was made from.
  static func customProperties(_ metadata: ScriptDocument.Metadata) -> String {
    let properties: [(String, String?)] = [
      (OwnProperty.export, "1"),
      (OwnProperty.script, metadata.scriptID?.description),
      (OwnProperty.project, metadata.projectID?.description),
      (OwnProperty.revision, metadata.revision.map { String($0) }),
      (OwnProperty.kind, metadata.kind?.rawValue), (OwnProperty.date, metadata.date),
      (OwnProperty.media, metadata.media),
      (OwnProperty.duration, metadata.duration.map { String($0.rawValue) }),
    ]
    var text =
      declaration + "<Properties xmlns=\"\(office)/custom-properties\" "
      + "xmlns:vt=\"\(office)/docPropsVTypes\">"
    // Numbers of properties begin at 2 (ECMA-376-1, 22.3.2.1).
    var number = 2
    for case (let name, let value?) in properties {
      text +=
        "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"\(number)\" "
        + "name=\"\(name)\"><vt:lpwstr>\(XMLText.escaped(value))</vt:lpwstr></property>"
      number += 1
    }
    return text + "</Properties>"
  }

  /// `word/styles.xml`.
  static func styles(language: String?) -> String {
    let tag = XMLText.escaped(language ?? "en")
    return declaration + "<w:styles xmlns:w=\"\(word)\"><w:docDefaults><w:rPrDefault><w:rPr>"
      + "<w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/><w:lang w:val=\"\(tag)\"/></w:rPr>"
      + "</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"160\" w:line=\"259\" "
      + "w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
      + style("paragraph", "Normal", "Normal", base: nil, "", isDefault: true)
      + style(
        "character", "DefaultParagraphFont", "Default Paragraph Font", base: nil, "",
        isDefault: true)
      + style(
        "paragraph", "Title", "Title", base: "Normal",
        "<w:rPr><w:b/><w:sz w:val=\"40\"/><w:szCs w:val=\"40\"/></w:rPr>")
      + style(
        "paragraph", "Heading1", "heading 1", base: "Normal",
        "<w:pPr><w:keepNext/><w:spacing w:before=\"320\"/><w:outlineLvl w:val=\"0\"/></w:pPr>"
          + "<w:rPr><w:b/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>")
      + style("paragraph", "OffbookLine", "Offbook Line", base: "Normal", "")
      + style("paragraph", "OffbookContinued", "Offbook Continued", base: "OffbookLine", "")
      + style(
        "paragraph", "OffbookDirection", "Offbook Direction", base: "Normal",
        "<w:rPr><w:i/></w:rPr>")
      + style(
        "character", "OffbookSpeaker", "Offbook Speaker", base: nil,
        "<w:rPr><w:b/></w:rPr>")
      + style(
        "character", "OffbookTime", "Offbook Time", base: nil,
        "<w:rPr><w:color w:val=\"767676\"/></w:rPr>")
      + "</w:styles>"
  }

  private static func style(
    _ type: String, _ id: String, _ name: String, base: String?, _ properties: String,
    isDefault: Bool = false
  ) -> String {
    "<w:style w:type=\"\(type)\"\(isDefault ? " w:default=\"1\"" : "") w:styleId=\"\(id)\">"
      + "<w:name w:val=\"\(name)\"/>"
      + (base.map { "<w:basedOn w:val=\"\($0)\"/>" } ?? "") + "<w:qFormat/>" + properties
      + "</w:style>"
  }
}
