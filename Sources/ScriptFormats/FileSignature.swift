/// What a file is, told by its first bytes, where no script can be read out of it as text.
enum FileSignature {
  /// What is to be done with a file.
  enum Kind {
    /// A zip archive, which may be a Word document.
    case archive
    /// Something that is refused.
    case refused(FormatError)
  }

  /// The kind of a file; `nil` for what may be text.
  static func kind(of bytes: [UInt8]) -> Kind? {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
    {
      return archive(bytes)
    }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      return .refused(compoundFile(bytes))
    }
    for signature in signatures where signature.matches(bytes) {
      return .refused(
        FormatError(signature.code, "The file is \(signature.name)", fix: signature.fix))
    }
    return nil
  }

  private static func archive(_ bytes: [UInt8]) -> Kind {
    let head = bytes.prefix(120)
    if contains(head, "application/vnd.oasis.opendocument") {
      return .refused(
        FormatError(
          .notWord, "The file is an OpenDocument file (ODT or similar)",
          fix: "Save it as DOCX or as plain text, and import that"))
    }
    if contains(head, "application/epub+zip") {
      return .refused(
        FormatError(.notWord, "The file is an EPUB book", fix: "Save the script as plain text"))
    }
    return .archive
  }

  /// Old Word, or a DOCX with a password: both are OLE compound files.
  private static func compoundFile(_ bytes: [UInt8]) -> FormatError {
    let marker = "EncryptedPackage".utf8.flatMap { [$0, UInt8(0)] }
    let head = bytes.prefix(1 << 16) + bytes.suffix(1 << 16)
    if contains(head, marker) {
      return FormatError(
        .encrypted, "The document is protected by a password",
        fix: "Open it in Word, save it without the password, and import that")
    }
    return FormatError(
      .oldWord, "The file is an old Office file (DOC, XLS or PPT of before 2007)",
      fix: "Save it as DOCX, and import that")
  }

  private struct Signature {
    var offset = 0
    var mark: [UInt8]
    var name: String
    var code: FormatError.Code = .binary
    var fix: String?

    func matches(_ bytes: [UInt8]) -> Bool { bytes.dropFirst(offset).starts(with: mark) }
  }

  private static let extractHint = "'extract' makes a transcript of media"
  private static let signatures: [Signature] = [
    .init(
      mark: Array("{\\rtf".utf8), name: "rich text (RTF)", code: .unsupported,
      fix: "Save it as DOCX or as plain text, and import that"),
    .init(
      mark: Array("%PDF".utf8), name: "a PDF", code: .unsupported,
      fix: "Export its text, or the document it was made from, and import that"),
    .init(mark: [0x89, 0x50, 0x4E, 0x47], name: "an image (PNG)"),
    .init(mark: [0xFF, 0xD8, 0xFF], name: "an image (JPEG)"),
    .init(mark: Array("GIF8".utf8), name: "an image (GIF)"),
    .init(mark: [0x49, 0x49, 0x2A, 0], name: "an image (TIFF)"),
    .init(offset: 4, mark: Array("ftyp".utf8), name: "video or audio (MP4, MOV)", fix: extractHint),
    .init(mark: [0x1A, 0x45, 0xDF, 0xA3], name: "video (Matroska, WebM)", fix: extractHint),
    .init(mark: Array("RIFF".utf8), name: "media (WAV, AVI or WebP)", fix: extractHint),
    .init(mark: Array("OggS".utf8), name: "audio (Ogg)", fix: extractHint),
    .init(mark: Array("fLaC".utf8), name: "audio (FLAC)", fix: extractHint),
    .init(mark: Array("ID3".utf8), name: "audio (MP3)", fix: extractHint),
    .init(mark: [0x1F, 0x8B], name: "compressed (gzip)", fix: "Unpack it first"),
    .init(
      mark: Array("7z\u{BC}".unicodeScalars.map { UInt8($0.value) }), name: "a 7z archive",
      fix: "Unpack it first"),
    .init(mark: Array("Rar!".utf8), name: "a RAR archive", fix: "Unpack it first"),
    .init(mark: Array("SQLite format 3".utf8), name: "an SQLite database"),
    .init(mark: [0x7F, 0x45, 0x4C, 0x46], name: "a program"),
  ]

  /// The error for bytes that are no text at all; `nil` where they may be.
  static func binary(_ bytes: [UInt8]) -> FormatError? {
    let sample = bytes.prefix(1 << 16)
    // Without branches, so that the compiler makes vector instructions of it.
    let controls = sample.withUnsafeBufferPointer { sample in
      sample.reduce(0) { count, byte in
        let isControl = UInt8(byte < 0x20 ? 1 : 0) & (byte &- 0x08 > 5 ? 1 : 0)
        return count &+ Int(isControl & (byte == 0x1B ? 0 : 1))
      }
    }
    // One or two in a short text are slips of a program, and become findings.
    guard controls > 2, controls * 20 > sample.count else { return nil }
    return FormatError(
      .binary, "The file is binary, not text", fix: "Import a text, subtitle or DOCX file")
  }

  private static func contains(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool {
    contains(bytes, Array(text.utf8))
  }

  private static func contains(_ bytes: some Collection<UInt8>, _ mark: [UInt8]) -> Bool {
    guard let first = mark.first else { return false }
    var rest = bytes[...]
    while let index = rest.firstIndex(of: first) {
      if rest[index...].starts(with: mark) { return true }
      rest = rest[rest.index(after: index)...]
    }
    return false
  }
}
