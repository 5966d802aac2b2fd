import BackendAPI
import ScriptModel

/// What holds of addresses, paths, and times that people or the service write.
enum AddressProperties {
  static func check(_ input: [UInt8]) throws(Violation) {
    let text = String(decoding: input, as: UTF8.self)
    if let address = WebAddress(text) {
      guard let again = WebAddress(address.text) else {
        throw Violation(description: "the address is refused as it was written")
      }
      try require(again == address, "the address reads back as another")
      try require(again.text == address.text, "the address is written differently again")
      try require(
        address.text.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "the address is not escaped")
      try require(!address.host.utf8.contains(UInt8(ascii: "@")), "user information is left")
    }
    if let path = ServicePath(text) {
      try require(ServicePath(path.text) == path, "the path reads back as another")
    }
    try require(
      PercentEncoding.unescaped(PercentEncoding.escaped(text)) == text, "escapes do not undo")
    if let time = Milliseconds(parsing: text) {
      try require(
        Milliseconds(parsing: time.timecode()) == time, "\(time.rawValue) ms do not read back")
    }
    if let secret = Secret(text) {
      try require("\(secret)" == "(secret)", "a secret shows")
    }
    _ = UploadFormat.acceptance(of: text)
  }
}
