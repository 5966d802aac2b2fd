internal import ScriptModel

/// Makes conflicts whose ids are the same on every replica and for both sides.
enum ConflictRecord {
  /// Names a conflict by its place, the base, and the two values without their order.
  static func make(
    script: Script.ID, line: Line.ID, field: Conflict.Field, base: String?, ours: String?,
    theirs: String?
  ) -> Conflict {
    var digest = ContentDigest(subject: "conflict")
    digest.add(script)
    digest.add(line)
    digest.add(field.rawValue)
    digest.add(base)
    let isOursFirst = !Self.precedes(theirs, ours)
    digest.add(isOursFirst ? ours : theirs)
    digest.add(isOursFirst ? theirs : ours)
    return Conflict(
      id: digest.identifier(), scriptID: script, lineID: line, field: field, base: base, ours: ours,
      theirs: theirs)
  }

  /// Whether a value comes before another in the order of their bytes; none comes first.
  static func precedes(_ left: String?, _ right: String?) -> Bool {
    guard let right else { return false }
    guard let left else { return true }
    return precedesInBytes(left, right)
  }
}

extension KeptSide {
  /// Which side's value the script keeps.
  func choice(ours: String?, theirs: String?) -> Side {
    switch self {
    case .ours: .ours
    case .canonical: ConflictRecord.precedes(ours, theirs) ? .theirs : .ours
    }
  }
}
