/// The name that an upload carries: the beginning of the content's hash, `-`, and the file's own name.
package enum UploadName {
  /// How many digits of the hash: 64 bits, which no two files share.
  package static let hashLength = 16

  /// The name of an upload of a file with that name and content.
  package static func full(of name: String, sha256: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    let hash = sha256.prefix(hashLength / 2).flatMap {
      [digits[Int($0 >> 4)], digits[Int($0 & 15)]]
    }
    return String(hash) + "-" + name
  }

  /// The file's own name, where a name carries a hash; else the name as it is.
  package static func label(_ name: String) -> String {
    let bytes = name.utf8
    let digits = bytes.prefix { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
    let rest = bytes.dropFirst(digits.count)
    guard digits.count == hashLength, rest.first == UInt8(ascii: "-"), rest.count > 1 else {
      return name
    }
    return String(rest.dropFirst()) ?? name
  }
}
