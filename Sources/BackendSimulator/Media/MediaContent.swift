import ScriptModel

/// The bytes of a medium, made from a seed where they are wanted and never kept.
///
/// The first bytes are a box `ftyp` as an MP4 file begins with, and the seed; the rest is a pattern of
/// 64 KiB, each repetition of which begins with its own number, so that no two parts are alike.
struct MediaContent: Hashable, Sendable {
  /// The length in bytes.
  var length: Int64
  /// What the pattern follows from.
  var seed: UInt64

  private static let blockLength: Int64 = 64 << 10
  private static let header: [UInt8] =
    [0, 0, 0, 0x18] + Array("ftypisom".utf8) + [0, 0, 2, 0] + Array("isomiso2".utf8)

  /// Fills a buffer with the bytes from an offset on; what is beyond the end is left as it is.
  func read(from offset: Int64, into buffer: UnsafeMutableRawBufferPointer) {
    let pattern = MediaPattern.bytes
    var position = offset
    var filled = 0
    while filled < buffer.count, position < length {
      let inBlock = Int(position % Self.blockLength)
      let count = min(buffer.count - filled, Int(Self.blockLength) - inBlock)
      pattern.withUnsafeBytes { source in
        UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + count]).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[inBlock..<inBlock + count]))
      }
      stamp(buffer, at: filled, count: count, position: position)
      filled += count
      position += Int64(count)
    }
  }

  /// Writes the number of a block over its first eight bytes, and the header over the file's.
  private func stamp(
    _ buffer: UnsafeMutableRawBufferPointer, at start: Int, count: Int, position: Int64
  ) {
    let block = position / Self.blockLength
    let number = UInt64(bitPattern: block) ^ seed
    let digits = (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64($0 * 8)) }
    let front = block == 0 ? Self.header + digits : digits
    var index = Int(position % Self.blockLength)
    var target = start
    while target < start + count, index < front.count {
      buffer[target] = front[index]
      target += 1
      index += 1
    }
  }

  /// The SHA-256 of the whole in hexadecimal; takes as long as reading it all.
  var sha256: String {
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: Int(Self.blockLength))
    var position: Int64 = 0
    while position < length {
      let count = Int(min(Self.blockLength, length - position))
      buffer.withUnsafeMutableBytes { bytes in
        read(from: position, into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<count]))
      }
      hash.update(buffer[..<count])
      position += Int64(count)
    }
    return Hexadecimal.text(hash.finalized())
  }
}

private enum MediaPattern {
  /// 64 KiB that do not compress.
  static let bytes: [UInt8] = {
    var random = SeededRandom(seed: 0x6F66_6662_6F6F_6B)
    return (0..<8192).flatMap { _ -> [UInt8] in
      let word = random.next()
      return (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) }
    }
  }()
}
