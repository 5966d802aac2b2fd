import ScriptFormats
import ScriptModel

/// What holds of bringing bytes of any encoding into UTF-8.
enum EncodingProperties {
  private static let names = [
    "UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "WINDOWS-1252", "windows-1251", "CP932",
    "GB18030", "GBK", "BIG5", "EUC-KR", "ISO-2022-JP", "HZ", "KOI8-R", "MACINTOSH", "latin-1",
  ]

  /// The first byte chooses the encoding; from 0x20 on it belongs to the text, which tells itself.
  static func check(_ input: [UInt8]) throws(Violation) {
    guard let first = input.first else { return }
    var options = ReadOptions()
    options.format = .text
    options.speakers = .none
    let isNamed = first < 0x20 && first != 0x0A && first != 0x09
    if isNamed { options.encoding = names[Int(first) % names.count] }
    let bytes = isNamed ? Array(input.dropFirst()) : input
    let result: ScriptReading.Result
    do throws(FormatError) {
      result = try ScriptReading.read(bytes, options: options)
    } catch {
      try require(error.code != .unknownEncoding, "\(options.encoding ?? "") is not known")
      return
    }
    try DocumentShape.check(result.document)
    try require(!result.encoding.isEmpty, "the encoding has no name")
    let control = result.document.text.first { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A }
    try require(control == nil, "byte \(control ?? 0) is left in the text")
    // A decoded text is UTF-8 that tells itself: it reads as the same once more.
    var again = ReadOptions()
    again.format = .text
    again.speakers = .none
    again.encoding = "UTF-8"
    let text = String(decoding: result.document.text, as: UTF8.self)
    guard text.contains(where: { $0.isLetter }) else { return }
    do throws(FormatError) {
      _ = try ScriptReading.read(result.document.text, options: again)
    } catch {
      throw Violation(description: "what was decoded is refused: \(error)")
    }
  }
}
