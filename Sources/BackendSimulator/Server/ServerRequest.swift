/// The head of a request as the server took it in.
struct ServerRequest: Sendable {
  /// The method in capitals.
  var method: String
  /// The path, percent signs decoded, without the query.
  var path: String
  /// The header fields in order.
  var headers: [(name: String, value: String)]

  /// The value of the first header field of a name, whatever its case.
  subscript(name: String) -> String? {
    let name = name.lowercased()
    return headers.first { $0.name.lowercased() == name }?.value
  }

  /// The token of `Authorization: Bearer …`.
  var bearerToken: String? {
    guard let value = self["Authorization"] else { return nil }
    let words = value.split(separator: " ")
    guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
    return String(words[1])
  }

  /// The three headers that tell which workflow asks; `nil` where one of them is missing or empty.
  var attribution: Attribution? {
    guard let source = self["X-Skill-Source"], !source.isEmpty,
      let version = self["X-Skill-Version"], !version.isEmpty,
      let platform = self["X-Skill-Platform"], !platform.isEmpty
    else { return nil }
    return Attribution(source: source, version: version, platform: platform)
  }

  /// Which workflow asks.
  struct Attribution: Hashable, Sendable {
    var source: String
    var version: String
    var platform: String
  }

  /// The address that the client used for this server, so that it can be given others below it.
  func baseAddress(else fallback: String) -> String {
    guard let host = self["Host"], !host.isEmpty,
      host.utf8.allSatisfy({ byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
          || (UInt8(ascii: "-")...UInt8(ascii: ":")).contains(byte)
      })
    else { return fallback }
    return "http://\(host)"
  }
}

/// What takes in the body of a request as it comes.
protocol BodyReceiving: AnyObject {
  /// Takes in the next bytes.
  ///
  /// - Returns: Whether the rest is wanted too.
  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool
}

/// A body that is kept in memory, up to a limit.
final class KeptBody: BodyReceiving {
  private(set) var bytes: [UInt8] = []
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Whether there was more than the limit allows.
  private(set) var isTooLong = false

  func receive(_ piece: UnsafeRawBufferPointer) -> Bool {
    if bytes.count + piece.count > limit {
      isTooLong = true
      bytes = []
    } else if !isTooLong {
      bytes.append(contentsOf: piece)
    }
    return true
  }
}
