import BackendAPI
import HTTPTransport
import ScriptModel
import Testing

@Test func anExchangeThatNobodyPullsSendsNothing() async {
  let server = ScriptedServer { peer in while peer.request() != nil { peer.answer() } }
  let transport = CurlTransport()
  let exchange = transport.begin(get(server.address))
  exchange.cancel()
  let told = await pull(exchange)
  #expect(told.error?.code == .cancelled)
  #expect(told.error?.sent == .nothing)
  #expect(server.connectionCount == 0)
}

/// A server that sends a piece, then waits for the end and says whether it saw it.
private func endlessServer(_ sawClose: Gate) -> ScriptedServer {
  ScriptedServer { peer in
    guard peer.request() != nil else { return }
    peer.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: one\n\n")
    if !peer.waitForClose() { Issue.record("The connection was not closed") }
    sawClose.open()
  }
}

@Test func cancelClosesTheConnectionAtOnce() async throws {
  let closed = Gate()
  let server = endlessServer(closed)
  let transport = CurlTransport()
  let exchange = transport.begin(get(server.address))
  var told = Told()
  while told.bytes.isEmpty, let event = try await exchange.next() { told.note(event) }
  exchange.cancel()
  exchange.cancel()
  let rest = await pull(exchange)
  #expect(rest.error?.code == .cancelled)
  #expect(rest.error?.sent == .whole)
  #expect(rest.error?.hasAnswerBegun == true)
  await closed.pass()
}

@Test func aCancelledTaskCancelsItsExchange() async {
  let closed = Gate()
  let server = endlessServer(closed)
  let transport = CurlTransport()
  let started = Gate()
  let task = Task {
    let exchange = transport.begin(get(server.address))
    var told = Told()
    do throws(TransportError) {
      while let event = try await exchange.next() {
        told.note(event)
        if !told.bytes.isEmpty { started.open() }
      }
    } catch {
      told.error = error
    }
    return told
  }
  await started.pass()
  task.cancel()
  let told = await task.value
  #expect(told.error?.code == .cancelled)
  await closed.pass()
}

@Test func aTaskThatWasCancelledBeforeSendsNothing() async {
  let server = ScriptedServer { peer in while peer.request() != nil { peer.answer() } }
  let transport = CurlTransport()
  let ready = Gate()
  let task = Task {
    await ready.pass()
    return await pull(transport.begin(get(server.address)))
  }
  task.cancel()
  ready.open()
  let told = await task.value
  #expect(told.error?.code == .cancelled)
  #expect(told.error?.sent == .nothing)
  #expect(server.connectionCount == 0)
}

@Test func anExchangeThatIsDroppedClosesItsConnection() async throws {
  let closed = Gate()
  let server = endlessServer(closed)
  let transport = CurlTransport()
  do {
    let exchange = transport.begin(get(server.address))
    _ = try await exchange.next()
  }
  await closed.pass()
  // The transport itself goes on.
  #expect(await pull(transport.begin(get("http://127.0.0.1:1/"))).error?.code == .unconnected)
}

@Test func whatWasNotPulledIsDroppedByCancel() async throws {
  let server = ScriptedServer { peer in while peer.request() != nil { peer.answer(body: "text") } }
  let transport = CurlTransport()
  let exchange = transport.begin(get(server.address))
  _ = try await exchange.next()
  exchange.cancel()
  let rest = await pull(exchange)
  #expect(rest.bytes.isEmpty)
  #expect(rest.error?.code == .cancelled)
}

@Test func cancelAfterTheEndDoesNothing() async throws {
  let server = ScriptedServer { peer in while peer.request() != nil { peer.answer(body: "text") } }
  let exchange = CurlTransport().begin(get(server.address))
  #expect(await pull(exchange).text == "text")
  exchange.cancel()
  #expect(try await exchange.next() == nil)
}

@Test func theNetworkWaitsWhileNobodyPulls() async throws {
  let most = 64 << 20
  let blocked = Gate()
  let count = Box(0)
  let server = ScriptedServer { peer in
    guard peer.request() != nil else { return }
    peer.send("HTTP/1.1 200 OK\r\n\r\n")
    count.set(peer.sendUntilBlocked(most: most))
    blocked.open()
    // What is left comes when somebody pulls.
    peer.send([UInt8](repeating: 0x62, count: 1 << 20))
  }
  var request = get(server.address)
  request.destination = .pieces(limit: .max)
  // Waiting for the one that pulls is no stall.
  request.timeouts.stall = Milliseconds(200)
  request.timeouts.whole = nil
  let exchange = CurlTransport().begin(request)
  var told = Told()
  if let event = try await exchange.next() { told.note(event) }
  await blocked.pass()
  #expect(count.value < most, "64 MB went out though nobody read them")
  let rest = await pull(exchange)
  #expect(rest.error == nil)
  #expect(told.bytes.count + rest.bytes.count == count.value + 1 << 20)
  #expect(rest.bytes.last == 0x62)
}
