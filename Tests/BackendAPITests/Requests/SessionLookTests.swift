import BackendAPI
import JSONText
import Testing

/// Looks at a session whose last state is known.
@Suite struct SessionLook {
  private static let state = #"{"draft":{"t":[{"tt":7,"sg":[{"text":"Hi"}]}]},"video_infos":[]}"#

  private func isKnown(_ body: String, _ known: String = state) throws -> Bool {
    let request = SessionLookRequest(sessionID: "s", known: Array(known.utf8))
    if case .asKnown = try request.answer(Stage.response(200, body)) { return true }
    return false
  }

  @Test func theSameBytesAreKnownWhateverStandsAroundThem() throws {
    let state = Self.state
    #expect(try isKnown(#"{"code":0,"message":"ok","data":{"state":\#(state)}}"#))
    #expect(try isKnown(#" {"data" : {"state" : \#(state) , "x" : 1} , "code" : "0"} "#))
    #expect(try !isKnown(#"{"code":0,"data":{"state":\#(state.dropLast()),"x":1}}}"#))
    #expect(try !isKnown(#"{"code":0,"data":{"state":{}}}"#))
    #expect(try !isKnown(#"{"code":0,"data":{"state":12}}"#, "1"))
    // Elsewhere, or under a name that is spelled otherwise later on, it is not the state.
    #expect(try !isKnown(#"{"code":0,"data":{"other":\#(state)}}"#))
    #expect(
      try !isKnown(#"{"code":0,"data":{"state":\#(state)},"d\u0061ta":{"state":{"draft":{}}}}"#))
  }

  @Test(arguments: [
    #"{"code":1002,"message":"gone","data":{"state":\#(state)}}"#,
    #"{"code":0,"data":{"state":\#(state)}"#,
    #"{"code":0,"data":{"state":\#(state)}}}"#,
    #"{"code":0,"data":{"state":\#(state)},}"#,
  ])
  func aRefusalOrABrokenAnswerIsOneThoughTheStateIsKnown(body: String) {
    #expect(throws: ServiceError.self) { _ = try isKnown(body) }
  }

  @Test func theBytesOfAStateAreThoseThatCame() throws {
    let text = "{ \"draft\" : {\"t\":[ ]} ,\"x\":1.0 }"
    let answer = try SessionStateRequest(sessionID: "s").answer(
      Stage.response(200, "{\"code\":0,\"data\":{\"state\":\(text)}}"))
    #expect(String(decoding: answer.bytes, as: UTF8.self) == text)
    #expect(try isKnown("{\"code\":0,\"data\":{\"state\":\(text)}}", text))
    let outside = try SessionStateRequest(sessionID: "s").answer(
      Stage.response(200, "{\"code\":0,\"state\":\(text)}"))
    #expect(outside.document == answer.document)
  }

  @Test func anOutlineHasAllTracksAndTheFirstSegmentOfEach() throws {
    let text =
      #"{"draft":{"t":[{"tt":7,"id":"a","sg":[{"text":"1"},{"text":"2"}]},{"tt":7,"sg":[]}]}}"#
    let outline = try SessionState(outlining: Array(text.utf8))
    #expect(outline.draft?.tracks.map(\.segments.count) == [1, 0])
    #expect(outline.draft?.tracks.first?.id == "a")
    #expect(outline.hasTracks)
  }
}
