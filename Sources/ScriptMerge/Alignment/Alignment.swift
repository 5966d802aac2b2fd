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
    var lines = AlignmentBase(base, expecting: document.entries.count)
    return identify(document, against: &lines, capabilities: capabilities)
  }

  /// Turns one of several documents of the same base into a script.
  package static func identify(
    _ document: ScriptDocument, against base: inout AlignmentBase,
    capabilities: DocumentCapabilities = DocumentCapabilities()
  ) -> Script {
    var table = TokenTable()
    let matcher = LineMatcher(
      document: document, base: &base, capabilities: capabilities, table: &table)
    var identified = IdentifiedDocument(
      document: document, base: base.script, capabilities: capabilities, table: table)
    return identified.script(from: matcher.matches)
  }
}

/// The lines of a base, read once for all the documents that are aligned with it.
package struct AlignmentBase {
  let script: Script
  /// Whole texts have numbers of their own: a text of one word is not that word.
  var texts: TokenTable
  private var features: [Bool: LineFeatures] = [:]

  /// Takes a base.
  ///
  /// - Parameter count: how many lines the documents have, as far as is known.
  package init(_ script: Script, expecting count: Int = 0) {
    self.script = script
    texts = TokenTable(expecting: script.lines.count + count)
  }

  /// What the lines look like in a format with or without markup.
  mutating func features(markup: Bool) -> LineFeatures {
    if let known = features[markup] { return known }
    let made = LineFeatures(of: script, markup: markup, in: &texts)
    features[markup] = made
    return made
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
