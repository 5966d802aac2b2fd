/// An absolute `http` or `https` address (RFC 3986) without user information or fragment.
package struct WebAddress: Hashable, Sendable {
  /// The schemes that are spoken.
  package enum Scheme: String, Hashable, Sendable { case http, https }

  /// The scheme.
  package let scheme: Scheme
  /// The host in lower case; an IPv6 address stands in brackets.
  package let host: String
  /// The port; the scheme's own where none is written.
  package let port: Int
  /// The path, escaped; empty where nothing stands behind the host.
  package let path: String
  /// What stands after `?`, escaped; `nil` without one.
  package let query: String?

  /// Reads an address; `nil` for anything that is not plainly one.
  ///
  /// What may not stand in an address (spaces, letters beyond ASCII) is escaped. Control characters,
  /// user information and a `\` before the path are refused: they make two readers see two hosts.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
    guard let mark = bytes.firstIndex(of: UInt8(ascii: ":")),
      let scheme = Scheme(rawValue: String(decoding: bytes[..<mark], as: UTF8.self).lowercased()),
      bytes[mark...].starts(with: "://".utf8)
    else { return nil }
    let rest = bytes[(mark + 3)...].prefix { $0 != UInt8(ascii: "#") }
    let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    guard let (host, port) = Self.hostAndPort(authority) else { return nil }
    let target = rest[authority.endIndex...]
    let path = target.prefix { $0 != UInt8(ascii: "?") }
    self.scheme = scheme
    self.host = host
    self.port = port ?? (scheme == .https ? 443 : 80)
    self.path = Self.escaped(path)
    query =
      path.endIndex < target.endIndex ? Self.escaped(target[(path.endIndex + 1)...]) : nil
  }

  private static func hostAndPort(_ authority: ArraySlice<UInt8>) -> (String, Int?)? {
    var host = authority
    var port: Int?
    let afterHost =
      authority.first == UInt8(ascii: "[")
      ? authority.lastIndex(of: UInt8(ascii: "]")) : authority.startIndex
    guard let afterHost else { return nil }
    if let colon = authority[afterHost...].lastIndex(of: UInt8(ascii: ":")) {
      host = authority[..<colon]
      let digits = authority[(colon + 1)...]
      guard digits.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(String(decoding: digits, as: UTF8.self)), (1...65_535).contains(number)
      else { return nil }
      port = number
    }
    let text = String(decoding: host, as: UTF8.self).lowercased()
    let isBracketed = host.first == UInt8(ascii: "[")
    let allowed: (UInt8) -> Bool = { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        true
      case UInt8(ascii: ":"): isBracketed
      default: false
      }
    }
    let name = isBracketed ? host.dropFirst().dropLast() : host
    if isBracketed, host.last != UInt8(ascii: "]") { return nil }
    guard !name.isEmpty, name.allSatisfy(allowed) else { return nil }
    return (text, port)
  }

  private static func escaped(_ bytes: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for byte in bytes {
      if byte > 0x20, byte < 0x7F, !notInAddresses.contains(byte) {
        text.append(byte)
      } else {
        PercentEncoding.append(byte, to: &text)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// ASCII that RFC 3986 lets stand nowhere unescaped; `%` stays, since it begins an escape.
private let notInAddresses: Set<UInt8> = Set(#""<>\^`{|}"#.utf8)

extension WebAddress {
  /// Scheme, host and port, such as `https://example.org` or `http://127.0.0.1:8080`.
  package var origin: String {
    let ownPort = scheme == .https ? 443 : 80
    return "\(scheme.rawValue)://\(host)" + (port == ownPort ? "" : ":\(port)")
  }

  /// The address with its path, without its query, which may hold a key.
  package var withoutQuery: String { origin + path }

  /// The address that paths are put behind: without its query and without a `/` at its end.
  package var root: String {
    var path = path[...]
    while path.hasSuffix("/") { path.removeLast() }
    return origin + path
  }

  /// The whole address.
  package var text: String { withoutQuery + (query.map { "?" + $0 } ?? "") }

  /// Whether requests to both reach the same server by the same protocol.
  package func hasOrigin(of other: WebAddress) -> Bool {
    scheme == other.scheme && host == other.host && port == other.port
  }
}

/// Escapes in addresses (RFC 3986, 2.1).
package enum PercentEncoding {
  /// Escapes all but the unreserved characters, so that the text is one segment of a path.
  package static func escaped(_ text: some StringProtocol) -> String {
    // A segment of dots means another folder, and some servers drop an empty one.
    let isDots = text == "." || text == ".."
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        bytes.append(byte)
      case UInt8(ascii: ".") where !isDots: bytes.append(byte)
      default: append(byte, to: &bytes)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Takes escapes away; `nil` where what results is no UTF-8 or an escape is broken.
  package static func unescaped(_ text: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    let source = Array(text.utf8)
    var position = 0
    while position < source.count {
      guard source[position] == UInt8(ascii: "%") else {
        bytes.append(source[position])
        position += 1
        continue
      }
      guard position + 2 < source.count, let high = digit(source[position + 1]),
        let low = digit(source[position + 2])
      else { return nil }
      bytes.append(high << 4 | low)
      position += 3
    }
    return String(validating: bytes, as: UTF8.self)
  }

  static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "%"))
    for nibble in [byte >> 4, byte & 0xF] {
      bytes.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") + nibble - 10)
    }
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
