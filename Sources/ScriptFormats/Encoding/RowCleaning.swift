import ScriptModel

/// Makes the ends of rows and the control characters of a text what readers expect.
enum RowCleaning {
  /// Turns lone CR into LF, and takes control characters out, with a finding.
  static func clean(_ bytes: inout [UInt8], findings: inout FindingList) {
    let (hasControl, hasReturn) = survey(bytes.span)
    if hasReturn { separateLoneReturns(&bytes) }
    if hasControl { removeControls(&bytes, &findings) }
  }

  /// Whether there is a control character that no text has, and whether there is a CR.
  private static func survey(_ bytes: Span<UInt8>) -> (hasControl: Bool, hasReturn: Bool) {
    // Without branches, so that the compiler makes vector instructions of it.
    var control: UInt8 = 0
    var returns: UInt8 = 0
    bytes.withUnsafeBufferPointer { buffer in
      for byte in buffer {
        let isReturn: UInt8 = byte == 0x0D ? 1 : 0
        let isLow: UInt8 = byte < 0x20 ? 1 : 0
        let isSpace: UInt8 = (byte == 0x0A ? 1 : 0) | (byte == 0x09 ? 1 : 0) | isReturn
        control |= (isLow & ~isSpace) | (byte == 0x7F ? 1 : 0)
        returns |= isReturn
      }
    }
    return (control & 1 != 0, returns != 0)
  }

  /// Whether there is a control character but tabs and ends of rows, which CR is not here.
  static func hasControl(_ bytes: [UInt8]) -> Bool {
    let (hasControl, hasReturn) = survey(bytes.span)
    return hasControl || hasReturn
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x0A && byte != 0x09 && byte != 0x0D || byte == 0x7F
  }

  /// CR is an end of its own (classic Mac OS) unless only CRs stand between it and an LF.
  private static func separateLoneReturns(_ bytes: inout [UInt8]) {
    var position = 0
    let count = bytes.count
    while let found = firstIndex(of: 0x0D, in: bytes.span, position..<count) {
      var next = found
      while next < count, bytes[next] == 0x0D { next += 1 }
      if next == count || bytes[next] != 0x0A {
        for index in found..<next { bytes[index] = 0x0A }
      }
      position = next
    }
  }

  private static func removeControls(_ bytes: inout [UInt8], _ findings: inout FindingList) {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var line = 1
    var column = 1
    for byte in bytes {
      if isControl(byte) {
        findings.add(
          .warning, "control-character", line: line, column: column,
          "A control character is kept out of the text")
        // VT and FF part words: soft breaks of presentation and page layout programs.
        if byte == 0x0B || byte == 0x0C, let last = result.last, last > 0x20 { result.append(0x20) }
      } else {
        result.append(byte)
        if byte == 0x0A {
          (line, column) = (line + 1, 1)
        } else if byte & 0xC0 != 0x80 {
          column += 1
        }
      }
    }
    bytes = result
  }
}
