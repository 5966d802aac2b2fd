#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import ScriptModel

/// The files of an upload, counted and hashed as they come; only small texts are kept.
final class UploadBody: BodyReceiving, MultipartReceiving {
  /// A file that came.
  struct File {
    var name: String
    var byteCount: Int64 = 0
    var hash: String?
    var text: [UInt8]?
    var keptPath: String?
  }

  /// The longest text that is kept.
  private static let longestText = 32 << 20

  private(set) var files: [File] = []
  /// A field that is not `files`.
  private(set) var otherField: String?
  private var reader: MultipartReader
  private let isHashing: Bool
  private let folder: String?
  private let number: Int
  private var current: File?
  private var hash = SHA256()
  private var output: UnsafeMutablePointer<FILE>?

  /// - Parameter number: the request's, for the names of kept files.
  init?(contentType: String, options: MediaOptions, number: Int) {
    guard let reader = MultipartReader(contentType: contentType) else { return nil }
    self.reader = reader
    isHashing = options.hashesUploads
    folder = options.uploadFolder
    self.number = number
  }

  deinit { if let output { fclose(output) } }

  /// Whether all came, up to the closing boundary.
  var isWhole: Bool { reader.isDone }

  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    reader.read(bytes, into: self)
    return true
  }

  func part(field: String, fileName: String?) {
    guard field == "files", let fileName else {
      otherField = field
      return
    }
    var file = File(name: fileName)
    if UploadFormat.type(of: fileName, acceptsTexts: true) == "text" { file.text = [] }
    if let folder {
      let path = "\(folder)/upload-\(number)-\(files.count + 1)"
      output = fopen(path, "wb")
      file.keptPath = output == nil ? nil : path
    }
    current = file
    hash = SHA256()
  }

  func content(_ bytes: UnsafeRawBufferPointer) {
    guard var file = current else { return }
    current = nil
    file.byteCount += Int64(bytes.count)
    if isHashing { hash.update(bytes) }
    if let kept = file.text?.count {
      if kept + bytes.count <= Self.longestText {
        file.text?.append(contentsOf: bytes)
      } else {
        file.text = nil
      }
    }
    if let output { fwrite(bytes.baseAddress, 1, bytes.count, output) }
    current = file
  }

  func partEnds() {
    guard var file = current else { return }
    if isHashing { file.hash = Hexadecimal.text(hash.finalized()) }
    if let output { fclose(output) }
    output = nil
    files.append(file)
    current = nil
  }
}
