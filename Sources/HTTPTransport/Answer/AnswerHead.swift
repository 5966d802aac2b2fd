import BackendAPI

/// Reads heads line by line as libcurl hands them over, and leaves out 1xx and trailers.
struct AnswerHead {
  /// More bytes than this in one head are no answer of a service.
  static let mostBytes = 256 << 10

  /// What a line was.
  enum Line {
    /// One of a head that goes on, or of trailers.
    case inside
    /// The end of a final head.
    case end(HTTPHead)
    /// One that makes the head larger than is allowed.
    case tooMuch
  }

  /// The status of the newest head, 1xx too; 0 before the first.
  private(set) var status = 0
  private var headers: [HTTPHeader] = []
  /// Whether a final head came whole.
  private(set) var isFinal = false
  private var byteCount = 0

  /// Takes a line with its line end.
  mutating func take(_ line: UnsafeRawBufferPointer) -> Line {
    if isFinal { return .inside }
    byteCount += line.count
    if byteCount > Self.mostBytes { return .tooMuch }
    if line.starts(with: "HTTP/".utf8) {
      status = Self.status(line)
      headers = []
    } else if let first = line.first, first == 0x0D || first == 0x0A {
      if status >= 200 {
        isFinal = true
        return .end(HTTPHead(status: status, headers: headers))
      }
    } else {
      take(field: line)
    }
    return .inside
  }

  private mutating func take(field line: UnsafeRawBufferPointer) {
    // A line that begins with a space goes on with the field before it (RFC 9112, 5.2).
    if let first = line.first, first == 0x20 || first == 0x09, let last = headers.indices.last {
      headers[last].value += " " + Self.trimmed(line[...])
    } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
      headers.append(
        HTTPHeader(Self.trimmed(line[..<colon]), Self.trimmed(line[(colon + 1)...])))
    }
  }

  /// The three digits behind the first space.
  private static func status(_ line: UnsafeRawBufferPointer) -> Int {
    let digits = line.drop { $0 != 0x20 }.dropFirst().prefix { (0x30...0x39).contains($0) }
    return digits.prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
    var rest = bytes.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return String(decoding: rest, as: UTF8.self)
  }
}

extension HTTPHead {
  /// The size of the body in bytes, where the head tells it.
  var contentLength: Int64? {
    guard let text = value(of: "Content-Length"), let size = Int64(text), size >= 0 else {
      return nil
    }
    return size
  }

  /// Leaves out what is no more true of a body that libcurl has unpacked.
  mutating func dropCoding() {
    headers.removeAll { ["content-encoding", "content-length"].contains($0.name.lowercased()) }
  }
}
