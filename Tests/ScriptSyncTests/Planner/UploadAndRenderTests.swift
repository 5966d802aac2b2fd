import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync
import Testing

private typealias Dialogue = PlannerDialogue

private let medium: Media.ID = Identifier(high: 4, low: 1)

private func refusal(_ code: ServiceError.Code) -> SyncOutcome {
  .failed(.service(ServiceError(code, number: 400)))
}

private func uploadAndExtraction() -> [IntentRecord] {
  var upload = Dialogue.record(.upload, number: 2)
  upload.intent.mediaID = medium
  var extraction = Dialogue.record(.message, .extract, number: 1)
  extraction.intent.mediaID = medium
  return [extraction, upload]
}

struct UploadAndRenderTests {
  @Test func aFileGoesBeforeTheExtractionThatNeedsIt() {
    var dialogue = Dialogue(Dialogue.snapshot(uploadAndExtraction()))
    dialogue.look()
    dialogue.expect("upload")
    dialogue.answer(.uploaded(UploadedFile(name: "talk.mp4")))
    #expect(dialogue.steps.suffix(2) == ["uploaded", "readCredits"])
  }

  @Test func aRefusedFileTakesItsExtractionAlong() {
    let intents = uploadAndExtraction()
    var dialogue = Dialogue(Dialogue.snapshot(intents))
    dialogue.look()
    dialogue.answer(refusal(.unsupportedFile))
    #expect(intents.allSatisfy { dialogue.state($0.intent.id) == .refused })
    dialogue.look()
    #expect(dialogue.outcome?.failures.map(\.reason) == [.refused, .refused])
    #expect(dialogue.outcome?.failures.last?.next.contains("m4a") == true)
  }

  @Test func anUploadInDoubtIsLookedForBeforeItIsRepeated() {
    let intents = uploadAndExtraction()
    let id = intents[1].intent.id
    for isThere in [true, false] {
      var dialogue = Dialogue(Dialogue.snapshot([intents[1]]))
      dialogue.look()
      dialogue.answer(
        .failed(.transport(TransportError(.cut, sent: .partly, "The connection was cut"))))
      #expect(dialogue.state(id) == .inDoubt)
      dialogue.answer(.waited)
      dialogue.expect("look")
      dialogue.answer(
        .looked(
          Look(fingerprint: Dialogue.before, uploads: isThere ? [id: UploadedFile()] : [:])))
      #expect(dialogue.state(id) == (isThere ? .done : .sending))
    }
  }

  @Test func aFileIsKnownByItsHashElseByNameAndSize() {
    let hash = String(repeating: "ab", count: 32)
    let file = UploadedFile(name: "\(hash.prefix(16))-talk.mp4", byteCount: 5)
    #expect(file.shows(sha256: hash, name: "talk.mp4", byteCount: 7))
    #expect(UploadedFile(hash: hash.uppercased()).shows(sha256: hash, name: "", byteCount: nil))
    let named = UploadedFile(name: "talk.mp4", byteCount: 5)
    #expect(named.shows(sha256: hash, name: "talk.mp4", byteCount: 5))
    #expect(!named.shows(sha256: hash, name: "talk.mp4", byteCount: 6))
    #expect(!named.shows(sha256: nil, name: "talk.mp4", byteCount: nil))
  }

  @Test func aRenderIsPolledAndItsFileBrought() {
    let id = Dialogue.record(.render).intent.id
    var dialogue = Dialogue(Dialogue.snapshot([Dialogue.record(.render)]))
    dialogue.look()
    dialogue.expect("startRender")
    #expect(dialogue.planner.snapshot.intents.first?.renderID == "render_\(id)")
    dialogue.answer(.renderAccepted)
    dialogue.expect("pollRender")
    dialogue.answer(.renderProgress(RenderProgress(state: .processing)))
    dialogue.expect("wait render 30000")
    dialogue.answer(.waited)
    dialogue.answer(.renderProgress(RenderProgress(state: .completed, address: "a")))
    dialogue.expect("downloadRender")
    dialogue.answer(.downloaded)
    #expect(dialogue.state(id) == .done)
    dialogue.expect("synced")
  }

  @Test func aFailedRenderIsTriedOnceMoreUnderANewID() {
    let id = Dialogue.record(.render).intent.id
    var dialogue = Dialogue(Dialogue.snapshot([Dialogue.record(.render)]))
    dialogue.look()
    dialogue.answer(.renderAccepted)
    dialogue.answer(.renderProgress(RenderProgress(state: .failed, detail: "no memory")))
    dialogue.look()
    dialogue.expect("startRender")
    #expect(dialogue.planner.snapshot.intents.first?.renderID == "render_\(id)-2")
    dialogue.answer(.renderAccepted)
    dialogue.answer(.renderProgress(RenderProgress(state: .failed)))
    #expect(dialogue.state(id) == .refused)
    dialogue.expect("partial")
  }

  @Test func aRenderInDoubtIsAskedForByItsID() {
    var record = Dialogue.record(.render)
    record.intent.state = .sending
    record.renderID = "render_1"
    for isKnown in [true, false] {
      var dialogue = Dialogue(Dialogue.snapshot([record]))
      dialogue.look()
      dialogue.expect("pollRender")
      if isKnown {
        dialogue.answer(.renderProgress(RenderProgress(state: .pending)))
        #expect(dialogue.state(record.intent.id) == .streaming)
      } else {
        dialogue.answer(refusal(.notFound))
        #expect(dialogue.state(record.intent.id) == .sending)
        dialogue.expect("startRender")
        #expect(dialogue.planner.snapshot.intents.first?.renderID == "render_1")
      }
    }
  }

  @Test func withoutWaitingARenderIsLeftAtWork() {
    var order = SyncOrder()
    order.waits = false
    var dialogue = Dialogue(Dialogue.snapshot([Dialogue.record(.render)]), order)
    dialogue.look()
    dialogue.answer(.renderAccepted)
    dialogue.answer(.renderProgress(RenderProgress(state: .pending)))
    dialogue.expect("synced")
    #expect(dialogue.state(Dialogue.record(.render).intent.id) == .streaming)
  }

  @Test func eachDownloadFailsAlone() {
    var snapshot = Dialogue.snapshot()
    snapshot.wantedMedia = (1...2).map {
      Media(
        id: Identifier(high: 4, low: $0), projectID: Dialogue.project.id, name: "video \($0)",
        kind: .video, origin: .generated, state: .remote)
    }
    var dialogue = Dialogue(snapshot)
    dialogue.look()
    dialogue.answer(refusal(.notFound))
    dialogue.expect("download")
    dialogue.answer(.downloaded)
    dialogue.expect("partial")
    #expect(dialogue.outcome?.failures.map(\.what) == ["the file 'video 1'"])
    #expect(dialogue.outcome?.pulledMedia == 1)
  }
}
