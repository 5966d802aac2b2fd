import BackendSimulator
import JSONText
import ScriptModel
import Testing

private func generated(_ visitor: Visitor) throws -> (path: String, entry: JSONValue) {
  _ = try visitor.say("Turn this script into a 30-second video")
  let entry = try #require(visitor.state()["generated_media"]?[0])
  let address = try #require(entry["url"]?.string)
  return (String(address.dropFirst("http://127.0.0.1:\(visitor.port)".count)), entry)
}

/// A `Range`, and the part of 200,000 bytes that is the answer to it.
private let ranges: [(String, Int, Range<Int>?)] = [
  ("bytes=0-0", 206, 0..<1), ("bytes=100-199", 206, 100..<200),
  ("bytes=65530-65550", 206, 65530..<65551), ("bytes=199999-", 206, 199_999..<200_000),
  ("bytes=-5", 206, 199_995..<200_000), ("bytes=100-9999999", 206, 100..<200_000),
  ("bytes=200000-", 416, nil), ("bytes=-0", 416, nil), ("bytes=5-2", 200, 0..<200_000),
  ("lines=1-2", 200, 0..<200_000),
]

@Test(arguments: ranges)
func partsOfMediaAreServed(header: String, status: Int, part: Range<Int>?) throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let (path, _) = try generated(visitor)
  let whole = try visitor.request("GET", path)
  let answer = try visitor.request("GET", path, headers: ["Range: \(header)"])
  #expect(answer.status == status && answer.isWhole)
  if let part {
    #expect(answer.body == Array(whole.body[part]))
    if status == 206 {
      #expect(
        answer["Content-Range"] == "bytes \(part.lowerBound)-\(part.upperBound - 1)/200000")
    }
  } else {
    #expect(answer["Content-Range"] == "bytes */200000")
  }
}

@Test func aMediumHasTheHashThatTheStateTells() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let (path, entry) = try generated(visitor)
  let whole = try visitor.request("GET", path)
  let hash = SHA256.digest(of: whole.body).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
  #expect(entry["hash"]?.string == hash.joined())
  #expect(entry["size"]?.integer == 200_000)
  let head = try visitor.request("HEAD", path)
  #expect(head.status == 200 && head["Content-Length"] == "200000" && head.isWhole)
  let other = try visitor.request(
    "GET", path, headers: ["Range: bytes=5-9", "If-Range: \"other\""])
  #expect(other.status == 200)
  let validator = try #require(whole["ETag"])
  let same = try visitor.request(
    "GET", path, headers: ["Range: bytes=5-9", "If-Range: \(validator)"])
  #expect(same.status == 206)
  simulator.add(Fault(.media, .corrupt))
  #expect(try visitor.request("GET", path).body != whole.body)
}

@Test func mediaMayBeOnAnotherHost() throws {
  let simulator = try Simulator(quickOptions { $0.media.isElsewhere = true })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  _ = try visitor.say("Generate a video")
  let address = try visitor.state()["generated_media"]?[0]?["url"]?.string
  #expect(address?.hasPrefix("http://localhost:\(simulator.port)/media/") == true)
  simulator.change {
    $0.media.isElsewhere = false
    $0.media.redirects = true
  }
  let (path, _) = try generated(visitor)
  let answer = try visitor.request("GET", path)
  #expect(answer.status == 302)
  #expect(answer["Location"]?.hasPrefix("http://localhost:\(simulator.port)/media/") == true)
}

@Test(arguments: MediaOptions.Names.allCases)
func hostileNamesAreToldAsTheyAre(names: MediaOptions.Names) throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  simulator.add(Fault(.message, .name(names)))
  let (path, entry) = try generated(visitor)
  let name = try #require(entry["name"]?.string)
  #expect(
    (names == .plain) == (name.hasPrefix("video_") && name.hasSuffix(".mp4") && name.count == 14))
  #expect(try visitor.request("GET", path).status == 200)
}
