package import ScriptModel

/// A person's file as far as an upload needs to know it.
package enum MediaFile {
  /// The size of a regular file in bytes; `nil` for anything else.
  package static func size(of path: String) -> Int64? { Platform.size(of: path) }

  /// SHA-256 (32 bytes) and size of a file; `nil` where it can't be read.
  package static func digest(of path: String) -> (sha256: [UInt8], byteCount: Int64)? {
    Platform.digest(of: path)
  }

  /// What a file holds, by its name's ending.
  package static func kind(of name: String) -> Media.Kind { MediaKind.of(name: name) }
}
