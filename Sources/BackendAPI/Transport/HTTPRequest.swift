package import ScriptModel

/// One HTTP request: what is sent, where the answer goes, and how long it may take.
package struct HTTPRequest: Sendable {
  /// The methods that the service knows.
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  /// What is sent after the head.
  package enum Body: Sendable {
    case none
    case bytes([UInt8], contentType: String)
    /// `multipart/form-data` (RFC 7578), its files streamed from disk.
    case multipart([Part])
  }

  /// A file of a multipart body.
  package struct Part: Sendable {
    /// The field's name.
    package var field: String
    /// The file's name as the service is to see it.
    package var fileName: String
    /// The media type.
    package var contentType: String
    /// Where its bytes are.
    package var content: Content

    /// Where the bytes of a part are.
    package enum Content: Sendable {
      /// An absolute path; the file is read while it is sent.
      case file(String)
      case bytes([UInt8])
    }

    /// Creates a part from its parts.
    package init(field: String, fileName: String, contentType: String, content: Content) {
      self.field = field
      self.fileName = fileName
      self.contentType = contentType
      self.content = content
    }
  }

  /// Where the body of a successful answer goes; that of a refusal always comes as bytes.
  package enum Destination: Sendable {
    /// Pieces as they come; more than `limit` bytes in all end the exchange with `tooLarge`.
    case pieces(limit: Int64)
    /// Written by the transport to a file, which is appended to where `offset` is not 0.
    ///
    /// With an offset the request has `Range` and, with a validator, `If-Range`; a 200 in answer
    /// begins the file anew. Pieces are not handed out, only `received` counts.
    case file(path: String, offset: Int64, validator: String?)
  }

  /// How long parts of an exchange may take, in milliseconds.
  package struct Timeouts: Sendable {
    /// From the start to a connection, TLS included.
    package var connect: Milliseconds
    /// Without a byte in either direction.
    package var stall: Milliseconds
    /// From the start to the end; `nil` for no limit.
    package var whole: Milliseconds?

    /// Creates timeouts from their parts.
    package init(connect: Milliseconds, stall: Milliseconds, whole: Milliseconds?) {
      self.connect = connect
      self.stall = stall
      self.whole = whole
    }
  }

  /// The method.
  package var method: Method
  /// The whole address; never holds a token.
  package var address: String
  /// Headers in order; values of `Authorization` are secrets.
  package var headers: [HTTPHeader]
  /// What is sent after the head.
  package var body: Body = .none
  /// Where the answer's body goes.
  package var destination: Destination = .pieces(limit: 16 << 20)
  /// How long it may take.
  package var timeouts = Timeouts(
    connect: Milliseconds(15_000), stall: Milliseconds(60_000), whole: Milliseconds(120_000))
  /// Whether redirects are followed (downloads only): https stays https, and credentials stay.
  package var followsRedirects = false
  /// Whether a connection of its own is made: no library may send this request a second time.
  package var usesFreshConnection = false

  /// Creates a request from what every one has.
  package init(_ method: Method, _ address: String, headers: [HTTPHeader] = []) {
    self.method = method
    self.address = address
    self.headers = headers
  }
}

/// A header field (RFC 9110, 5).
package struct HTTPHeader: Hashable, Sendable {
  /// The name; its case does not matter.
  package var name: String
  /// The value.
  package var value: String

  /// Creates a header field.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
