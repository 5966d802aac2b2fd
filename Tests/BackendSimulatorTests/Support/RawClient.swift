#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A client of one request a connection over bare sockets, so that every byte is the test's own.
enum RawClient {
  /// How the server ended a connection.
  enum Ending: Hashable { case closed, reset, unconnected }

  /// All bytes that came back, and how the connection ended.
  struct Received {
    var bytes: [UInt8] = []
    var ending = Ending.closed
  }

  /// Sends bytes, in pieces of a length where one is given, and reads until the end.
  static func exchange(_ bytes: [UInt8], port: UInt16, piece: Int? = nil) -> Received {
    let descriptor = connection(port: port)
    guard descriptor >= 0 else { return Received(ending: .unconnected) }
    defer { close(descriptor) }
    var rest = bytes[...]
    var wasReset = false
    while !rest.isEmpty {
      let count = rest.prefix(piece ?? rest.count).withUnsafeBytes { buffer in
        send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 {
        // A server that has had enough may have closed; what it said is read all the same.
        wasReset = errno == ECONNRESET
        break
      }
      rest = rest.dropFirst(count)
    }
    var received = readAll(descriptor)
    if wasReset { received.ending = .reset }
    return received
  }

  /// Reads until the other side ends the connection.
  static func readAll(_ descriptor: Int32) -> Received {
    var received = Received()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count > 0 {
        received.bytes.append(contentsOf: buffer[..<count])
      } else {
        if count < 0 { received.ending = .reset }
        return received
      }
    }
  }

  /// A connection to a port of 127.0.0.1; -1 where there is none.
  static func connection(port: UInt16) -> Int32 {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var on: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if code == 0 { return descriptor }
    close(descriptor)
    return -1
  }
}

/// An answer, taken apart.
struct RawAnswer {
  var status = 0
  var headers: [(name: String, value: String)] = []
  var body: [UInt8] = []
  /// Whether the body came to the end that its head promised.
  var isWhole = false

  /// Reads a head and a body by length, by chunks or up to the end of the connection.
  init?(_ bytes: [UInt8], hasBody: Bool = true) {
    guard let end = Self.find([13, 10, 13, 10], in: bytes[...]) else { return nil }
    let rows = String(decoding: bytes[..<end], as: UTF8.self).split(whereSeparator: \.isNewline)
    let words = rows[0].split(separator: " ")
    guard words.count > 1, let status = Int(words[1]) else { return nil }
    self.status = status
    for row in rows.dropFirst() {
      let pair = row.split(separator: ":", maxSplits: 1)
      headers.append((String(pair[0]), pair.count > 1 ? String(pair[1].dropFirst()) : ""))
    }
    let rest = bytes[(end + 4)...]
    if !hasBody {
      isWhole = rest.isEmpty
    } else if self["Transfer-Encoding"] == "chunked" {
      readChunks(rest)
    } else if let length = self["Content-Length"].flatMap({ Int($0) }) {
      body = Array(rest)
      isWhole = body.count == length
    } else {
      body = Array(rest)
      isWhole = true
    }
  }

  /// The value of a header.
  subscript(name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// The body as text.
  var text: String { String(decoding: body, as: UTF8.self) }

  private mutating func readChunks(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while let end = Self.find([13, 10], in: rest) {
      let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16) ?? 0
      rest = rest[(end + 2)...]
      if size == 0 {
        isWhole = true
        return
      }
      body.append(contentsOf: rest.prefix(size))
      rest = rest.dropFirst(size + 2)
    }
  }

  private static func find(_ wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    bytes.indices.first { bytes[$0...].starts(with: wanted) }
  }
}
