/// A DOCX put together from the XML of its parts, so that the fuzzer changes XML and not checksums.
///
/// A row `%%% name` begins a part; what stands before the first one is the body of a document whose
/// other parts are the usual ones.
enum DocumentParts {
  private static let relationshipTypes =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

  static func archive(_ input: [UInt8]) -> [UInt8] {
    var zip = StoredZip()
    var name = "word/document.xml"
    var content: [UInt8] = []
    var names: Set<String> = []
    for row in input.split(separator: 0x0A, omittingEmptySubsequences: false) {
      guard row.starts(with: "%%% ".utf8), names.count < 16 else {
        if !content.isEmpty { content.append(0x0A) }
        content += row
        continue
      }
      if !content.isEmpty { zip.add(name, content) }
      names.insert(name)
      name = String(decoding: row.dropFirst(4), as: UTF8.self)
      content = []
    }
    zip.add(name, content)
    names.insert(name)
    if !names.contains("_rels/.rels") {
      zip.add("_rels/.rels", relationships([("officeDocument", "word/document.xml")]))
    }
    if !names.contains("word/_rels/document.xml.rels") {
      let kinds = ["styles", "footnotes", "endnotes", "comments"]
      zip.add("word/_rels/document.xml.rels", relationships(kinds.map { ($0, $0 + ".xml") }))
    }
    return zip.finished()
  }

  private static func relationships(_ targets: [(String, String)]) -> [UInt8] {
    var xml =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    for (index, (kind, target)) in targets.enumerated() {
      xml += "<Relationship Id=\"r\(index)\" Type=\"\(relationshipTypes)\(kind)\" "
      xml += "Target=\"\(target)\"/>"
    }
    return Array((xml + "</Relationships>").utf8)
  }
}

/// A zip archive of entries that are stored as they are.
private struct StoredZip {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  mutating func add(_ name: String, _ content: [UInt8]) {
    let offset = bytes.count
    let name = Array(name.utf8.prefix(1000))
    var facts: [UInt8] = []
    for value in [20, 0, 0, 0, 33] { Self.number(value, 2, &facts) }
    Self.number(Int(Self.checksum(content)), 4, &facts)
    for _ in 0..<2 { Self.number(content.count, 4, &facts) }
    Self.number(name.count, 2, &facts)
    bytes += Array("PK\u{3}\u{4}".utf8) + facts + [0, 0] + name + content
    directory += Array("PK\u{1}\u{2}".utf8) + [20, 0] + facts + [UInt8](repeating: 0, count: 12)
    Self.number(offset, 4, &directory)
    directory += name
    count += 1
  }

  func finished() -> [UInt8] {
    var end = Array("PK\u{5}\u{6}".utf8) + [0, 0, 0, 0]
    for _ in 0..<2 { Self.number(count, 2, &end) }
    Self.number(directory.count, 4, &end)
    Self.number(bytes.count, 4, &end)
    return bytes + directory + end + [0, 0]
  }

  private static func number(_ value: Int, _ count: Int, _ bytes: inout [UInt8]) {
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
      crc >> 8 ^ table[Int((crc ^ UInt32(byte)) & 0xFF)]
    }
  }
}
