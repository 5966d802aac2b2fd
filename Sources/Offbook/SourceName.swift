/// What the name of a file gives: a label and a title, never a path.
enum SourceName {
  private static let longestTitle = 200

  /// The last part of a path.
  static func label(of path: String) -> String {
    if path == "-" { return "standard input" }
    return path.split(separator: "/").last.map { cleaned($0) } ?? path
  }

  /// A title that a person could have written: the file's own, else its name without extension.
  static func title(_ own: String, elseOf path: String) -> String {
    let title = cleaned(own[...])
    if !title.isEmpty { return title }
    if path == "-" { return "Untitled" }
    let label = label(of: path)
    let stem = label.lastIndex(of: ".").flatMap { dot in
      dot > label.startIndex ? label[..<dot] : nil
    }
    let name = cleaned(stem ?? label[...])
    return name.isEmpty ? "Untitled" : name
  }

  /// Makes control characters blanks, runs of blanks one, and what is too long shorter.
  private static func cleaned(_ text: Substring) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl =
        scalar.properties.generalCategory == .control || scalar == "\u{2028}"
        || scalar == "\u{2029}"
      let next: Unicode.Scalar = isControl ? " " : scalar
      if next == " ", scalars.last == " " || scalars.isEmpty { continue }
      scalars.append(next)
    }
    if scalars.last == " " { scalars.removeLast() }
    let whole = String(scalars)
    return whole.count <= longestTitle ? whole : String(whole.prefix(longestTitle - 1)) + "…"
  }
}
