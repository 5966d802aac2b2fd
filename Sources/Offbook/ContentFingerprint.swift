internal import CXXHash

/// By what a file is known again that left the workspace and comes back unchanged.
enum ContentFingerprint {
  /// The 16 bytes of the XXH3 hash of a file (xxHash, 128 bits).
  ///
  /// SHA-256 took a third of the time of an export. A file that somebody makes to have the fingerprint
  /// of another is merged against that one's revision, as if it had been named with `--base`.
  static func of(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 16) { hash, count in
      if let hash = hash.baseAddress { offbook_xxh3(bytes, bytes.count, hash) }
      count = 16
    }
  }
}
