import BackendAPI

/// The file that a download is written to; it stays untouched until an answer brings its bytes.
///
/// Belongs to the loop's thread, and at the end to the one that flushes it: never to two at once.
final class DownloadedFile: @unchecked Sendable {
  // No lock: the loop hands it over through the start of the flushing thread.

  /// Why bytes can't be kept.
  struct Problem: Error, Hashable {
    var code: TransportError.Code
    var text: String
  }

  /// How many bytes of the file are there.
  private(set) var position: Int64 = 0
  /// The size of the whole file; `nil` where the server does not tell.
  private(set) var whole: Int64?
  private let path: String
  private let name: String
  private let offset: Int64
  private var end: Int64?
  private var descriptor: Int32 = -1

  /// Prepares a download that goes on at an offset; opens nothing.
  ///
  /// - Throws: `Problem` where the file is shorter than its offset.
  init(path: String, offset: Int64) throws(Problem) {
    self.path = path
    self.offset = max(offset, 0)
    name = String(path.split(separator: "/").last ?? "")
    if self.offset > 0, (Platform.size(of: path) ?? 0) < self.offset {
      throw Problem(code: .fileProblem, text: "'\(name)' is shorter than what was kept of it")
    }
  }

  deinit { if descriptor >= 0 { Platform.closeFile(descriptor) } }

  /// Whether the body of an answer belongs into the file.
  static func wantsBody(of head: HTTPHead) -> Bool {
    (200...299).contains(head.status) && head.status != 204 && head.status != 205
  }

  /// Opens the file for the body of an answer: at the offset for a 206, else from its beginning.
  func begin(_ head: HTTPHead) throws(Problem) {
    if head.status == 206 {
      guard let range = head.value(of: "Content-Range").flatMap(ContentRange.init) else {
        throw Problem(code: .cut, text: "a part of a file came without saying which")
      }
      guard range.first == offset else {
        throw Problem(
          code: .cut, text: "byte \(range.first) came where byte \(offset) was asked for")
      }
      position = offset
      whole = range.whole
      end = range.last + 1
    } else {
      position = 0
      whole = head.contentLength
    }
    try open()
  }

  private func open() throws(Problem) {
    switch Platform.openToWrite(path) {
    case .failed(let number): throw problem(number)
    case .descriptor(let opened): descriptor = opened
    }
    guard let size = Platform.size(of: descriptor) else {
      throw Problem(code: .fileProblem, text: "'\(name)' can't be written: it is no file")
    }
    guard size >= position else {
      throw Problem(code: .fileProblem, text: "'\(name)' became shorter while it was loaded")
    }
    let number = Platform.truncate(descriptor, to: position)
    if number != 0 { throw problem(number) }
  }

  /// Appends bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws(Problem) {
    if let end, Int64(bytes.count) > end - position {
      throw Problem(code: .cut, text: "more bytes came than the answer's range has")
    }
    let number = Platform.write(bytes, to: descriptor, at: position)
    if number != 0 { throw problem(number) }
    position += Int64(bytes.count)
  }

  /// Checks that everything came that was announced, and waits until it is on the disk.
  func finish() throws(Problem) {
    if position != end ?? position {
      throw Problem(code: .cut, text: "the answer ended before its range did")
    }
    if let whole, position < whole {
      throw Problem(code: .cut, text: "\(position) of \(whole) bytes came")
    }
    let number = Platform.flush(descriptor)
    if number != 0 { throw problem(number) }
  }

  private func problem(_ number: Int32) -> Problem {
    Problem(code: .fileProblem, text: "'\(name)' can't be written: \(Platform.reason(number))")
  }
}
