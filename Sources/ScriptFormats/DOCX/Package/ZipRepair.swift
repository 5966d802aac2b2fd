/// Finds the zip in bytes that begin with something else, or whose directory is gone.
enum ZipRepair {
  /// The offset at which the zip really begins; 0 where it begins with the file.
  ///
  /// Some programs put bytes before a zip; the offsets in its directory then begin later.
  static func prefixLength(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard let end = directoryEnd(bytes) else { return 0 }
    let size = Int(bytes.littleEndian32(at: end + 12))
    let offset = Int(bytes.littleEndian32(at: end + 16))
    let prefix = end - size - offset
    guard prefix > 0, prefix + 4 <= bytes.count,
      bytes.littleEndian32(at: prefix) == localSignature
    else { return 0 }
    return prefix
  }

  private static let localSignature: UInt32 = 0x0403_4B50
  private static let directorySignature: UInt32 = 0x0201_4B50
  private static let endSignature: UInt32 = 0x0605_4B50
  /// The longest that an archive's comment can be, and the record before it.
  private static let endRange = 65_535 + 22

  /// Where the end of the central directory begins; `nil` where there is none.
  static func directoryEnd(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard bytes.count >= 22 else { return nil }
    var position = bytes.count - 22
    let lowest = max(0, bytes.count - endRange)
    while position >= lowest {
      if bytes.littleEndian32(at: position) == endSignature { return position }
      position -= 1
    }
    return nil
  }

  /// Builds an archive with a new directory out of the entries that stand in the bytes.
  ///
  /// The last entry may be cut off: reading it gives what is there, then fails.
  static func rebuilt(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    var result = Array(bytes)
    var directory: [UInt8] = []
    var count = 0
    var position = 0
    while position + 30 <= bytes.count, count < 1000 {
      guard bytes.littleEndian32(at: position) == localSignature else {
        position += 1
        continue
      }
      let nameLength = Int(bytes.littleEndian16(at: position + 26))
      let extraLength = Int(bytes.littleEndian16(at: position + 28))
      let begin = position + 30 + nameLength + extraLength
      guard begin < bytes.count else { break }
      let isStreamed = bytes.littleEndian16(at: position + 6) & 8 != 0
      let declared = Int(bytes.littleEndian32(at: position + 18))
      var size = min(declared, bytes.count - begin)
      if isStreamed, declared == 0 { size = nextHeader(bytes, from: begin) - begin }
      appendDirectoryEntry(
        bytes, header: position, packedSize: size, nameLength: nameLength, to: &directory)
      count += 1
      position = begin + size
    }
    guard count > 0 else { return nil }
    let offset = result.count
    result.append(contentsOf: directory)
    result.append(littleEndian: endSignature)
    result.append(contentsOf: [0, 0, 0, 0])
    for _ in 0..<2 { result.append(littleEndian: UInt16(count)) }
    result.append(littleEndian: UInt32(clamping: directory.count))
    result.append(littleEndian: UInt32(clamping: offset))
    result.append(contentsOf: [0, 0])
    return result
  }

  private static func nextHeader(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var position = start
    while position + 4 <= bytes.count {
      if bytes[position] == 0x50 {
        let signature = bytes.littleEndian32(at: position)
        if signature == localSignature || signature == directorySignature { return position }
      }
      position += 1
    }
    return bytes.count
  }

  private static func appendDirectoryEntry(
    _ bytes: UnsafeRawBufferPointer, header: Int, packedSize: Int, nameLength: Int,
    to directory: inout [UInt8]
  ) {
    let isStored = bytes.littleEndian16(at: header + 8) == 0
    let declared = bytes.littleEndian32(at: header + 22)
    directory.append(littleEndian: directorySignature)
    directory.append(contentsOf: [20, 0])
    directory.append(contentsOf: bytes[(header + 4)..<(header + 18)])
    directory.append(littleEndian: UInt32(clamping: packedSize))
    directory.append(
      littleEndian: isStored ? UInt32(clamping: packedSize) : declared == 0 ? .max - 1 : declared)
    directory.append(littleEndian: UInt16(clamping: nameLength))
    directory.append(contentsOf: [UInt8](repeating: 0, count: 12))
    directory.append(littleEndian: UInt32(clamping: header))
    directory.append(contentsOf: bytes[(header + 30)..<(header + 30 + nameLength)])
  }
}

extension UnsafeRawBufferPointer {
  /// Two bytes as a number, the low one first; the caller has checked that they are there.
  fileprivate func littleEndian16(at offset: Int) -> UInt16 {
    UInt16(self[offset]) | UInt16(self[offset + 1]) << 8
  }

  /// Four bytes as a number, the low one first; the caller has checked that they are there.
  fileprivate func littleEndian32(at offset: Int) -> UInt32 {
    UInt32(littleEndian16(at: offset)) | UInt32(littleEndian16(at: offset + 2)) << 16
  }
}

extension [UInt8] {
  fileprivate mutating func append(littleEndian value: some FixedWidthInteger) {
    for shift in stride(from: 0, to: value.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
