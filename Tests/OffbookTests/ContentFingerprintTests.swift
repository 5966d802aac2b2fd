import Testing

@testable import Offbook

/// What xxHash gives itself: fingerprints are kept in workspaces, so they must never change.
@Test(arguments: [
  ([UInt8](), "99aa06d3014798d86001c324468d497f"),
  (Array("offbook".utf8), "75bd54be9efcb74cb52d2b63b778339d"),
  ((0..<1000).map { UInt8($0 % 251) }, "18bf41bc8229e27733ef703fb2b20ed1"),
])
func fingerprintsAreThoseOfXXH3(bytes: [UInt8], expected: String) {
  let text = ContentFingerprint.of(bytes).map { byte in
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
  #expect(text.joined() == expected)
}
