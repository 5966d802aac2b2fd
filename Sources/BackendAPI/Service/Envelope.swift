internal import JSONText

/// An answer that is no refusal: its document, and what is told in it.
struct Envelope {
  /// The whole document.
  let document: JSONValue
  /// What stands in `data`; the whole document where there is no such member.
  let data: JSONValue?
  private let status: Int

  /// Reads an answer.
  ///
  /// - Throws: `ServiceError`: what the service refused, or `unreadable` for no JSON at all.
  init(_ response: HTTPResponse) throws(ServiceError) {
    status = response.head.status
    guard (200...299).contains(status) else { throw ServiceError(reading: response) }
    do { document = try JSONValue(parsing: response.body) } catch {
      throw ServiceError(.unreadable, number: status, detail: "the answer is no JSON")
    }
    if let refusal = ServiceError(in: document, of: response.head) { throw refusal }
    if document.object == nil, document.array == nil {
      throw ServiceError(.unreadable, number: status, detail: "the answer is no object")
    }
    data = document["data"].flatMap { $0 == .null ? nil : $0 }
  }

  /// Reads an answer of a path that names a session.
  ///
  /// - Throws: `ServiceError`, with `sessionExpired` where there is nothing at that path.
  init(ofSession response: HTTPResponse) throws(ServiceError) {
    do throws(ServiceError) { try self.init(response) } catch { throw error.ofSession }
  }

  /// The first of these members inside `data`, else outside it.
  func field(_ names: String...) -> JSONValue? { field(names) }

  private func field(_ names: [String]) -> JSONValue? {
    data?.first(names) ?? document.first(names)
  }

  /// The text of the first of these members that has one.
  func text(_ names: String...) -> String? { field(names)?.fieldText }

  /// An answer that succeeded and does not hold what it should.
  func unreadable(_ reason: String) -> ServiceError {
    ServiceError(
      .unreadable, number: status, detail: "the answer can't be used: \(reason)")
  }
}
