import ScriptModel
import ScriptStore
import Testing

private let lines = [
  "Anna: The naïve cat sat down", "Ben: A cathedral of cats", "Anna: 今天天气很好", "Ben: 天气预报app",
  "Anna: 東京タワー", "Ben: 안녕하세요 여러분", "Anna: ไปไหนมา", "Ben: <b>Bold</b> move, Don't",
  "Anna: say \"quoted\" words AND more", "Ben: 前半<i>天</i>気", "Anna: Ünïcode ÉTUDE",
]

@Test(
  arguments: [
    ("cat", [1]), ("cat*", [1, 2]), ("CAT", [1]), ("naive", [1]), ("NAÏVE", [1]),
    ("cat naive", [1]),
    ("naive cathedral", []), ("\"cat sat\"", [1]), ("\"sat cat\"", []), ("\"cat sa\"*", [1]),
    ("天", [3, 4, 10]), ("天气", [3, 4]), ("天天气", [3]), ("气天", []), ("好", [3]), ("天气 app", [4]),
    ("app", [4]), ("ap*", [4]), ("天气预报app", [4]), ("天気", [10]), ("タワー", [5]), ("東京", [5]),
    ("녕하", [6]), ("여러분", [6]), ("ไหน", [7]), ("bold move", [8]), ("\"bold move\"", [8]), ("b", []),
    ("don't", [8]), ("AND", [9]), ("quoted", [9]), ("etude", [11]), ("unicode étude", [11]),
    ("OR", []), ("", []), ("*", []), ("\"", []), ("\"\"", []), ("(", []), ("a:b NEAR(", []),
    ("^cat", [1]), ("-cat", [1]), ("text:cat", []), ("\"cat", [1]), ("cat\"", [1]), ("🎉", []),
    ("c\u{0}at", [1]), ("{cat}", [1]), ("cat + sat", [1]), ("。", []), ("天*", [3, 4, 10]),
  ] as [(String, [Int])])
func aQueryFindsJustTheLinesThatHoldAllOfIt(query: String, numbers: [Int]) throws {
  let fixture = try StoreFixture()
  _ = try fixture.script(lines)
  #expect(try fixture.store.search(query).map(\.number) == numbers, "query \(query)")
}

@Test(
  arguments: [
    ("naive", 1, ["naïve"]), ("cat* cathedral", 2, ["cathedral", "cats"]), ("bold", 8, ["Bold"]),
    ("\"bold move\"", 8, ["Bold</b> move"]), ("天气", 3, ["天气"]), ("天気", 10, ["天</i>気"]),
    ("APP 天", 4, ["天", "app"]),
  ] as [(String, Int, [String])])
func matchesAreWhereTheWordsStand(query: String, number: Int, words: [String]) throws {
  let fixture = try StoreFixture()
  _ = try fixture.script(lines)
  let hit = try #require(try fixture.store.search(query).first { $0.number == number })
  let text = Array(hit.text.utf8)
  #expect(hit.matches.map { String(decoding: text[$0], as: UTF8.self) } == words)
}

@Test func searchKeepsToItsFilters() throws {
  let fixture = try StoreFixture()
  let first = try fixture.script(["Anna: tea", "Ben: tea", "Anna: tea"])
  let project = try fixture.store.createProject(named: "Other")
  _ = try fixture.store.createScript(titled: "Empty", in: project.id)
  #expect(try fixture.store.search("tea", speaker: "anna").map(\.number) == [1, 3])
  #expect(try fixture.store.search("tea", limit: 2).map(\.number) == [1, 2])
  #expect(try fixture.store.search("tea", in: project.id).isEmpty)
  #expect(try fixture.store.search("tea", in: first.projectID).count == 3)
  #expect(try fixture.store.search("tea", limit: 0).isEmpty)
}

@Test func theIndexFollowsEveryEdit() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["alpha", "天气", "gamma"]).id
  let ids = try fixture.ids(id)
  _ = try fixture.store.setLine(ids[0], in: id, text: "beta 東京")
  _ = try fixture.store.deleteLines([ids[1]], in: id)
  #expect(try fixture.store.search("alpha").isEmpty)
  #expect(try fixture.store.search("天气").isEmpty)
  #expect(try fixture.store.search("beta").count == 1)
  #expect(try fixture.store.search("東京").count == 1)
  _ = try fixture.store.undo(id)
  #expect(try fixture.store.search("天").count == 1)
  let project = try fixture.store.script(id).projectID
  try fixture.store.deleteProject(project)
  #expect(try fixture.store.search("gamma").isEmpty)
  #expect(try fixture.store.projects().isEmpty)
  try fixture.expectHealthy()
}
