import BackendAPI
import HTTPTransport
import Testing

@Test func anAnswerWithALengthComesWhole() async {
  let server = ScriptedServer { peer in
    while peer.request() != nil {
      peer.answer("201 Created", "X-One: a\r\nX-One: b\r\n", body: "hello")
    }
  }
  let told = await pull(
    get(server.address + "/path?key=value", headers: [HTTPHeader("X-Mine", "ours")]))
  #expect(told.error == nil)
  #expect(told.status == 201)
  #expect(told.heads.first?.value(of: "x-one") == "a")
  #expect(told.heads.first?.headers.count == 3)
  #expect(told.text == "hello")
  #expect(server.requests.first?.line == "GET /path?key=value")
  #expect(server.requests.first?.value(of: "X-Mine") == "ours")
}

private let chunked = """
  HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n\
  HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Folded: one\r\n two\r\n\r\n\
  5;note=1\r\nhello\r\n1\r\n \r\n6\r\nworld!\r\n0\r\nX-Trailer: late\r\n\r\n
  """

@Test(arguments: Array(stride(from: 1, to: chunked.utf8.count, by: 7)))
func chunksAndEarlyHeadsMayBeSplitAnywhere(place: Int) async {
  let bytes = Array(chunked.utf8)
  let server = ScriptedServer { peer in
    guard peer.request() != nil else { return }
    peer.send(Array(bytes[..<place]))
    peer.send(Array(bytes[place...]))
  }
  let told = await pull(get(server.address))
  #expect(told.error == nil)
  #expect(told.heads.map(\.status) == [200])
  #expect(told.heads.first?.value(of: "X-Folded") == "one two")
  #expect(told.heads.first?.value(of: "X-Trailer") == nil)
  #expect(told.text == "hello world!")
}

@Test func anAnswerThatDripsComesWhole() async {
  let server = ScriptedServer { peer in
    guard peer.request() != nil else { return }
    peer.drip(chunked)
  }
  let told = await pull(get(server.address))
  #expect(told.text == "hello world!")
  #expect(told.error == nil)
}

@Test func anAnswerWithoutALengthEndsWithItsConnection() async {
  let server = ScriptedServer { peer in
    guard peer.request() != nil else { return }
    peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it")
  }
  let told = await pull(get(server.address))
  #expect(told.text == "all of it")
  #expect(told.error == nil)
}

@Test func anEmptyAnswerIsAHeadAndAnEnd() async {
  let server = ScriptedServer { peer in
    while peer.request() != nil { peer.send("HTTP/1.1 204 No Content\r\n\r\n") }
  }
  let told = await pull(get(server.address))
  #expect(told.heads.map(\.status) == [204])
  #expect(told.bytes.isEmpty && told.error == nil)
}

private let lengthed = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789"

@Test(arguments: 0..<lengthed.utf8.count)
func aCutAtAnyByteIsACut(place: Int) async {
  let server = ScriptedServer { peer in
    guard peer.request() != nil else { return }
    peer.send(Array(lengthed.utf8.prefix(place)))
  }
  var request = post(server.address)
  request.usesFreshConnection = true
  let told = await pull(request)
  let headEnd = lengthed.utf8.count - 10
  #expect(told.error?.code == .cut)
  #expect(told.error?.sent == .whole)
  #expect(told.error?.hasAnswerBegun == (place >= 17))
  #expect(told.text == String("0123456789".prefix(max(0, place - headEnd))))
  #expect(told.heads.count == (place >= headEnd ? 1 : 0))
  #expect(server.requests.count == 1, "it was sent again")
}

@Test(arguments: [
  "garbage that is no HTTP\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "\u{0}\u{1}\u{2}\r\n",
])
func whatIsNoHTTPIsACut(bytes: String) async {
  let server = ScriptedServer { peer in
    guard peer.request() != nil else { return }
    peer.send(bytes)
  }
  let told = await pull(get(server.address))
  #expect(told.error?.code == .cut)
}

@Test func anAnswerIsNoLargerThanAllowed() async {
  let server = ScriptedServer { peer in
    while let request = peer.request() {
      if request.line == "GET /said" {
        peer.answer(body: String(repeating: "x", count: 101))
      } else {
        peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while peer.send("a\r\n0123456789\r\n") {}
        return
      }
    }
  }
  for path in ["/said", "/unsaid"] {
    var request = get(server.address + path)
    request.destination = .pieces(limit: 100)
    let told = await pull(request)
    #expect(told.error?.code == .tooLarge)
    #expect(told.error?.hasAnswerBegun == true)
    #expect(told.heads.count == 1)
    #expect(told.bytes.count <= 100)
  }
}

@Test func aHeadWithoutEndIsTooLarge() async {
  let server = ScriptedServer { peer in
    guard peer.request() != nil else { return }
    peer.send("HTTP/1.1 200 OK\r\n")
    while peer.send("X-More: \(String(repeating: "y", count: 1000))\r\n") {}
  }
  let told = await pull(get(server.address))
  #expect(told.error?.code == .tooLarge || told.error?.code == .cut || told.error?.code == .failed)
  #expect(told.heads.isEmpty)
}

/// 10,000 times "a", packed.
private let packed: [UInt8] = [
  0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xed, 0xc1, 0x01, 0x0d, 0x00, 0x00,
  0x00, 0xc2, 0xa0, 0xac, 0xef, 0x5f, 0xc2, 0x1c, 0x6e, 0x40, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00,
  0x00, 0x00, 0x00, 0xc0, 0xbf, 0x01, 0x97, 0xd4, 0x7e, 0x46, 0x10, 0x27, 0x00, 0x00,
]

@Test func packedAnswersAreUnpackedAndCountedUnpacked() async {
  let server = ScriptedServer { peer in
    while peer.request() != nil {
      peer.send(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n")
      peer.send(packed)
    }
  }
  let told = await pull(get(server.address))
  #expect(told.bytes == [UInt8](repeating: 0x61, count: 10_000))
  #expect(told.heads.first?.value(of: "Content-Length") == nil)
  #expect(server.requests.first?.value(of: "Accept-Encoding")?.contains("gzip") == true)
  var limited = get(server.address)
  limited.destination = .pieces(limit: 9_999)
  #expect(await pull(limited).error?.code == .tooLarge)
}

@Test func eventsAreNotAskedForPacked() async {
  let server = ScriptedServer { peer in
    while peer.request() != nil { peer.answer("200 OK", "Content-Type: text/event-stream\r\n") }
  }
  _ = await pull(get(server.address, headers: [HTTPHeader("Accept", "text/event-stream")]))
  #expect(server.requests.first?.value(of: "Accept-Encoding") == "identity")
}
