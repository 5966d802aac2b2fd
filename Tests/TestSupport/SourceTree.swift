#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The project's own source files, for tests of its structure.
package enum SourceTree {
  /// The paths of all files below a folder of the package, relative to the package, in byte order.
  package static func files(below folder: String, ending: String) -> [String] {
    var found: [String] = []
    var pending = [folder]
    while let current = pending.popLast() {
      guard let handle = opendir(Corpora.packageRoot + "/" + current) else { continue }
      defer { closedir(handle) }
      while let entry = readdir(handle) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name.hasPrefix(".") { continue }
        let path = current + "/" + name
        if entry.pointee.d_type == UInt8(DT_DIR) {
          pending.append(path)
        } else if name.hasSuffix(ending) {
          found.append(path)
        }
      }
    }
    return found.sorted()
  }

  /// The rows of a file of the package; none where it can't be read.
  package static func rows(of path: String) -> [String] {
    let bytes = TestFile.read(Corpora.packageRoot + "/" + path) ?? []
    return String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
