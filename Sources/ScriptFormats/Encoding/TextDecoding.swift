import ScriptModel

/// Brings the bytes of a text file into valid UTF-8 with `\n` or `\r\n` ends and no control characters.
enum TextDecoding {
  /// A decoded text.
  struct Result {
    var bytes: [UInt8]
    /// The encoding as iconv spells it.
    var encoding: String
  }

  /// Larger files are refused: a text of that size is no script.
  static let largestFile = 512 << 20

  /// Decodes bytes as the caller names it, or as their content tells.
  static func decode(
    _ bytes: consuming [UInt8], encoding: String?, findings: inout FindingList
  ) throws(FormatError) -> Result {
    guard !bytes.isEmpty else { throw FormatError(.empty, "The file is empty") }
    guard bytes.count <= largestFile else {
      throw FormatError(
        .tooLarge, "The file has more than 512 MiB", fix: "Split it, and import the parts")
    }
    var result =
      if let encoding {
        try named(encoding, bytes, &findings)
      } else {
        try detected(bytes, &findings)
      }
    RowCleaning.clean(&result.bytes, findings: &findings)
    return result
  }

  private static func named(
    _ encoding: String, _ bytes: [UInt8], _ findings: inout FindingList
  ) throws(FormatError) -> Result {
    let name = encoding.uppercased()
    if name == "UTF-8" || name == "UTF8" || name == "UTF-8-SIG" || name == "UTF_8" {
      return UTF8Repair.repair(UTF8Repair.withoutMarks(bytes), findings: &findings)
    }
    let form = UnicodeForm.detect(bytes)
    var iconvName = EncodingNames.iconvName(of: encoding)
    var markLength = 0
    if name == "UTF-16" || name == "UTF16" || name == "UTF-32" || name == "UTF32" {
      iconvName = form.map(\.name) ?? (name.hasSuffix("16") ? "UTF-16LE" : "UTF-32LE")
    }
    if let form, form.name == iconvName.uppercased() { markLength = form.markLength }
    return try convert(bytes.dropFirst(markLength), from: iconvName, asked: encoding, &findings)
  }

  private static func detected(
    _ bytes: consuming [UInt8], _ findings: inout FindingList
  ) throws(FormatError) -> Result {
    if let form = UnicodeForm.detect(bytes) {
      findings.add(.note, "encoding", "The text was read as \(form.name)")
      return try convert(
        bytes.dropFirst(form.markLength), from: form.name, asked: form.name, &findings)
    }
    if bytes.starts(with: UTF8Repair.mark) { bytes = UTF8Repair.withoutMarks(bytes) }
    switch UTF8Repair.judge(bytes) {
    case .ascii:
      guard let name = SevenBit.encoding(of: bytes) else {
        return Result(bytes: bytes, encoding: "UTF-8")
      }
      findings.add(.warning, "encoding-guessed", "The text was read as \(name)")
      return try convert(bytes[...], from: name, asked: name, &findings)
    case .valid: return Result(bytes: bytes, encoding: "UTF-8")
    case .damaged: return UTF8Repair.repair(bytes, findings: &findings)
    case .other: break
    }
    let name = EncodingGuess.encoding(of: bytes) ?? "WINDOWS-1252"
    findings.add(
      .warning, "encoding-guessed",
      "The text is not UTF-8 and was read as \(name); '--encoding' names another")
    return try convert(bytes[...], from: name, asked: name, &findings)
  }

  private static func convert(
    _ bytes: ArraySlice<UInt8>, from name: String, asked: String, _ findings: inout FindingList
  ) throws(FormatError) -> Result {
    if name == "HZ" {
      guard let plain = SevenBit.decodeHZ(Array(bytes)) else { throw undecodable(asked) }
      let result = try convert(plain[...], from: "GB18030", asked: asked, &findings)
      return Result(bytes: result.bytes, encoding: "HZ")
    }
    guard let conversion = CharacterConversion(from: name) else {
      throw EncodingNames.unknown(asked)
    }
    guard let converted = conversion.convert(bytes, strictly: false) else {
      throw undecodable(asked)
    }
    if converted.replacements > 0 {
      let place = TextPlace.of(converted.firstReplacement ?? 0, in: converted.bytes)
      findings.add(
        .warning, "undecodable", line: place.line, column: place.column,
        "\(counted(converted.replacements, "byte sequence")) that \(name) does not allow became U+FFFD"
      )
    }
    return Result(bytes: UTF8Repair.withoutMarks(converted.bytes), encoding: name)
  }
}

private func undecodable(_ asked: String) -> FormatError {
  FormatError(
    .undecodable, "The text can't be read as '\(asked)'",
    fix: "Leave '--encoding' out to have it told by the content")
}

/// Lines and columns of offsets.
enum TextPlace {
  /// The line and the column in Unicode scalars, both from 1, of an offset in a text.
  static func of(_ offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for byte in bytes[..<min(max(offset, 0), bytes.count)] {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return (line, column)
  }
}
