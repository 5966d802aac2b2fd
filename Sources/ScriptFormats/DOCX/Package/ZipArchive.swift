import CZip
import ScriptModel

/// An open zip archive over bytes in memory, its directory read.
///
/// Used by the one call that reads a document; the bytes must outlive it.
final class ZipArchive {
  /// Why an archive can't be opened.
  enum OpenFailure: Error {
    case unavailable(String)
    case noDirectory
    case tooManyEntries
    case noMemory
  }

  private let handle: OpaquePointer
  /// Entry numbers by the part's name: lower-case, without a leading slash.
  private var indices: [String: UInt64] = [:]
  /// The names that occur more than once: the first entry of a name is the one that counts.
  private(set) var duplicates: [String] = []

  /// Opens an archive in a buffer that outlives it.
  init(_ bytes: UnsafeRawBufferPointer) throws(OpenFailure) {
    if let problem = offbook_zip_unavailable() {
      throw .unavailable(String(cString: problem))
    }
    var error: Int32 = 0
    guard let handle = offbook_zip_open(bytes.baseAddress, UInt64(bytes.count), &error) else {
      throw error == Int32(OFFBOOK_ZIP_MEMORY) ? .noMemory : .noDirectory
    }
    self.handle = handle
    let count = offbook_zip_count(handle)
    guard count <= PackageLimits.entryCount else { throw .tooManyEntries }
    for index in 0..<UInt64(max(count, 0)) {
      guard let name = offbook_zip_name(handle, index) else { continue }
      let key = Self.key(String(cString: name))
      if indices[key] == nil { indices[key] = index } else { duplicates.append(key) }
    }
  }

  deinit { offbook_zip_close(handle) }

  /// Part names are compared without case (ECMA-376-2, 6.2.2); some zippers write backslashes.
  static func key(_ name: String) -> String {
    let slashes = name.contains("\\") ? String(name.map { $0 == "\\" ? "/" : $0 }) : name
    return String(slashes.drop { $0 == "/" }).lowercased()
  }

  /// The number of different names.
  var entryCount: Int { indices.count }

  /// Whether there is an entry of this name.
  func contains(_ name: String) -> Bool { indices[Self.key(name)] != nil }

  /// The keys of the entries, in no order.
  var names: some Collection<String> { indices.keys }

  /// What the directory says of an entry; `nil` where there is none.
  func entry(_ name: String) -> offbook_zip_entry? {
    guard let index = indices[Self.key(name)] else { return nil }
    var entry = offbook_zip_entry()
    return offbook_zip_describe(handle, index, &entry) == 0 ? nil : entry
  }

  /// Whether any entry is a bomb by its own account, or any is encrypted.
  func declaredDangers() -> (hasBomb: Bool, isEncrypted: Bool) {
    var result = (hasBomb: false, isEncrypted: false)
    for index in indices.values {
      var entry = offbook_zip_entry()
      guard offbook_zip_describe(handle, index, &entry) != 0 else { continue }
      if entry.encrypted != 0 { result.isEncrypted = true }
      if PackageLimits.isBomb(size: entry.size, packedSize: entry.compressed_size),
        entry.size > 8 * PackageLimits.ratioThreshold
      {
        result.hasBomb = true
      }
    }
    return result
  }

  /// How the reading of a stream ended.
  enum StreamEnd: Equatable {
    case complete, missing, damaged, checksum, encrypted, unknownCompression, bomb
    /// The receiver wanted no more.
    case stopped
  }

  /// Unpacks an entry in chunks of 64 KiB, each handed to `receive` until that returns `false`.
  func stream(_ name: String, into receive: (UnsafeRawBufferPointer) -> Bool) -> StreamEnd {
    guard let index = indices[Self.key(name)] else { return .missing }
    let packedSize = entry(name)?.compressed_size ?? 0
    // A size that is told is refused at once, one that is lied about when it is reached.
    if PackageLimits.isBomb(size: entry(name)?.size ?? 0, packedSize: packedSize) { return .bomb }
    var error: Int32 = 0
    guard let stream = offbook_zip_stream_open(handle, index, &error) else {
      return Self.streamEnd(error)
    }
    defer { offbook_zip_stream_close(stream) }
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { chunk.deallocate() }
    var total: UInt64 = 0
    while true {
      let count = offbook_zip_read(stream, chunk.baseAddress, UInt64(chunk.count), &error)
      if count < 0 { return Self.streamEnd(error) }
      if count == 0 { return .complete }
      total += UInt64(count)
      if PackageLimits.isBomb(size: total, packedSize: packedSize) { return .bomb }
      if !receive(UnsafeRawBufferPointer(rebasing: chunk[..<Int(count)])) { return .stopped }
    }
  }

  private static func streamEnd(_ code: Int32) -> StreamEnd {
    switch code {
    case Int32(OFFBOOK_ZIP_CHECKSUM): .checksum
    case Int32(OFFBOOK_ZIP_ENCRYPTED): .encrypted
    case Int32(OFFBOOK_ZIP_METHOD): .unknownCompression
    default: .damaged
    }
  }
}
