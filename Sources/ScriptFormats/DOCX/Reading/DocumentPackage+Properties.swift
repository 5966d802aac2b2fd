import ScriptModel

/// The names of the custom properties that our own exports carry.
enum OwnProperty {
  /// There in every export: the version of its form.
  static let export = "Offbook Export"
  static let script = "Offbook Script"
  static let project = "Offbook Project"
  static let revision = "Offbook Revision"
  static let kind = "Offbook Kind"
  static let date = "Offbook Date"
  static let media = "Offbook Media"
  static let duration = "Offbook Duration"
}

extension DocumentPackage {
  /// Reads what the document says of itself; damage to it is no damage to the text.
  func readProperties(into text: inout DocumentText) {
    let root = RelationshipsReader(of: "")
    _ = archive.read("_rels/.rels", into: root)
    let reader = PropertiesReader()
    let kinds = ["core-properties", "custom-properties", "customProperties"]
    for part in root.relationships where kinds.contains(part.kind) {
      _ = archive.read(part.target, into: reader)
    }
    if let title = reader.title?.trimmingBlanks(), !title.isEmpty { text.metadata.title = title }
    if let language = reader.language?.trimmingBlanks(), !language.isEmpty {
      text.metadata.language = language
    }
    let custom = reader.custom
    // A script without lines has no bookmark to tell it by.
    let hasBody = text.paragraphs.contains { !$0.text.isEmpty && $0.role != .title }
    if custom[OwnProperty.export] != nil, !hasBody { text.isOwnExport = true }
    text.metadata.scriptID = custom[OwnProperty.script].flatMap { Script.ID($0) }
    text.metadata.projectID = custom[OwnProperty.project].flatMap { Project.ID($0) }
    text.metadata.revision = custom[OwnProperty.revision].flatMap { Int($0) }
    text.metadata.kind = custom[OwnProperty.kind].flatMap { Script.Kind(rawValue: $0) }
    text.metadata.date = custom[OwnProperty.date]
    text.metadata.media = custom[OwnProperty.media]
    text.metadata.duration = custom[OwnProperty.duration].flatMap { Int64($0) }
      .map { Milliseconds($0) }
  }
}

extension DocumentText {
  /// How many paragraphs hold text.
  var filledParagraphCount: Int { paragraphs.count { !$0.text.isEmpty } }

  /// Adds a finding about the whole file.
  mutating func note(_ severity: Finding.Severity, _ code: String, _ message: String) {
    findings.append(Finding(severity: severity, code: code, message: message))
  }

  /// Says how many tracked changes were taken as accepted.
  mutating func noteTrackedChanges() {
    guard insertions + deletions + moves > 0 else { return }
    note(
      .note, "tracked-changes",
      "The document has tracked changes, read as accepted: \(insertions) insertions in, "
        + "\(deletions) deletions out, \(moves) moves")
  }
}
