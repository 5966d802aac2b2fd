/// Tells what a file is that is not a zip, so that its refusal can say so.
enum NotZip {
  /// Whether the bytes begin as a zip, or hold one behind other bytes.
  static func looksLikeZip(_ bytes: UnsafeRawBufferPointer) -> Bool {
    begins(bytes, [0x50, 0x4B, 0x03, 0x04]) || begins(bytes, [0x50, 0x4B, 0x05, 0x06])
  }

  /// The refusal of a file that is not a zip.
  static func refusal(_ bytes: UnsafeRawBufferPointer) -> FormatError {
    if bytes.isEmpty {
      return FormatError(.empty, "The file is empty", fix: "Save the document again.")
    }
    if begins(bytes, [0xD0, 0xCF, 0x11, 0xE0]) { return compoundFile(bytes) }
    if begins(bytes, Array("%PDF".utf8)) {
      return other("a PDF", fix: "Export it as DOCX or as text.")
    }
    if begins(bytes, Array("{\\rtf".utf8)) {
      return other("an RTF document", fix: "Open it in a word processor and save it as .docx.")
    }
    let head = String(
      decoding: bytes.prefix(512).filter { $0 != 0 }.map { $0 | 0x20 }, as: UTF8.self)
    if head.contains("<html") || head.contains("<!doctype html") {
      return other("an HTML page", fix: "Open it in a word processor and save it as .docx.")
    }
    if head.contains("<?xml") {
      return other("a single XML file", fix: "Open it in Word and save it as .docx.")
    }
    if !bytes.contains(where: { $0 == 0 }) {
      return other("plain text", fix: "Import it as text: '--format txt'.")
    }
    return FormatError(
      .notZip, "The file is not a DOCX: a DOCX is a zip archive, and this is none",
      fix: "Check that the file was downloaded or copied whole.")
  }

  private static func other(_ what: String, fix: String) -> FormatError {
    FormatError(.notZip, "The file is \(what), not a DOCX", fix: fix)
  }

  /// The container of old Office files, which also wraps a DOCX with a password (MS-OFFCRYPTO 2.2).
  private static func compoundFile(_ bytes: UnsafeRawBufferPointer) -> FormatError {
    if contains(bytes, utf16: "EncryptedPackage") || contains(bytes, utf16: "EncryptionInfo") {
      return FormatError(
        .encrypted, "The document is protected with a password",
        fix: "Open it in Word, remove the password and save it.")
    }
    if contains(bytes, utf16: "Workbook") {
      return other("an old Excel workbook", fix: "Save the words as .docx or as text.")
    }
    return FormatError(
      .oldWord, "The file is a Word document of the old kind (.doc)",
      fix: "Open it in a word processor and save it as .docx.")
  }

  private static func contains(_ bytes: UnsafeRawBufferPointer, utf16 name: String) -> Bool {
    var pattern: [UInt8] = []
    for byte in name.utf8 { pattern += [byte, 0] }
    guard bytes.count >= pattern.count else { return false }
    var position = 0
    // Names of streams stand in the directory: a few kilobytes somewhere in the file.
    while position + pattern.count <= bytes.count {
      if bytes[position] == pattern[0],
        UnsafeRawBufferPointer(rebasing: bytes[position..<(position + pattern.count)])
          .elementsEqual(pattern)
      {
        return true
      }
      position += 1
    }
    return false
  }

  private static func begins(_ bytes: UnsafeRawBufferPointer, _ pattern: [UInt8]) -> Bool {
    bytes.count >= pattern.count && bytes.prefix(pattern.count).elementsEqual(pattern)
  }
}
