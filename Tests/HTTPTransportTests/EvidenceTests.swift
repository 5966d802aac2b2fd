import BackendAPI
import HTTPTransport
import ScriptModel
import TestSupport
import Testing

@Test func withoutAConnectionNothingWasSent() async {
  let told = await pull(post("http://127.0.0.1:\(ScriptedServer.closedPort())/"))
  #expect(told.error?.code == .unconnected)
  #expect(told.error?.sent == .nothing)
  #expect(told.error?.isOffline == true)
}

@Test func aNameThatIsNoneSendsNothing() async {
  let told = await pull(post("http://no-such-host.invalid/path?key=secret"))
  #expect(told.error?.code == .unresolved)
  #expect(told.error?.sent == .nothing)
  #expect(told.error?.description.contains("'no-such-host.invalid'") == true)
  #expect(told.error?.description.contains("secret") == false)
}

@Test func aHandshakeThatFailsSendsNothing() async {
  let seen = Box<[UInt8]>([])
  let server = ScriptedServer { peer in
    if let bytes = peer.receive() { seen.set(bytes) }
    peer.send("HTTP/1.1 400 This is no TLS\r\n\r\n")
  }
  let told = await pull(post("https://127.0.0.1:\(server.port)/", "{\"charged\":1}"))
  #expect(told.error?.code == .insecure)
  #expect(told.error?.sent == .nothing)
  #expect(!String(decoding: seen.value, as: UTF8.self).contains("charged"))
}

@Test(arguments: [true, false])
func aConnectionThatIsClosedUnreadHasSentSomething(resets: Bool) async {
  let server = ScriptedServer { peer in
    if resets { peer.reset() }
  }
  var request = post(server.address)
  request.usesFreshConnection = true
  let told = await pull(request)
  #expect(told.error?.code == .cut)
  // A byte may have left before the other end was seen to be gone.
  #expect(told.error?.sent != .nothing)
  #expect(server.connectionCount == 1)
}

@Test func aRequestThatWasReadWholeWasSentWhole() async {
  let server = ScriptedServer { peer in _ = peer.request() }
  for request in [post(server.address), get(server.address), HTTPRequest(.post, server.address)] {
    var request = request
    request.usesFreshConnection = true
    let told = await pull(request)
    #expect(told.error?.code == .cut)
    #expect(told.error?.sent == .whole)
    #expect(told.error?.hasAnswerBegun == false)
  }
  #expect(server.requests.count == 3)
}

@Test(arguments: [0, 1, 1 << 10, 1 << 20, 8 << 20])
func aBodyThatIsCutWasSentPartly(place: Int) async {
  let server = ScriptedServer { peer in
    guard let head = peer.head() else { return }
    var count = head.body.count
    while count < place, let more = peer.receive() { count += more.count }
    peer.reset()
  }
  let size = 32 << 20
  let folder = TemporaryFolder()
  TestFile.write([UInt8](repeating: 7, count: size), to: folder.path + "/body")
  var request = HTTPRequest(.post, server.address)
  request.body = .multipart([
    HTTPRequest.Part(
      field: "files", fileName: "body", contentType: "audio/wav",
      content: .file(folder.path + "/body"))
  ])
  request.usesFreshConnection = true
  let told = await pull(request)
  #expect(told.error?.code == .cut)
  #expect(told.error?.sent == .partly)
  #expect((told.sent.last ?? 0) < Int64(size))
  #expect(server.connectionCount == 1)
}
