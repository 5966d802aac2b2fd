/// The ends of rows.
enum RowEnds {
  /// Puts a CR before every LF.
  static func withCarriageReturns(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 16)
    let source = bytes.span
    var position = 0
    while position < source.count {
      let end = firstIndex(of: 0x0A, in: source, position..<source.count) ?? source.count
      source.extracting(position..<end).withUnsafeBufferPointer { result.append(contentsOf: $0) }
      if end < source.count {
        result.append(0x0D)
        result.append(0x0A)
      }
      position = end + 1
    }
    return result
  }

  /// Takes the CRs before an LF out.
  static func withoutCarriageReturns(_ bytes: [UInt8]) -> [UInt8] {
    guard firstIndex(of: 0x0D, in: bytes.span, 0..<bytes.count) != nil else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for byte in bytes {
      if byte == 0x0A { while result.last == 0x0D { result.removeLast() } }
      result.append(byte)
    }
    return result
  }
}
