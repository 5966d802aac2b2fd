/// The names that labels of one text hold, each once, with how often it occurs.
struct NameTable {
  /// What is known of a name.
  struct Name {
    var text: String
    var start: Int
    var end: Int
    var count: Int
    /// Whether it keeps the limits of a label.
    var isShort: Bool
    var traits: SpeakerName.Traits
  }

  private(set) var names: [Name] = []
  private var slots: [Int32]

  init() { slots = Array(repeating: -1, count: 64) }

  /// Finds a name by its bytes, adding it where it is new, and counts it.
  mutating func intern(
    _ bytes: [UInt8], _ start: Int, _ end: Int, isShort: Bool, counting: Int = 1
  ) -> Int {
    var slot = Int(truncatingIfNeeded: Self.hash(bytes, start, end)) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      let known = names[index].start..<names[index].end
      if DocumentComparison.sameText(bytes.span, known, bytes.span, start..<end) {
        names[index].count += counting
        return index
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    names.append(
      Name(
        text: text, start: start, end: end, count: counting, isShort: isShort,
        traits: SpeakerName.traits(of: text)))
    slots[slot] = Int32(truncatingIfNeeded: names.count - 1)
    if names.count * 2 > slots.count { grow(bytes) }
    return names.count - 1
  }

  private mutating func grow(_ bytes: [UInt8]) {
    slots = Array(repeating: -1, count: slots.count * 4)
    for (index, name) in names.enumerated() {
      var slot = Int(truncatingIfNeeded: Self.hash(bytes, name.start, name.end))
      slot &= slots.count - 1
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(truncatingIfNeeded: index)
    }
  }

  private static func hash(_ bytes: [UInt8], _ start: Int, _ end: Int) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for position in start..<end { hash = (hash ^ UInt64(bytes[position])) &* 0x100_0000_01B3 }
    return hash ^ (hash >> 29)
  }
}
