import SQLiteKit

/// One field of one row, before and after: what undo and old revisions are made of.
struct ChangeRow {
  let field: Field
  let subject: Int64
  /// Of a text: how many bytes in front are the same before and after.
  let prefix: Int?
  /// Of a text: what stood between that and the common end, as `TextMiddle` or `TextHunks`.
  let before: Binding
  let after: Binding

  init(field: Field, subject: Int64, before: Binding, after: Binding) {
    self.field = field
    self.subject = subject
    if field == .text, case .text(let old) = before, case .text(let new) = after {
      let middle = TextMiddle(from: old, to: new)
      prefix = middle.prefix
      let hunks = TextHunks(middle)
      self.before = hunks.map { .blob($0.before) } ?? .text(middle.before)
      self.after = hunks.map { .blob($0.after) } ?? .text(middle.after)
    } else {
      prefix = nil
      self.before = before
      self.after = after
    }
  }

  /// Reads `field, subject, prefix, before, after`.
  init(_ row: Row) throws {
    guard let field = Field(rawValue: row.integer(0)) else {
      throw StoreError.inconsistent("a change in the history is of an unknown field")
    }
    self.field = field
    subject = row.integer(1)
    prefix = row.optionalInteger(2).map { Int(clamping: $0) }
    before = row.binding(3)
    after = row.binding(4)
  }

  private init(reversing change: ChangeRow) {
    field = change.field
    subject = change.subject
    prefix = change.prefix
    before = change.after
    after = change.before
  }

  /// The change that takes this one back.
  var reversed: ChangeRow { ChangeRow(reversing: self) }

  /// The value before the change, given the value after it.
  func earlierValue(now: Binding) throws -> Binding {
    guard field == .text else { return before }
    guard case .text(let text) = now, let prefix, let result = earlierText(now: text, prefix) else {
      throw StoreError.inconsistent("the history of a line does not fit its text")
    }
    return .text(result)
  }

  /// A text is kept as its one middle, or as the pieces of several hunks, which are blobs.
  private func earlierText(now text: String, _ prefix: Int) -> String? {
    switch (before, after) {
    case (.text(let old), .text(let new)):
      TextMiddle(prefix: prefix, before: old, after: new).undone(in: text)
    case (.blob(let old), .blob(let new)):
      TextHunks(prefix: prefix, before: old, after: new)?.undone(in: text)
    default: nil
    }
  }

  static let insert = """
    INSERT INTO change (script, sequence, ordinal, field, subject, prefix, before, after)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """

  static let query = """
    SELECT field, subject, prefix, before, after FROM change
    WHERE script = ? AND sequence = ? ORDER BY ordinal DESC
    """

  static let queryAfter = """
    SELECT field, subject, prefix, before, after FROM change
    WHERE script = ? AND sequence > ? ORDER BY sequence DESC, ordinal DESC
    """
}

/// A changed text as its common beginning and what differs, cut between whole characters.
struct TextMiddle: Hashable {
  let prefix: Int
  let before: String
  let after: String

  init(prefix: Int, before: String, after: String) {
    self.prefix = prefix
    self.before = before
    self.after = after
  }

  init(from old: String, to new: String) {
    let old = Array(old.utf8)
    let new = Array(new.utf8)
    let limit = min(old.count, new.count)
    var front = 0
    while front < limit, old[front] == new[front] { front += 1 }
    while front > 0, isContinuation(old, front) || isContinuation(new, front) { front -= 1 }
    var back = 0
    while back < limit - front, old[old.count - 1 - back] == new[new.count - 1 - back] { back += 1 }
    while back > 0, isContinuation(old, old.count - back) || isContinuation(new, new.count - back) {
      back -= 1
    }
    prefix = front
    before = String(decoding: old[front..<(old.count - back)], as: UTF8.self)
    after = String(decoding: new[front..<(new.count - back)], as: UTF8.self)
  }

  /// Puts what stood before back; `nil` where the text is not the one after the change.
  func undone(in text: String) -> String? {
    let bytes = Array(text.utf8)
    let middle = Array(after.utf8)
    guard prefix >= 0, prefix <= bytes.count, middle.count <= bytes.count - prefix,
      bytes[prefix..<(prefix + middle.count)].elementsEqual(middle)
    else { return nil }
    return String(
      decoding: bytes[..<prefix] + Array(before.utf8) + bytes[(prefix + middle.count)...],
      as: UTF8.self)
  }
}

private func isContinuation(_ bytes: [UInt8], _ index: Int) -> Bool {
  index < bytes.count && bytes[index] & 0xC0 == 0x80
}
