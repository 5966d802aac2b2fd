/// The rules for names of media, which come from files and from the service.
enum MediaLabel {
  /// The most characters that a label has.
  static let longest = 200

  /// Makes a label that is safe to show and is no path: one row, no separators, no hidden marks.
  static func cleaned(_ name: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      if scalar == "/" || scalar == "\\" {
        scalars.append("_")
      } else if isHidden(scalar) {
        scalars.append(" ")
      } else {
        scalars.append(scalar)
      }
    }
    let words = String(scalars).split(separator: " ", omittingEmptySubsequences: true)
    let label = String(words.joined(separator: " ").prefix(longest))
    return label.isEmpty || label.allSatisfy { $0 == "." } ? "media" : label
  }

  /// Whether a character ends a row, steers a terminal, or turns the direction of what follows.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
    default:
      [0x200E, 0x200F, 0x061C, 0xFEFF].contains(scalar.value)
        || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }
  }
}
