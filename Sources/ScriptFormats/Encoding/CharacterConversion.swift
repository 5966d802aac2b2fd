import CUchardet

/// Converts whole texts from any encoding that iconv knows to UTF-8.
struct CharacterConversion: ~Copyable {
  /// What a conversion gave.
  struct Result {
    var bytes: [UInt8]
    /// How many bytes or units became U+FFFD, and where the first of them stands in `bytes`.
    var replacements = 0
    var firstReplacement: Int?
  }

  private let handle: UnsafeMutableRawPointer
  /// How many bytes a character has at least.
  private let unit: Int

  /// Opens a conversion; `nil` where iconv does not know the encoding.
  init?(from encoding: String) {
    guard let handle = offbook_iconv_open(encoding) else { return nil }
    self.handle = handle
    let name = encoding.uppercased()
    unit =
      name.hasPrefix("UTF-32") || name.hasPrefix("UCS-4") ? 4 : name.hasPrefix("UTF-16") ? 2 : 1
  }

  deinit { offbook_iconv_close(handle) }

  /// Converts all bytes; what is not allowed becomes U+FFFD, or ends the conversion where `strictly`.
  func convert(_ input: ArraySlice<UInt8>, strictly: Bool) -> Result? {
    offbook_iconv_reset(handle)
    var result = Result(bytes: [])
    result.bytes.reserveCapacity(input.count + input.count / 2)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var position = input.startIndex
    while position < input.endIndex {
      let status = step(input, &position, &chunk, into: &result.bytes)
      if status == 0 || status == outputIsFull { continue }
      if strictly { return nil }
      if result.replacements == 0 { result.firstReplacement = result.bytes.count }
      result.bytes.append(contentsOf: [0xEF, 0xBF, 0xBD])
      result.replacements += 1
      position = min(position + unit, input.endIndex)
    }
    return result
  }

  private func step(
    _ input: ArraySlice<UInt8>, _ position: inout Int, _ chunk: inout [UInt8],
    into output: inout [UInt8]
  ) -> Int32 {
    let rest = input[position...]
    var consumed = 0
    var written = 0
    let status = rest.withUnsafeBytes { source in
      chunk.withUnsafeMutableBytes { target in
        var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
        var fromLeft = source.count
        var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        var toLeft = target.count
        let status = offbook_iconv(handle, &from, &fromLeft, &to, &toLeft)
        consumed = source.count - fromLeft
        written = target.count - toLeft
        return status
      }
    }
    position += consumed
    output.append(contentsOf: chunk[..<written])
    return status
  }
}

/// The `errno` of iconv(3) for a full output buffer.
private let outputIsFull: Int32 = 7
