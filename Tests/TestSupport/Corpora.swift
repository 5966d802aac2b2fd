#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The real files beside the project, which tests read where they are and pass over where not.
package enum Corpora {
  /// The folder that holds `Package.swift`.
  package static let packageRoot: String = {
    let file = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return file.dropLast(3).joined(separator: "/")
  }()

  /// The folder of the corpora, or `nil` where it is missing.
  package static let folder: String? = {
    let path = packageRoot + "/../shared/corpora"
    return access(path, R_OK) == 0 ? path : nil
  }()

  /// The names of the files in a folder of the corpora in byte order; none where it is missing.
  package static func files(in subfolder: String) -> [String] {
    guard let folder, let handle = opendir(folder + "/" + subfolder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The bytes of a file of the corpora; `nil` where it is missing.
  package static func bytes(of path: String) -> [UInt8]? {
    guard let folder else { return nil }
    return TestFile.read(folder + "/" + path)
  }
}

/// Whole files, for tests.
package enum TestFile {
  /// The bytes of a file; `nil` where it can't be read.
  package static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  /// Writes a file, replacing what was there; `false` where it can't be written.
  @discardableResult
  package static func write(_ bytes: [UInt8], to path: String) -> Bool {
    guard let file = fopen(path, "wb") else { return false }
    defer { fclose(file) }
    return fwrite(bytes, 1, bytes.count, file) == bytes.count
  }

  /// Makes a file of so many zero bytes that take no room; `false` where it can't be made.
  package static func makeHole(_ count: Int, at path: String) -> Bool {
    write([], to: path) && truncate(path, count) == 0
  }
}

/// A folder of a test's own that goes when it goes.
package final class TemporaryFolder: Sendable {
  /// The absolute path.
  package let path: String

  /// Makes the folder under `TMPDIR`.
  package init() {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((base + "/offbook-test-XXXXXX").utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, let made = mkdtemp(start) else { return base }
      return String(cString: made)
    }
  }

  deinit {
    guard path.contains("offbook-test-") else { return }
    Self.removeTree(path)
  }

  private static func removeTree(_ path: String) {
    if let handle = opendir(path) {
      var names: [String] = []
      while let entry = readdir(handle) {
        names.append(
          withUnsafeBytes(of: entry.pointee.d_name) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
          })
      }
      closedir(handle)
      chmod(path, 0o700)
      for name in names where name != "." && name != ".." { removeEntry(path + "/" + name) }
    }
    remove(path)
  }

  private static func removeEntry(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR { removeTree(path) } else { remove(path) }
  }
}
