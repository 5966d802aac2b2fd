extension Secret {
  /// Shorter tokens are not looked for in texts: they may be words.
  private static let shortestWhole = 8
  /// Shorter ends of tokens are not looked for.
  private static let shortestBare = 12
  /// What the service's tokens begin with, and what is left of one says as much without.
  private static let mark = "nmv_usr_"

  /// The token in the forms in which a text may hold it, the longest first.
  private var forms: [[UInt8]] {
    var forms: [[UInt8]] = []
    if revealed.utf8.count >= Self.shortestWhole { forms.append(Array(revealed.utf8)) }
    if revealed.hasPrefix(Self.mark) {
      let bare = Array(revealed.utf8.dropFirst(Self.mark.utf8.count))
      if bare.count >= Self.shortestBare { forms.append(bare) }
    }
    return forms
  }

  /// A text with a word in the place of the token, wherever it stands.
  package func hidden(in text: String) -> String {
    let bytes = Array(text.utf8)
    guard let result = replaced(in: bytes) else { return text }
    return String(decoding: result, as: UTF8.self)
  }

  /// Bytes of a text with a word in the place of the token, wherever it stands.
  package func hidden(in bytes: [UInt8]) -> [UInt8] { replaced(in: bytes) ?? bytes }

  /// `nil` where the token is not in the bytes, as almost always.
  private func replaced(in bytes: [UInt8]) -> [UInt8]? {
    var result: [UInt8]?
    for form in forms {
      let source = result ?? bytes
      guard let first = form.first else { continue }
      var start = 0
      var position = firstIndex(of: first, in: source, from: 0)
      var copy: [UInt8]?
      while position < source.count {
        guard source[position...].starts(with: form) else {
          position = firstIndex(of: first, in: source, from: position + 1)
          continue
        }
        copy = (copy ?? []) + source[start..<position] + Array(description.utf8)
        start = position + form.count
        position = firstIndex(of: first, in: source, from: start)
      }
      if let copy { result = copy + source[start...] }
    }
    return result
  }
}
