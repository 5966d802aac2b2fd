/// Changes of both sides that overlap or touch, so that they have to be looked at together.
struct HunkCluster {
  /// The stretch of the base that they cover.
  var base: Range<Int>
  var ours: [Hunk] = []
  var theirs: [Hunk] = []

  /// Whether no two changes overlap, and no two insert at one place.
  var onlyTouches: Bool {
    for mine in ours {
      for other in theirs {
        if mine.isInsertion && other.isInsertion && mine.old == other.old { return false }
        let start = max(mine.old.lowerBound, other.old.lowerBound)
        let end = min(mine.old.upperBound, other.old.upperBound)
        if start < end { return false }
        if start == end, isInside(start, mine.old) || isInside(start, other.old) { return false }
      }
    }
    return true
  }

  /// Whether nothing new comes in.
  var isOnlyDeletion: Bool { (ours + theirs).allSatisfy(\.isDeletion) }

  /// The places of the base where a change of one side touches one of the other.
  func junctions() -> [Int] {
    var places: [Int] = []
    for mine in ours {
      for other in theirs {
        if mine.old.upperBound == other.old.lowerBound { places.append(mine.old.upperBound) }
        if other.old.upperBound == mine.old.lowerBound { places.append(mine.old.lowerBound) }
      }
    }
    return places
  }

  /// All changes in the order of their places.
  func inOrder() -> [(hunk: Hunk, isOurs: Bool)] {
    let all = ours.map { ($0, true) } + theirs.map { ($0, false) }
    return all.sorted { left, right in
      (left.0.old.lowerBound, left.0.old.upperBound) < (
        right.0.old.lowerBound, right.0.old.upperBound
      )
    }
  }

  private func isInside(_ place: Int, _ range: Range<Int>) -> Bool {
    range.lowerBound < place && place < range.upperBound
  }
}

/// Goes through the changes of two sides and gives the clusters in order.
struct HunkClusters {
  private let ours: [Hunk]
  private let theirs: [Hunk]
  private var ourIndex = 0
  private var theirIndex = 0

  init(ours: [Hunk], theirs: [Hunk]) {
    self.ours = ours
    self.theirs = theirs
  }

  mutating func next() -> HunkCluster? {
    let ourStart = ourIndex < ours.count ? ours[ourIndex].old.lowerBound : Int.max
    let theirStart = theirIndex < theirs.count ? theirs[theirIndex].old.lowerBound : Int.max
    let start = min(ourStart, theirStart)
    guard start < Int.max else { return nil }
    var cluster = HunkCluster(base: start..<start)
    var grows = true
    while grows {
      grows = false
      if ourIndex < ours.count, ours[ourIndex].old.lowerBound <= cluster.base.upperBound {
        cluster.ours.append(ours[ourIndex])
        cluster.base = start..<max(cluster.base.upperBound, ours[ourIndex].old.upperBound)
        ourIndex += 1
        grows = true
      }
      if theirIndex < theirs.count, theirs[theirIndex].old.lowerBound <= cluster.base.upperBound {
        cluster.theirs.append(theirs[theirIndex])
        cluster.base = start..<max(cluster.base.upperBound, theirs[theirIndex].old.upperBound)
        theirIndex += 1
        grows = true
      }
    }
    return cluster
  }
}
