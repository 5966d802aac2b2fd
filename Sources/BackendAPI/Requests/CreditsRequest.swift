package import ScriptModel

/// Reads the balance.
package struct CreditsRequest: ServiceRequest {
  /// Creates the request.
  package init() {}

  /// Makes the request.
  package func httpRequest(_ configuration: ServiceConfiguration) -> HTTPRequest {
    configuration.request(.get, .credits)
  }

  /// Reads the balance; of the three numbers one may be missing.
  package func answer(_ response: HTTPResponse) throws(ServiceError) -> Credits {
    let envelope = try Envelope(response)
    let available = envelope.field("available")?.clampedNumber
    let total = envelope.field("total")?.clampedNumber
    let frozen = envelope.field("frozen")?.clampedNumber
    guard let anchor = available ?? total else {
      throw envelope.unreadable("it holds no balance")
    }
    let set = frozen ?? (total.map { max(0, $0 - anchor) } ?? 0)
    return Credits(
      available: available ?? max(0, anchor - set), frozen: set, total: total ?? anchor + set)
  }
}
