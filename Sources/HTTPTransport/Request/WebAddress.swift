/// An `http` or `https` address that was checked, and can be sent and told of in parts.
struct WebAddress: Hashable, Sendable {
  /// Whether it is `https`.
  let isSecure: Bool
  /// The host in lower case; an IPv6 address stands in brackets.
  let host: String
  /// The port, which the scheme gives where the address has none.
  let port: UInt16
  /// The path, which begins with a slash, without the query.
  let path: String
  /// The whole address as it is given to libcurl: spaces and other letters are escaped in it.
  let text: String

  /// Reads an address; `nil` where it is none, or holds credentials or control characters.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
    let lower = bytes.prefix(8).map { $0 | 0x20 }
    if lower.starts(with: Array("https://".utf8)) {
      isSecure = true
    } else if lower.starts(with: Array("http:/".utf8)), bytes.count > 7,
      bytes[6] == UInt8(ascii: "/")
    {
      isSecure = false
    } else {
      return nil
    }
    let rest = bytes[(isSecure ? 8 : 7)...]
    let end =
      rest.firstIndex { [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
      ?? rest.endIndex
    guard let (host, port) = Self.authority(rest[..<end]) else { return nil }
    self.host = host
    self.port = port ?? (isSecure ? 443 : 80)
    var target = Self.escaped(rest[end...].prefix { $0 != UInt8(ascii: "#") })
    if !target.hasPrefix("/") { target = "/" + target }
    path = String(target.prefix { $0 != "?" })
    let place = port.map { ":\($0)" } ?? ""
    self.text = (isSecure ? "https://" : "http://") + host + place + target
  }

  /// Whether both are the same scheme, host and port, so that credentials for one may see the other.
  func hasSameOrigin(as other: WebAddress) -> Bool {
    isSecure == other.isSecure && host == other.host && port == other.port
  }

  /// Whether the host is this machine, which no proxy is asked for.
  var isLoopback: Bool {
    if host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// The host, with the port where it is not the scheme's own.
  var place: String { port == (isSecure ? 443 : 80) ? host : "\(host):\(port)" }

  private static func authority(_ bytes: ArraySlice<UInt8>) -> (String, UInt16?)? {
    var host = bytes
    var port: UInt16?
    let colon = UInt8(ascii: ":")
    if bytes.first == UInt8(ascii: "[") {
      guard let bracket = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      host = bytes[...bracket]
      let inside = host.dropFirst().dropLast()
      guard !inside.isEmpty, inside.allSatisfy({ isHexadecimal($0) || $0 == colon || $0 == 0x2E })
      else { return nil }
    } else if let first = bytes.firstIndex(of: colon) {
      host = bytes[..<first]
    }
    if host.endIndex < bytes.endIndex {
      guard bytes[host.endIndex] == colon else { return nil }
      let digits = bytes[(host.endIndex + 1)...]
      guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      if !digits.isEmpty {
        guard let number = UInt16(String(decoding: digits, as: UTF8.self)), number > 0 else {
          return nil
        }
        port = number
      }
    }
    let isNamed = host.first == UInt8(ascii: "[") || host.allSatisfy(isOfName)
    guard !host.isEmpty, isNamed else { return nil }
    return (String(decoding: host, as: UTF8.self).lowercased(), port)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
  }

  /// Whether a byte may be in a host's name; those above ASCII are an international name's.
  private static func isOfName(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
  }

  /// A path and query with what is not ASCII, and spaces, escaped (RFC 3986, 2.1).
  private static func escaped(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(where: { $0 == 0x20 || $0 >= 0x80 }) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in bytes {
      if byte == 0x20 || byte >= 0x80 {
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
