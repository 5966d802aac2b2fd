import SQLiteKit
import ScriptModel

/// Things of one kind that people call by id, by unique id prefix or by name.
struct NamedRows<Entity> {
  /// One of them.
  struct Candidate {
    let row: Int64
    let id: Identifier<Entity>
    let name: String
  }

  /// What they are called in messages, such as `script`.
  let what: String
  /// `id, uuid, name` of all that are in question, with an `AND` clause to be appended.
  let query: String
  let values: [Binding]
  let nameColumn: String
  let connection: Connection

  /// Finds the one that a reference means.
  func find(_ reference: String) throws -> Candidate {
    if let id = Identifier<Entity>(reference), reference.utf8.count >= 32 {
      if let found = try select("AND uuid = ?", [id.binding]).first { return found }
    }
    if let found = try only(select("AND \(nameColumn) = ?", [.text(reference)]), reference) {
      return found
    }
    if let range = IdentifierPrefix(reference),
      let found = try only(
        select("AND uuid BETWEEN ? AND ?", [.blob(range.lowest), .blob(range.highest)]), reference)
    {
      return found
    }
    let all = try select("", [])
    let folded = reference.lowercased()
    if let found = try only(all.filter { $0.name.lowercased() == folded }, reference) {
      return found
    }
    // A speaker is listed by project, which the person names or not.
    let list = [
      "project": "'offbook project list' lists them.", "script": "'offbook list' lists them.",
    ]
    throw StoreError.notFound(
      what, reference,
      fix: PersonalName.advice(for: reference, among: all.map(\.name)) ?? list[what])
  }

  private func only(_ found: [Candidate], _ reference: String) throws -> Candidate? {
    guard found.count > 1 else { return found.first }
    let shown = found.prefix(5).map { "'\($0.name)' (\($0.id))" }.joined(separator: ", ")
    let more = found.count > 5 ? " and \(found.count - 5) more" : ""
    throw StoreError(
      .ambiguous, "'\(reference)' could be any of \(found.count) \(what)s: \(shown)\(more)",
      fix: "Give the id, or enough of its beginning.")
  }

  private func select(_ clause: String, _ more: [Binding]) throws -> [Candidate] {
    var found: [Candidate] = []
    try connection.forEach("\(query) \(clause) ORDER BY id", values + more) { row in
      found.append(Candidate(row: row.integer(0), id: row.identifier(1), name: row.text(2)))
    }
    return found
  }
}

/// The beginning of an identifier's text, as the range of identifiers that begin so.
struct IdentifierPrefix {
  let lowest: [UInt8]
  let highest: [UInt8]

  /// The fewest hexadecimal digits that name anything.
  static let shortest = 4

  /// Reads 4 to 32 hexadecimal digits with hyphens between them; `nil` for anything else.
  init?(_ text: String) {
    var digits: [UInt8] = []
    for character in text where character != "-" {
      guard character.isASCII, let value = character.hexDigitValue else { return nil }
      digits.append(UInt8(value))
    }
    guard (Self.shortest...32).contains(digits.count) else { return nil }
    func bytes(filledWith filler: UInt8) -> [UInt8] {
      let all = digits + [UInt8](repeating: filler, count: 32 - digits.count)
      return (0..<16).map { all[$0 * 2] << 4 | all[$0 * 2 + 1] }
    }
    lowest = bytes(filledWith: 0)
    highest = bytes(filledWith: 15)
  }
}
