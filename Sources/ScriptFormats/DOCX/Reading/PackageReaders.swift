/// A relationship of a package or a part (ECMA-376-2, 6.5).
struct Relationship {
  /// The last part of the type's URI, which the strict and the transitional form share.
  var kind: String
  /// The part's name from the root of the package, without a leading slash.
  var target: String
}

/// Reads a `.rels` part.
final class RelationshipsReader: PartReader {
  private(set) var relationships: [Relationship] = []
  private let folder: Substring

  /// Reads the relationships of a part, whose folder relative targets begin at.
  init(of part: String) {
    folder = part.lastIndex(of: "/").map { part[...$0] } ?? ""
  }

  override func start(_ element: OfficeElement, _ attributes: ElementAttributes) {
    guard element == .relationship, !attributes.has("TargetMode", "External"),
      let type = attributes.string("Type"), let target = attributes.string("Target")
    else { return }
    let kind = type.split(separator: "/").last.map(String.init) ?? type
    relationships.append(Relationship(kind: kind, target: resolve(target)))
  }

  private func resolve(_ target: String) -> String {
    let slashes = String(target.map { $0 == "\\" ? "/" : $0 })
    let path = slashes.hasPrefix("/") ? slashes : folder + slashes
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return Self.withoutPercents(parts.joined(separator: "/"))
  }

  private static func withoutPercents(_ text: String) -> String {
    guard text.contains("%") else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "%"), position + 2 < bytes.count,
        let value = UInt8(
          String(decoding: bytes[(position + 1)...(position + 2)], as: UTF8.self), radix: 16)
      {
        result.append(value)
        position += 3
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// Reads `[Content_Types].xml`.
final class ContentTypesReader: PartReader {
  /// The part that is said to be the main one of a Word document.
  private(set) var wordPart: String?
  /// What a package of another program is, such as `an Excel workbook`.
  private(set) var otherProgram: String?

  override func start(_ element: OfficeElement, _ attributes: ElementAttributes) {
    guard element == .contentType, let type = attributes.string("ContentType") else { return }
    guard type.hasSuffix("main+xml") else { return }
    if type.contains("wordprocessingml") || type.contains("ms-word") {
      let name = attributes.string("PartName")
      if wordPart == nil { wordPart = name.map { String($0.drop { $0 == "/" }) } }
    } else if type.contains("spreadsheetml") || type.contains("ms-excel") {
      otherProgram = "an Excel workbook"
    } else if type.contains("presentationml") || type.contains("ms-powerpoint") {
      otherProgram = "a PowerPoint presentation"
    }
  }
}

/// Reads `docProps/core.xml` and `docProps/custom.xml`.
final class PropertiesReader: PartReader {
  private(set) var title: String?
  private(set) var language: String?
  /// The properties that a person or a program added, by name.
  private(set) var custom: [String: String] = [:]
  private var name: String?
  private var text: [UInt8] = []
  /// The most bytes of a property: a title of 10,000 letters is kept.
  private static let longest = 1 << 17

  override func start(_ element: OfficeElement, _ attributes: ElementAttributes) {
    text.removeAll(keepingCapacity: true)
    if element == .property { name = attributes.string("name") }
  }

  override func end(_ element: OfficeElement) {
    let value = String(decoding: text, as: UTF8.self)
    switch element {
    case .title: title = value
    case .language: language = value
    case .propertyValue: if let name, custom.count < 1000 { custom[name] = value }
    default: break
    }
    text.removeAll(keepingCapacity: true)
  }

  override func characters(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard text.count + bytes.count <= Self.longest else { return }
    text.append(contentsOf: bytes)
  }
}
