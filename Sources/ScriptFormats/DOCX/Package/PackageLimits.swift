/// How much a package may hold before it is taken for an attack rather than a document.
enum PackageLimits {
  /// The most entries of a package: documents of 10,000 pictures do not occur.
  static let entryCount: Int64 = 20_000
  /// The most bytes of one unpacked part: some 20,000 pages.
  static let partSize: UInt64 = 1 << 29
  /// The size from which the ratio counts; a small part may be as repetitive as it likes.
  static let ratioThreshold: UInt64 = 16 << 20
  /// Unpacked to packed size: real parts have 5 to 60, deflate's end is 1,032.
  static let ratio: UInt64 = 300
  /// The most elements inside each other; Word writes fewer than 200.
  static let elementDepth = 50_000
  /// The most paragraphs: some 50,000 pages.
  static let paragraphCount = 1_000_000
  /// The most bytes of text.
  static let textSize = 1 << 28

  /// Whether a part of these sizes in bytes is refused.
  static func isBomb(size: UInt64, packedSize: UInt64) -> Bool {
    if size > partSize { return true }
    guard size > ratioThreshold else { return false }
    return size / max(packedSize, 1) > ratio
  }
}
