internal import ScriptModel

/// Ids that follow from content, so that every replica makes the same.
enum DerivedID {
  static func line(
    script: Script.ID, after previous: Line.ID?, text: String, occurrence: Int
  ) -> Line.ID {
    var digest = ContentDigest(subject: "line")
    digest.add(script)
    digest.add(textOf: previous)
    digest.add(text)
    digest.add(String(occurrence))
    return digest.identifier()
  }

  static func speaker(script: Script.ID, name: String) -> Speaker.ID {
    var digest = ContentDigest(subject: "speaker")
    digest.add(script)
    digest.add(name)
    return digest.identifier()
  }
}

/// A hash over fields that can't run into each other, cut to sixteen bytes.
struct ContentDigest {
  private var bytes: [UInt8] = []

  init(subject: String) {
    bytes.reserveCapacity(256)
    add(subject)
  }

  mutating func add<Entity>(_ id: Identifier<Entity>) {
    for word in [id.high, id.low] {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
  }

  /// Adds a text with its length in front; `nil` differs from the empty text.
  mutating func add(_ text: String?) {
    guard let text else {
      bytes.append(0)
      return
    }
    addLength(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  /// Adds the canonical text of an id, as the text would be added.
  mutating func add<Entity>(textOf id: Identifier<Entity>?) {
    guard let text = id?.canonicalText else { return add(nil as String?) }
    addLength(text.count)
    for index in text.indices { bytes.append(text[index]) }
  }

  private mutating func addLength(_ count: Int) {
    bytes.append(1)
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: count >> shift))
    }
  }

  consuming func identifier<Entity>() -> Identifier<Entity> {
    let digest = SHA256.digest(of: bytes)
    var (high, low): (UInt64, UInt64) = (0, 0)
    for index in 0..<8 {
      high = high << 8 | UInt64(digest[index])
      low = low << 8 | UInt64(digest[index + 8])
    }
    return Identifier(high: high, low: low)
  }
}

extension DerivedID {
  /// The id of a second line that carries an id which another line of its script has.
  static func copy(of id: Line.ID, text: String, place: Int) -> Line.ID {
    var digest = ContentDigest(subject: "copy")
    digest.add(id)
    digest.add(text)
    digest.add(String(place))
    return digest.identifier()
  }
}
