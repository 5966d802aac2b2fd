/// What of a medium is asked for (RFC 9110, 14).
enum ByteRange: Hashable, Sendable {
  case whole
  case part(Range<Int64>)
  case unsatisfiable

  /// Reads `Range`, if the validator of `If-Range` still holds; what can't be read asks for all.
  init(_ header: String?, ifRange: String?, validator: String, length: Int64) {
    self = .whole
    guard let header, header.hasPrefix("bytes="), ifRange == nil || ifRange == validator else {
      return
    }
    let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2 else { return }
    if ends[0].isEmpty {
      guard let count = Int64(ends[1]), count >= 0 else { return }
      self = count == 0 || length == 0 ? .unsatisfiable : .part(max(0, length - count)..<length)
      return
    }
    guard let first = Int64(ends[0]), first >= 0 else { return }
    var last = length - 1
    if !ends[1].isEmpty {
      guard let wanted = Int64(ends[1]), wanted >= first else { return }
      last = min(last, wanted)
    }
    self = first >= length ? .unsatisfiable : .part(first..<last + 1)
  }
}
