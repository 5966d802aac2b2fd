import BackendSimulator
import JSONText
import ScriptModel
import TestSupport
import Testing

/// Bytes that hold beginnings of boundaries.
private let trickyContent: [UInt8] =
  Array("\r\n--front\r\n--frontie\r\r\n--".utf8) + (0..<5000).map { UInt8(truncatingIfNeeded: $0) }
  + Array("\r\n--frontie".utf8)

@Test(arguments: [nil, 1, 7, 64, 1000])
func anUploadIsReadInWhateverPiecesItComes(piece: Int?) throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let answer = try visitor.exchange(
    visitor.upload(trickyContent, name: "a%22b.mp4"), piece: piece)
  let file = try #require(answer.json["data"]?["files"]?[0])
  #expect(file["filename"]?.string == "a\"b.mp4")
  #expect(file["size"]?.integer == Int64(trickyContent.count))
  let hash = SHA256.digest(of: trickyContent).map { byte in
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }.joined()
  #expect(file["hash"]?.string == hash)
  #expect(try visitor.state()["video_infos"]?[0]?["hash"]?.string == hash)
}

@Test func uploadsAreKeptInAFolderOnRequest() throws {
  let folder = TemporaryFolder()
  let simulator = try Simulator(quickOptions { $0.media.uploadFolder = folder.path })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  _ = try visitor.exchange(visitor.upload(trickyContent, name: "../../talk.mp4"))
  let number = try #require(simulator.log.last?.number)
  #expect(TestFile.read("\(folder.path)/upload-\(number)-1") == trickyContent)
}

@Test func whatIsNotAcceptedHasACode() throws {
  let simulator = try Simulator(
    quickOptions {
      $0.media.acceptsTexts = false
      $0.media.mostUploadBytes = 100
    })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  #expect(try visitor.exchange(visitor.upload([1], name: "a.exe")).code == 4001)
  #expect(try visitor.exchange(visitor.upload([1], name: "a.srt")).code == 4001)
  #expect(
    try visitor.exchange(visitor.upload([UInt8](repeating: 1, count: 101), name: "a.mp4")).code
      == 4002)
  #expect(try visitor.exchange(visitor.upload([1], name: "a.mp4", field: "file")).status == 422)
  var cut = visitor.upload([1], name: "a.mp4")
  cut.replaceSubrange((cut.count - 6)..., with: Array("xxxxxx".utf8))
  #expect(try visitor.exchange(cut).status == 422)
  #expect(simulator.uploads().isEmpty)
}

@Test func addressesAreUploadedAsFiles() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let answer = try visitor.request(
    "POST", "/api/upload-video/nemo_agent/me/\(visitor.session)",
    json:
      #"{"urls":["https://example.com/a/talk.mov?x=1","https://example.com/watch"],"source_type":"url"}"#
  )
  let names = answer.json["data"]?["files"]?.array?.compactMap { $0["filename"]?.string }
  #expect(names == ["talk.mov", "watch.mp4"])
}
