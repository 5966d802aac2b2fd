/// What carries requests: libcurl in the product, a table of answers in tests.
package protocol HTTPTransporting: Sendable {
  /// Begins an exchange; nothing leaves before the first `next()` of the result.
  func begin(_ request: HTTPRequest) -> HTTPExchange
}

/// A request on its way: events are pulled one by one, and the network waits while nobody pulls.
package struct HTTPExchange: Sendable {
  /// Waits for the next event; `nil` after the whole answer.
  ///
  /// - Throws: `TransportError`; a cancelled task ends the exchange with `cancelled`.
  package let next: @Sendable () async throws(TransportError) -> HTTPEvent?
  /// Ends the exchange at once; done more than once, and after the end, it does nothing.
  package let cancel: @Sendable () -> Void

  /// Creates an exchange from its two functions.
  package init(
    next: @escaping @Sendable () async throws(TransportError) -> HTTPEvent?,
    cancel: @escaping @Sendable () -> Void
  ) {
    self.next = next
    self.cancel = cancel
  }
}

/// What happens in an exchange, in this order: `sent` counts, `head`, then pieces or counts.
package enum HTTPEvent: Sendable {
  /// So many bytes of the body were handed to the connection, of so many.
  case sent(Int64, of: Int64?)
  /// The final answer's status and headers; redirects that were followed and 1xx are not told.
  case head(HTTPHead)
  /// Bytes of the body.
  case bytes([UInt8])
  /// So many bytes of the file are there, of so many.
  case received(Int64, of: Int64?)
}

/// The head of an answer.
package struct HTTPHead: Sendable {
  /// The status code.
  package var status: Int
  /// The headers in order.
  package var headers: [HTTPHeader]

  /// Creates a head from its parts.
  package init(status: Int, headers: [HTTPHeader]) {
    self.status = status
    self.headers = headers
  }

  /// The value of the first header of a name, whatever its case.
  package func value(of name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// A whole answer in memory.
package struct HTTPResponse: Sendable {
  /// Status and headers.
  package var head: HTTPHead
  /// The body.
  package var body: [UInt8]

  /// Creates a response from its parts.
  package init(head: HTTPHead, body: [UInt8]) {
    self.head = head
    self.body = body
  }
}
