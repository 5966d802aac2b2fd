import BackendAPI
import HTTPTransport
import ScriptModel
import Synchronization
import Testing

@Test func exchangesInTurnShareAConnection() async {
  let server = ScriptedServer { peer in
    while peer.request() != nil { peer.answer(body: "\(peer.number)") }
  }
  let transport = CurlTransport()
  for number in 0..<5 {
    let request = number % 2 == 0 ? get(server.address) : post(server.address)
    #expect(await pull(transport.begin(request)).text == "1")
  }
  #expect(server.connectionCount == 1)
}

@Test func aFreshConnectionIsNobodyElses() async {
  let server = ScriptedServer { peer in
    while peer.request() != nil { peer.answer(body: "\(peer.number)") }
  }
  let transport = CurlTransport()
  var fresh = post(server.address)
  fresh.usesFreshConnection = true
  var texts: [String] = []
  for request in [get(server.address), fresh, get(server.address), fresh, get(server.address)] {
    texts.append(await pull(transport.begin(request)).text)
  }
  #expect(texts == ["1", "2", "1", "3", "1"])
}

@Test func fiftyExchangesRunAtOnce() async {
  let waiting = Box(0)
  let server = ScriptedServer { peer in
    while let request = peer.request() {
      // Nobody is answered before all have asked: one after the other would never end.
      waiting.change { $0 += 1 }
      while waiting.value < 50 { letOthersRun() }
      peer.answer(body: request.line)
    }
  }
  let transport = CurlTransport()
  let texts = await withTaskGroup { group in
    for number in 0..<50 {
      group.addTask { await pull(transport.begin(get(server.address + "/\(number)"))).text }
    }
    return await group.reduce(into: Set<String>()) { $0.insert($1) }
  }
  #expect(texts == Set((0..<50).map { "GET /\($0)" }))
}

/// A kept connection that ends as soon as the second request on it has come.
private func dyingServer() -> ScriptedServer {
  ScriptedServer { peer in
    guard peer.request() != nil else { return }
    peer.answer(body: "\(peer.number)")
    _ = peer.request()
  }
}

@Test func whatWasPostedOverADeadConnectionIsNotSentAgain() async {
  let server = dyingServer()
  let transport = CurlTransport()
  #expect(await pull(transport.begin(post(server.address))).text == "1")
  let told = await pull(transport.begin(post(server.address, "{\"charged\":true}")))
  #expect(told.error?.code == .cut)
  #expect(told.error?.sent == .whole)
  #expect(server.requests.count == 2)
}

@Test func aLookOverADeadConnectionIsRepeated() async {
  let server = dyingServer()
  let transport = CurlTransport()
  #expect(await pull(transport.begin(get(server.address))).text == "1")
  #expect(await pull(transport.begin(get(server.address))).text == "2")
  #expect(server.requests.count == 3)
}

@Test func aTransportThatWasShutDownFails() async {
  let server = ScriptedServer { peer in
    guard peer.request() != nil else { return }
    peer.send("HTTP/1.1 200 OK\r\n\r\nfirst")
    peer.waitForClose()
  }
  let transport = CurlTransport()
  let exchange = transport.begin(get(server.address))
  var told = Told()
  while told.bytes.isEmpty, let event = try? await exchange.next() { told.note(event) }
  transport.shutdown()
  let rest = await pull(exchange)
  #expect(rest.error?.code == .cancelled, "\(String(describing: rest.error))")
  #expect(await pull(transport.begin(get(server.address))).error?.code == .failed)
  transport.shutdown()
}

@Test func aDroppedTransportLivesUntilItsExchangesEnd() async {
  let server = ScriptedServer { peer in
    while peer.request() != nil { peer.answer(body: "still here") }
  }
  let exchange = CurlTransport().begin(get(server.address))
  #expect(await pull(exchange).text == "still here")
}

@Test(arguments: [
  "", "nonsense", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http://a b/",
  "http://user:secret@127.0.0.1/", "http://127.0.0.1:99999/", "http://h\r\nX: y/",
  "http://127.0.0.1/a\r\nX-Injected: 1", "http://127.0.0.1\\@other/", "https://[::1/",
])
func whatIsNoAddressIsNotAsked(address: String) async {
  let told = await pull(get(address))
  #expect(told.error?.code == .unusableAddress)
  #expect(told.error?.sent == .nothing)
  #expect(told.error?.description.contains("secret") == false)
}

@Test(arguments: [
  HTTPHeader("X-A", "b\r\nX-Injected: c"), HTTPHeader("X-A", "b\nc"), HTTPHeader("X A", "b"),
  HTTPHeader("", "b"), HTTPHeader("X-A\r\nX-B", "c"), HTTPHeader("X-A", "b\u{0}c"),
  HTTPHeader("Content-Length", "0"), HTTPHeader("Transfer-Encoding", "chunked"),
])
func aHeaderCanNotSmuggleInAnother(header: HTTPHeader) async {
  let server = ScriptedServer { peer in
    while peer.request() != nil { peer.answer() }
  }
  let told = await pull(get(server.address, headers: [header]))
  #expect(told.error?.code == .unusableAddress)
  #expect(told.error?.sent == .nothing)
  #expect(server.connectionCount == 0)
}

@Test func spacesAndOtherLettersOfAnAddressAreEscaped() async {
  let server = ScriptedServer { peer in
    while peer.request() != nil { peer.answer() }
  }
  let told = await pull(get(server.address + "/a file é.mp4?name=天#part"))
  #expect(told.error == nil)
  #expect(server.requests.first?.line == "GET /a%20file%20%C3%A9.mp4?name=%E5%A4%A9")
}
