/// The elements and namespaces of Office Open XML that matter for text.
enum OfficeElement: UInt8 {
  /// What is looked through: its content counts.
  case transparent
  /// What is passed over with all its content.
  case skipped
  case document, paragraph, paragraphProperties, paragraphStyle, outlineLevel, numbering
  case run, runProperties, runStyle, bold, italic, underline, vanish
  case text, mathText, tab, lineBreak, carriageReturn, noBreakHyphen, softHyphen, symbol
  case hyperlink, fieldCharacter, simpleField
  case inserted, deleted, movedFrom, movedTo, cellDeleted, cellProperties, rowProperties
  case table, row, cell, textBox, bookmark, note, embedded, body
  case alternateContent, choice, fallback
  case style, name, basedOn, relationship, contentType
  case property, propertyValue, title, language
}

extension OfficeElement {
  /// The namespace of an element, whichever of its spellings a document uses.
  enum Namespace: Hashable {
    case word, math, compatibility, relationships, contentTypes, dublinCore
    case customProperties, variantTypes, other
  }

  /// Tells a namespace by its URI, transitional (ECMA-376-1) or strict (ISO 29500-1).
  static func namespace(_ uri: String) -> Namespace { namespaces[uri] ?? .other }

  private static let namespaces: [String: Namespace] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": .word,
    "http://purl.oclc.org/ooxml/wordprocessingml/main": .word,
    "http://schemas.openxmlformats.org/officeDocument/2006/math": .math,
    "http://purl.oclc.org/ooxml/officeDocument/math": .math,
    "http://schemas.openxmlformats.org/markup-compatibility/2006": .compatibility,
    "http://schemas.openxmlformats.org/package/2006/relationships": .relationships,
    "http://schemas.openxmlformats.org/package/2006/content-types": .contentTypes,
    "http://purl.org/dc/elements/1.1/": .dublinCore,
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": .customProperties,
    "http://purl.oclc.org/ooxml/officeDocument/customProperties": .customProperties,
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": .variantTypes,
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes": .variantTypes,
  ]

  /// Tells an element by its namespace and local name.
  static func named(_ name: String, in namespace: Namespace) -> OfficeElement {
    switch namespace {
    case .word: word[name] ?? .transparent
    case .math: math[name] ?? .transparent
    case .compatibility: compatibility[name] ?? .transparent
    case .relationships: name == "Relationship" ? .relationship : .transparent
    case .contentTypes: name == "Override" || name == "Default" ? .contentType : .transparent
    case .dublinCore: dublinCore[name] ?? .transparent
    case .customProperties: name == "property" ? .property : .transparent
    case .variantTypes: .propertyValue
    case .other: .transparent
    }
  }

  private static let dublinCore: [String: OfficeElement] = ["title": .title, "language": .language]
  private static let math: [String: OfficeElement] = [
    "t": .mathText, "rPr": .skipped, "ctrlPr": .skipped,
  ]
  private static let compatibility: [String: OfficeElement] = [
    "AlternateContent": .alternateContent, "Choice": .choice, "Fallback": .fallback,
  ]
  private static let word: [String: OfficeElement] = [
    "document": .document, "body": .body, "p": .paragraph, "pPr": .paragraphProperties,
    "pStyle": .paragraphStyle, "outlineLvl": .outlineLevel, "numPr": .numbering, "r": .run,
    "rPr": .runProperties, "rStyle": .runStyle, "b": .bold, "i": .italic, "u": .underline,
    "vanish": .vanish, "t": .text, "tab": .tab, "ptab": .tab, "br": .lineBreak,
    "cr": .carriageReturn, "noBreakHyphen": .noBreakHyphen, "softHyphen": .softHyphen,
    "sym": .symbol, "hyperlink": .hyperlink, "fldChar": .fieldCharacter,
    "fldSimple": .simpleField, "ins": .inserted, "del": .deleted, "moveFrom": .movedFrom,
    "moveTo": .movedTo, "cellDel": .cellDeleted, "tcPr": .cellProperties, "trPr": .rowProperties,
    "tbl": .table, "tr": .row, "tc": .cell, "txbxContent": .textBox, "bookmarkStart": .bookmark,
    "footnote": .note, "endnote": .note, "comment": .note, "altChunk": .embedded,
    "subDoc": .embedded, "style": .style, "name": .name, "basedOn": .basedOn,
    // Old and deleted values, instructions, properties, the reading aid above ruby text.
    "delText": .skipped, "instrText": .skipped, "delInstrText": .skipped, "pPrChange": .skipped,
    "rPrChange": .skipped, "sectPr": .skipped, "sectPrChange": .skipped, "tblPr": .skipped,
    "tblPrEx": .skipped, "tblGrid": .skipped, "sdtPr": .skipped, "sdtEndPr": .skipped,
    "tabs": .skipped, "rt": .skipped, "rubyPr": .skipped, "fldData": .skipped,
    "ffData": .skipped, "smartTagPr": .skipped, "customXmlPr": .skipped, "tblStylePr": .skipped,
    "tcPrChange": .skipped, "trPrChange": .skipped, "tblPrChange": .skipped, "hdr": .skipped,
    "ftr": .skipped, "docPartBody": .transparent, "numberingChange": .skipped,
    "latentStyles": .skipped, "background": .skipped, "divId": .skipped,
  ]
}
