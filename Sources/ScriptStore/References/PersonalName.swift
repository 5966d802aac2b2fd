/// The rules for titles and names that people give.
enum PersonalName {
  /// The most characters that a title or name may have.
  static let longest = 500

  /// Trims a title or name and checks it.
  static func checked(_ name: String, what: String) throws(StoreError) -> String {
    let scalars = name.unicodeScalars
    let first = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.endIndex
    var end = scalars.endIndex
    while end > first, scalars[scalars.index(before: end)].properties.isWhitespace {
      end = scalars.index(before: end)
    }
    let trimmed = String(scalars[first..<end])
    if trimmed.isEmpty { throw StoreError(.invalidValue, "\(what) can't be empty") }
    if trimmed.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      throw StoreError(
        .invalidValue, "\(what) can't have control characters such as tabs and line ends in it")
    }
    if trimmed.count > longest {
      throw StoreError(
        .invalidValue, "\(what) has \(trimmed.count) characters; at most \(longest) are possible",
        fix: "Shorten it.")
    }
    return trimmed
  }

  /// Makes the best of a title that a file gives itself; `nil` where nothing is left.
  static func usable(_ title: String) -> String? {
    var scalars = String.UnicodeScalarView()
    for scalar in title.unicodeScalars {
      scalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    // Why it can't be a title does not matter: the file's name is taken instead.
    return try? checked(String(String(scalars).prefix(longest)), what: "A title")
  }

  /// The name that is most like a given one; `nil` where none is alike.
  static func nearest(to name: String, among names: [String]) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars.prefix(80))
    guard !wanted.isEmpty else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in names.prefix(5000) {
      let scalars = Array(candidate.lowercased().unicodeScalars.prefix(80))
      let limit = max(1, max(wanted.count, scalars.count) / 3)
      if abs(wanted.count - scalars.count) > limit { continue }
      let distance = editDistance(wanted, scalars)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// The advice to give where a name was not found.
  static func advice(for name: String, among names: [String]) -> String? {
    nearest(to: name, among: names).map { "Did you mean '\($0)'?" }
  }

  private static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var previous = Array(0...right.count)
    for (row, scalar) in left.enumerated() {
      var current = [row + 1]
      current.reserveCapacity(previous.count)
      for column in right.indices {
        let substitution = previous[column] + (scalar == right[column] ? 0 : 1)
        current.append(min(substitution, previous[column + 1] + 1, current[column] + 1))
      }
      previous = current
    }
    return previous[right.count]
  }
}
