/// The words that a changed line lost and those that came in, read from where its texts differ.
struct WordChange {
  /// The words that are gone, in ascending numbers.
  let lost: [Int32]
  /// The words that came in, in ascending numbers.
  let extra: [Int32]

  init(from old: String, to new: String, in table: inout TokenTable) {
    let (before, after) = (old.utf8.span, new.utf8.span)
    let (start, end) = Self.commonEnds(before, after)
    let oldBag = WordBag.of(before.extracting(start..<(before.count - end)), in: &table)
    let newBag = WordBag.of(after.extracting(start..<(after.count - end)), in: &table)
    lost = WordBag.difference(oldBag, newBag)
    extra = WordBag.difference(newBag, oldBag)
  }

  /// How many bytes two texts begin and end with alike, up to a blank: so that no word is cut.
  private static func commonEnds(
    _ old: Span<UInt8>, _ new: Span<UInt8>
  ) -> (start: Int, end: Int) {
    let blank = UInt8(ascii: " ")
    let shorter = min(old.count, new.count)
    var (start, end, index) = (0, 0, 0)
    while index < shorter, old[index] == new[index] {
      index += 1
      if old[index - 1] == blank { start = index }
    }
    index = 0
    while index < shorter - start, old[old.count - 1 - index] == new[new.count - 1 - index] {
      index += 1
      if old[old.count - index] == blank { end = index }
    }
    return (start, end)
  }
}

/// Finds which of several bags of words has most of another's.
struct WordPlaces {
  /// The words of each place.
  var words: [Int: [Int32]] = [:]
  private var placesOfWord: [Int32: [Int]] = [:]
  private let isWanted: [Bool]

  /// Words that are at more places than this say nothing.
  private static let mostPlaces = 8

  /// Prepares to be asked for some bags: other words are not looked at.
  init(for bags: some Sequence<[Int32]>, among table: TokenTable) {
    var isWanted = [Bool](repeating: false, count: table.count)
    for bag in bags {
      for word in bag { isWanted[Int(word)] = true }
    }
    self.isWanted = isWanted
  }

  mutating func add(_ place: Int, _ bag: [Int32]) {
    var isIn = false
    for word in bag where Int(word) < isWanted.count && isWanted[Int(word)] {
      isIn = true
      if placesOfWord[word]?.count ?? 0 < Self.mostPlaces {
        placesOfWord[word, default: []].append(place)
      }
    }
    if isIn { words[place] = bag }
  }

  /// The place with most of the words, the first of several; `nil` where none has any.
  func best(for bag: [Int32]) -> Int? {
    var best: (place: Int, common: Int)?
    for word in bag {
      for place in placesOfWord[word] ?? [] where best?.place != place {
        let common = WordBag.common(words[place] ?? [], bag)
        guard common > 0 else { continue }
        if let best, (common, -place) <= (best.common, -best.place) { continue }
        best = (place, common)
      }
    }
    return best?.place
  }
}
