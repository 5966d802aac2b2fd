import BackendAPI
import HTTPTransport
import ScriptModel
import Testing

private func timeouts(
  connect: Int64 = 10_000, stall: Int64 = 10_000, whole: Int64? = nil
) -> HTTPRequest.Timeouts {
  HTTPRequest.Timeouts(
    connect: Milliseconds(connect), stall: Milliseconds(stall),
    whole: whole.map { Milliseconds($0) })
}

@Test func aServerThatNeverAnswersStalls() async {
  let server = ScriptedServer { peer in
    guard peer.request() != nil else { return }
    peer.waitForClose()
  }
  var request = post(server.address)
  request.timeouts = timeouts(stall: 150)
  let told = await pull(request)
  #expect(told.error?.code == .timedOut)
  #expect(told.error?.sent == .whole)
  #expect(told.error?.hasAnswerBegun == false)
  #expect(told.error?.description.contains("150 ms") == true)
}

@Test func anAnswerThatStopsStalls() async {
  let server = ScriptedServer { peer in
    guard peer.request() != nil else { return }
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
    peer.waitForClose()
  }
  var request = get(server.address)
  request.timeouts = timeouts(stall: 150)
  let told = await pull(request)
  #expect(told.error?.code == .timedOut)
  #expect(told.error?.hasAnswerBegun == true)
  #expect(told.text == "half")
}

@Test func anUploadThatNobodyReadsStalls() async {
  let server = ScriptedServer { peer in
    guard peer.head() != nil else { return }
    // Reads nothing more: the connection fills up.
    _ = peer.sendUntilBlocked(most: 0)
    Gate.holdFor(seconds: 2)
  }
  var request = post(server.address, String(repeating: "x", count: 32 << 20))
  request.headers = [HTTPHeader("X-Large", "1")]
  request.timeouts = timeouts(stall: 300)
  let told = await pull(request)
  #expect(told.error?.code == .timedOut)
  #expect(told.error?.sent == .partly)
}

@Test func slowIsNotStalled() async {
  let server = ScriptedServer { peer in
    guard peer.request() != nil else { return }
    peer.send("HTTP/1.1 200 OK\r\n\r\n")
    for _ in 0..<10 {
      Gate.holdFor(milliseconds: 700)
      peer.send("x")
    }
  }
  // The whole takes longer than a stall may, and each pause so much less that no busy machine matters.
  var request = get(server.address)
  request.timeouts = timeouts(stall: 6000)
  let told = await pull(request)
  #expect(told.error == nil)
  #expect(told.text == "xxxxxxxxxx")
}

@Test func theWholeEndsEvenWhileBytesCome() async {
  let server = ScriptedServer { peer in
    guard peer.request() != nil else { return }
    peer.send("HTTP/1.1 200 OK\r\n\r\n")
    repeat { Gate.holdFor(milliseconds: 20) } while peer.send("x")
  }
  var request = get(server.address)
  request.timeouts = timeouts(whole: 300)
  let told = await pull(request)
  #expect(told.error?.code == .timedOut)
  #expect(told.text.isEmpty == false)
}

@Test func hugeTimeoutsAreNone() async {
  let server = ScriptedServer { peer in while peer.request() != nil { peer.answer(body: "ok") } }
  var request = get(server.address)
  request.timeouts = timeouts(connect: .max, stall: .max, whole: .max)
  #expect(await pull(request).text == "ok")
}

@Test func aHandshakeThatNeverComesIsNoConnection() async {
  let server = ScriptedServer { peer in peer.waitForClose() }
  var request = post("https://127.0.0.1:\(server.port)/")
  request.timeouts = timeouts(connect: 200)
  let told = await pull(request)
  #expect(told.error?.code == .unconnected)
  #expect(told.error?.sent == .nothing)
  #expect(told.error?.isOffline == true)
}
