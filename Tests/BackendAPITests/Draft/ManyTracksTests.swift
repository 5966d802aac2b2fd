import BackendAPI
import JSONText
import TestSupport
import Testing

/// Drafts of very many tracks, as a hostile server may send them.
struct ManyTracksTests {
  private func draft(_ count: Int, names: (Int) -> String) throws -> Draft {
    let tracks = (0..<count).map { number in
      #"{"tt":7,"m":{"title":"\#(names(number))"},"sg":[{"text":"a","s":0,"d":9},{"text":"b"}]}"#
    }
    return Draft(try JSONValue(parsing: Array(#"{"t":[\#(tracks.joined(separator: ","))]}"#.utf8)))
  }

  private func seconds(_ count: Int, names: (Int) -> String) throws -> Double {
    let before = try draft(count, names: names)
    let after = try draft(count) { names($0 + 1) }
    return ProcessorTime.seconds {
      #expect(before.keyedScriptTracks().count == count)
      #expect(before.scriptTracks.count == count)
      _ = DraftChanges.sentences(from: before, to: after)
      #expect(before.track(withKey: "none") == nil)
      _ = TrackSummary.line(after)
    }
  }

  /// Eight times the tracks take about eight times as long, and not sixty-four times.
  @Test func timeGrowsWithTheNumberOfTracks() throws {
    for names in [{ "Track \($0)" }, { _ in "Captions" }] as [(Int) -> String] {
      let small = try (0..<3).map { _ in try seconds(1000, names: names) }.min() ?? 0
      let large = try (0..<2).map { _ in try seconds(8000, names: names) }.min() ?? 0
      #expect(large < small * 24, "\(small) s, \(large) s")
    }
  }

  @Test func keysAreWhatEachTrackAloneIsNamedBy() throws {
    let draft = try draft(6) { ["One", "Two", "One", "#4", "Three", "Two"][$0] }
    #expect(draft.keyedTracks.map(\.key) == draft.tracks.map { draft.key(of: $0) })
    #expect(draft.keyedTracks.map(\.key) == ["#0", "#1", "#2", "#4", "Three", "#5"])
  }
}
