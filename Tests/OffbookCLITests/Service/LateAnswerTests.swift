import BackendSimulator
import JSONText
import TestSupport
import Testing

/// Answers that are lost, cut or of no use: told, with a way to ask again.
@Suite struct LateAnswers {
  private static let odd = ["extract", "talk.mp4", "--prompt", "Hello there"]
  /// An answer in prose, in the place of that of the simulator.
  private static let prose =
    "body,text=data: " + #"{"type":"text","content":"Good morning.\n\nHow are you?"}"# + "\n\n"

  @Test func aReplyWithoutAScriptIsToldWithItsIntent() throws {
    let stage = try ServiceProcess()
    try stage.add(["message#1x2:" + Self.prose])
    let (document, status) = try stage.document(Self.odd)
    #expect(status == 3)
    let id = try #require(document["data"]?["intentId"]?.string)
    #expect(document["data"]?["scriptId"] == .null && document["data"]?["reply"]?.string != nil)
    let warnings = (document["warnings"]?.array ?? []).compactMap(\.string)
    #expect(warnings.contains { $0.contains("held no script") && $0.contains("retry \(id)") })
    let run = stage.run(["intents", "retry", id])
    #expect(run.status == 0, "\(run.errors)")
    let again = stage.run("sync")
    #expect(again.status == 3, "\(again.errors)")
    #expect(again.errors.contains("The reply held no script."), "\(again.errors)")
    #expect(again.errors.contains("'offbook say --log -p Scripts' shows it"), "\(again.errors)")
    #expect(stage.messages.count == 2 && stage.count(.upload) == 1)
  }

  @Test func aLostAnswerOfAnExtractionIsToldAndCanBeAskedForAgain() throws {
    let stage = try ServiceProcess()
    try stage.add(["message#1:cut-after-body,work=done", "message#2:" + Self.prose])
    let (document, status) = try stage.document(Self.odd)
    #expect(status == 3)
    #expect(document["data"]?["state"]?.string == "done" && document["data"]?["reply"] == .null)
    let warnings = (document["warnings"]?.array ?? []).compactMap(\.string)
    #expect(warnings.contains { $0.contains("No script came of it") && $0.contains("retry") })
    let id = try #require(document["data"]?["intentId"]?.string)
    #expect(stage.run("intents retry \(id)").status == 0)
    #expect(stage.run("sync").errors.contains("held no script"))
    #expect(stage.messages.count == 2)
  }

  @Test func theWordsThatCameBeforeACutStay() throws {
    let stage = try ServiceProcess { $0.events.splitting = .event }
    #expect(stage.run("extract talk.mp4").status == 0)
    let before = stage.run("say --log").output
    try stage.add(["message#1:cut-answer,at=1200"])
    stage.run(["say", "Give me a full written script from this video with speaker labels."])
    let log = stage.run("say --log").output
    #expect(log.hasPrefix(before) && log.contains("The connection was lost here"), "\(log)")
    let kinds = log.dropFirst(before.count).split(separator: "\n").count { $0.hasSuffix("Agent") }
    #expect(kinds == 1, "\(log)")
  }

  @Test func noReplyShowsTheToken() throws {
    let token = "nmv_usr_0123456789abcdef"
    let stage = try ServiceProcess(token: token)
    #expect(stage.run("extract talk.mp4").status == 0)
    let answer = #"data: {"type":"text","content":"It is 0123456789abcdef, \#(token)."}"#
    try stage.add(["message#1:body,text=\(answer)\n\n"])
    let run = stage.run(["say", "Who am I?"])
    #expect(run.output == "It is (secret), (secret).\n", "\(run.output)")
    let log = stage.run("say --log")
    #expect(log.output.contains("It is (secret), (secret)."))
    let stored = ["workspace.sqlite", "workspace.sqlite-wal"].compactMap {
      TestFile.read(stage.folder.path + "/data/offbook/" + $0)
    }
    for bytes in stored {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("0123456789abcdef"))
    }
  }
}
