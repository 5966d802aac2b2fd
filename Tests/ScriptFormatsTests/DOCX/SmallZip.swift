/// A zip archive built by hand: stored entries, and whatever lies about them a test wants.
struct SmallZip {
  private struct Entry {
    var name: [UInt8]
    var offset: Int
    var checksum: UInt32
    var size: UInt32
    var declaredSize: UInt32
    var method: UInt16
    var flags: UInt16
  }

  private(set) var bytes: [UInt8] = []
  private var entries: [Entry] = []

  /// Adds an entry as it is.
  mutating func add(
    _ name: String, _ content: [UInt8], checksum: UInt32? = nil, declaredSize: Int? = nil,
    method: UInt16 = 0, flags: UInt16 = 0
  ) {
    let entry = Entry(
      name: Array(name.utf8), offset: bytes.count, checksum: checksum ?? Self.crc32(content),
      size: UInt32(content.count), declaredSize: UInt32(declaredSize ?? content.count),
      method: method, flags: flags)
    number(0x0403_4B50, 4)
    describe(entry)
    number(0, 2)
    bytes += entry.name
    bytes += content
    entries.append(entry)
  }

  /// Adds an entry of text.
  mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

  /// The archive with its directory.
  func finished() -> [UInt8] {
    var archive = self
    for entry in entries {
      archive.number(0x0201_4B50, 4)
      archive.number(20, 2)
      archive.describe(entry)
      for _ in 0..<4 { archive.number(0, 2) }
      archive.number(0, 4)
      archive.number(UInt64(entry.offset), 4)
      archive.bytes += entry.name
    }
    let size = archive.bytes.count - bytes.count
    archive.number(0x0605_4B50, 4)
    archive.number(0, 4)
    archive.number(UInt64(entries.count), 2)
    archive.number(UInt64(entries.count), 2)
    archive.number(UInt64(size), 4)
    archive.number(UInt64(bytes.count), 4)
    archive.number(0, 2)
    return archive.bytes
  }

  private mutating func describe(_ entry: Entry) {
    number(20, 2)
    number(UInt64(entry.flags), 2)
    number(UInt64(entry.method), 2)
    number(0, 2)
    number(33, 2)
    number(UInt64(entry.checksum), 4)
    number(UInt64(entry.size), 4)
    number(UInt64(entry.declaredSize), 4)
    number(UInt64(entry.name.count), 2)
  }

  private mutating func number(_ value: UInt64, _ count: Int) {
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
  }

  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}

/// Small DOCX files built by hand.
enum SmallDocument {
  static let namespaces = """
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" \
    xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" \
    xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" \
    xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" \
    xmlns:odd="urn:nobody-knows-this" xmlns:v="urn:schemas-microsoft-com:vml"
    """
  static let relationshipsStart = """
    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
    """
  static let officeTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

  /// A relationships part.
  static func relationships(_ targets: [(kind: String, target: String)]) -> String {
    relationshipsStart
      + targets.enumerated().map {
        "<Relationship Id=\"r\($0.offset)\" Type=\"\(officeTypes)\($0.element.kind)\" "
          + "Target=\"\($0.element.target)\"/>"
      }.joined() + "</Relationships>"
  }

  /// A file with this XML in its body and these further parts, each named in the relationships.
  static func bytes(
    body: String, parts: [(kind: String, xml: String)] = [], prolog: String = "",
    custom: String? = nil
  ) -> [UInt8] {
    var zip = SmallZip()
    zip.add("_rels/.rels", relationships([("officeDocument", "word/document.xml")]))
    zip.add(
      "word/document.xml",
      custom ?? "\(prolog)<w:document \(namespaces)><w:body>\(body)</w:body></w:document>")
    zip.add(
      "word/_rels/document.xml.rels", relationships(parts.map { ($0.kind, $0.kind + ".xml") }))
    for part in parts { zip.add("word/\(part.kind).xml", part.xml) }
    return zip.finished()
  }

  /// A paragraph with this XML in it.
  static func paragraph(_ xml: String) -> String { "<w:p>\(xml)</w:p>" }

  /// A paragraph with one run of text.
  static func plain(_ text: String) -> String {
    paragraph("<w:r><w:t xml:space=\"preserve\">\(text)</w:t></w:r>")
  }
}
