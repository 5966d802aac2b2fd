package import ScriptModel

/// Gives the lines of a side that has no ids the ids of the lines that they are.
package enum Alignment {
  /// Turns a document into a script whose lines carry the ids of the base where they are its lines.
  ///
  /// New lines get ids that follow from the script, the neighbour and the text, so that every
  /// replica gives the same. What the format can't hold is taken from the base.
  package static func identify(
    _ document: ScriptDocument, against base: Script,
    capabilities: DocumentCapabilities = DocumentCapabilities()
  ) -> Script {
    var table = TokenTable()
    let matcher = LineMatcher(
      document: document, base: base, capabilities: capabilities, table: &table)
    var identified = IdentifiedDocument(
      document: document, base: base, capabilities: capabilities, table: table)
    return identified.script(from: matcher.matches)
  }
}

/// What an entry of a document is to the lines of the base.
struct LineMatch: Equatable {
  /// The base line whose id the entry takes; -1 for a new line.
  var base: Int32 = -1
  /// For a new line: the base line that it was split off; -1 where there is none.
  var splitFrom: Int32 = -1
  /// Further base lines, behind `base`, that were joined into it.
  var joinedCount: Int32 = 0

  static let new = LineMatch()
}
