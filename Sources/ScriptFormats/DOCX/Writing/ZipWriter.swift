import CZip

/// Packs parts into a zip archive, the same parts always into the same bytes.
package enum ZipWriter {
  /// Packs parts in their order, all dated 1980-01-01.
  ///
  /// - Throws: `FormatError` where libzip is missing or memory runs out.
  package static func pack(_ parts: [(name: String, bytes: [UInt8])]) throws(FormatError) -> [UInt8]
  {
    if let problem = offbook_zip_unavailable() {
      throw FormatError(.unsupported, "Can't write a DOCX: \(String(cString: problem))")
    }
    guard let zip = offbook_zip_create() else { throw failure }
    defer { offbook_zip_close(zip) }
    // libzip reads the bytes when the archive is finished: they stay here until then.
    let buffers = parts.map { part in
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: part.bytes.count, alignment: 1)
      part.bytes.withUnsafeBytes { buffer.copyMemory(from: $0) }
      return buffer
    }
    defer { for buffer in buffers { buffer.deallocate() } }
    for (part, buffer) in Swift.zip(parts, buffers) {
      let count = UInt64(buffer.count)
      if offbook_zip_add(zip, part.name, buffer.baseAddress, count) != 0 { throw failure }
    }
    let size = offbook_zip_finish(zip)
    guard size >= 0 else { throw failure }
    let result = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
      count = Int(max(0, offbook_zip_take(zip, buffer.baseAddress, UInt64(size))))
    }
    guard result.count == Int(size) else { throw failure }
    return result
  }

  private static let failure = FormatError(
    .tooLarge, "The DOCX could not be packed: there is not enough memory")
}
