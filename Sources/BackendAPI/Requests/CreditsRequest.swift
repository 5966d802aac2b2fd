package import ScriptModel

/// Reads the balance.
package struct CreditsRequest: ServiceRequest {
  /// No balance is believed beyond this: sums and differences of believed ones fit their type.
  private static let largest = 1_000_000_000_000

  /// Creates the request.
  package init() {}

  /// Makes the request.
  package func httpRequest(_ configuration: ServiceConfiguration) -> HTTPRequest {
    configuration.request(.get, .credits)
  }

  /// Reads the balance; of the three numbers one may be missing.
  package func answer(_ response: HTTPResponse) throws(ServiceError) -> Credits {
    let envelope = try Envelope(response)
    func number(_ name: String) -> Int? {
      envelope.field(name)?.clampedNumber.map { max(-Self.largest, min($0, Self.largest)) }
    }
    let available = number("available")
    let total = number("total")
    let frozen = number("frozen")
    guard let anchor = available ?? total else {
      throw envelope.unreadable("it holds no balance")
    }
    let set = frozen ?? (total.map { max(0, $0 - anchor) } ?? 0)
    return Credits(
      available: available ?? max(0, anchor - set), frozen: set, total: total ?? anchor + set)
  }
}
