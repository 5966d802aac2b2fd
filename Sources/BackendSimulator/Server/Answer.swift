/// An answer of the server, with what is to go wrong while it is sent.
struct Answer: Sendable {
  /// What stands in the body.
  enum Body: Sendable {
    case bytes([UInt8])
    /// Pieces with pauses between them; the length is not told beforehand.
    case stream(EventStream)
    /// A part of a medium.
    case media(MediaContent, Range<Int64>)
  }

  /// What goes wrong in the body.
  struct Trouble: Sendable {
    /// The connection ends after so many bytes.
    var cut: Int64?
    /// Whether a cut is a reset and no orderly end.
    var isReset = false
    /// Nothing is sent for `stallMilliseconds` after so many bytes.
    var stall: Int64?
    var stallMilliseconds = 0
    /// Bytes a write, with a pause after each; 0 for as many as fit.
    var bytesPerWrite = 0
    var pauseMilliseconds = 0
    /// What is added to the true length in `Content-Length`.
    var lengthError: Int64 = 0
    /// Whether one byte in the middle is another than it should be.
    var isCorrupt = false
  }

  var status: Int
  var headers: [(name: String, value: String)] = []
  var body: Body
  var trouble = Trouble()
  /// Whether the end of the connection is the end of the body, instead of a last chunk.
  var endsWithConnection = false

  /// Creates an answer of bytes.
  init(status: Int = 200, contentType: String, bytes: [UInt8]) {
    self.status = status
    headers = [("Content-Type", contentType)]
    body = .bytes(bytes)
  }

  /// Creates an answer of any body.
  init(status: Int = 200, contentType: String, body: Body) {
    self.status = status
    headers = [("Content-Type", contentType)]
    self.body = body
  }

  /// The length of the body in bytes; `nil` where it is not told beforehand.
  var length: Int64? {
    switch body {
    case .bytes(let bytes): Int64(bytes.count)
    case .stream: nil
    case .media(_, let range): Int64(range.count)
    }
  }
}
