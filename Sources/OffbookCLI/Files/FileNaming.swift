import ScriptModel

/// File names that are made from titles.
enum FileNaming {
  /// The bytes of a made name, extension aside: file systems take 255, and suffixes need some.
  static let longestName = 200

  /// A name that every file system takes, made from a title.
  ///
  /// Control characters go, what stands for folders, drives and wildcards becomes `-`, and what is
  /// too long is cut between characters.
  static func name(from title: String) -> String {
    var name = ""
    var isAfterSpace = true
    for character in title {
      if character.isWhitespace {
        if !isAfterSpace { name.append(" ") }
        isAfterSpace = true
        continue
      }
      guard let clean = clean(character) else { continue }
      if name.utf8.count + clean.utf8.count > longestName { break }
      name.append(clean)
      isAfterSpace = false
    }
    while let last = name.last, last == " " || last == "." { name.removeLast() }
    while name.first == "." || name.first == "-" { name.removeFirst() }
    return name.isEmpty ? "script" : name
  }

  /// A path in a folder for a title, with a number where that path is taken.
  static func path(
    for title: String, format: FormatName, in folder: String, taken: inout Set<String>
  ) -> String {
    let name = name(from: title)
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    var number = 1
    while true {
      let suffix = number == 1 ? "" : "-\(number)"
      let file = name + suffix + "." + format.rawValue
      // Some file systems take names that differ in case alone for one.
      if taken.insert(file.lowercased()).inserted { return base + file }
      number += 1
    }
  }

  /// The format that a file's extension stands for.
  static func format(ofExtension path: String) -> FormatName? {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: ".") else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "markdown": return .markdown
    case "text": return .text
    case "webvtt": return .webVTT
    case let other: return FormatName(rawValue: other)
    }
  }

  private static func clean(_ character: Character) -> Character? {
    if "/\\:*?\"<>|".contains(character) { return "-" }
    let isHidden = character.unicodeScalars.contains { scalar in
      scalar.properties.generalCategory == .control || (0x202A...0x202E).contains(scalar.value)
        || (0x2066...0x2069).contains(scalar.value)
    }
    return isHidden ? nil : character
  }
}

extension FileNaming {
  /// The last part of a path without its extension.
  static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }
}
