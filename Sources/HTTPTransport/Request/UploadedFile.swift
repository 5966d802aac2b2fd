/// A file that is read while it is sent, as many bytes of it as it had when it was opened.
///
/// Belongs to the loop's thread.
final class UploadedFile {
  /// Why a file can't be sent.
  struct Problem: Error, Hashable {
    var text: String
  }

  /// The size in bytes, as it was when the file was opened.
  let size: Int64
  /// What went wrong while it was read.
  private(set) var problem: Problem?
  private let name: String
  private let descriptor: Int32
  private var position: Int64 = 0

  /// Opens a file.
  init(path: String) throws(Problem) {
    name = String(path.split(separator: "/").last ?? "")
    switch Platform.openToRead(path) {
    case .failed(let number):
      throw Problem(text: "'\(name)' can't be read: \(Platform.reason(number))")
    case .descriptor(let descriptor):
      guard let size = Platform.size(of: descriptor) else {
        Platform.closeFile(descriptor)
        throw Problem(text: "'\(name)' can't be sent: it is no file")
      }
      self.descriptor = descriptor
      self.size = size
    }
  }

  deinit { Platform.closeFile(descriptor) }

  /// Fills a buffer with the next bytes: their number, 0 at the end, or `nil` with a `problem`.
  func read(into bytes: UnsafeMutableRawBufferPointer) -> Int? {
    let wanted = Int(min(Int64(bytes.count), size - position))
    if wanted <= 0 { return 0 }
    let part = UnsafeMutableRawBufferPointer(rebasing: bytes[..<wanted])
    let count = Platform.read(descriptor, into: part, at: position)
    if count <= 0 {
      problem = Problem(
        text: count < 0
          ? "'\(name)' could not be read on while it was sent"
          : "'\(name)' became shorter while it was sent: send it again")
      return nil
    }
    position += Int64(count)
    return count
  }

  /// Goes to a place in the file; `false` where it has none such.
  func seek(to place: Int64) -> Bool {
    guard (0...size).contains(place) else { return false }
    position = place
    return true
  }
}
