import BackendAPI
import HTTPTransport
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

private func upload(_ address: String, _ parts: [HTTPRequest.Part]) -> HTTPRequest {
  var request = HTTPRequest(.post, address)
  request.body = .multipart(parts)
  return request
}

private func part(_ name: String, _ content: HTTPRequest.Part.Content) -> HTTPRequest.Part {
  HTTPRequest.Part(field: "files", fileName: name, contentType: "video/mp4", content: content)
}

/// Makes a file of a size without writing its bytes.
private func sparseFile(_ path: String, size: Int) {
  let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
  ftruncate(descriptor, off_t(size))
  close(descriptor)
}

@Test func partsArriveAsTheyAre() async {
  let folder = TemporaryFolder()
  TestFile.write(Array("file\r\n--bytes".utf8), to: folder.path + "/a")
  let server = ScriptedServer { peer in while peer.request() != nil { peer.answer(body: "ok") } }
  let told = await pull(
    upload(
      server.address,
      [
        part("sha-é \"q\"\r\nX: y.mp4", .file(folder.path + "/a")),
        part("b.srt", .bytes([1, 2, 3])),
        part("empty", .bytes([])),
      ]))
  #expect(told.error == nil)
  let request = server.requests.first
  let boundary =
    request?.value(of: "Content-Type")?.split(separator: "boundary=").last.map(String.init) ?? "?"
  let field = "Content-Disposition: form-data; name=\"files\"; filename="
  let type = "Content-Type: video/mp4"
  let expected =
    "--\(boundary)\r\n\(field)\"sha-é %22q%22%0D%0AX: y.mp4\"\r\n\(type)\r\n\r\nfile\r\n--bytes\r\n"
    + "--\(boundary)\r\n\(field)\"b.srt\"\r\n\(type)\r\n\r\n\u{1}\u{2}\u{3}\r\n"
    + "--\(boundary)\r\n\(field)\"empty\"\r\n\(type)\r\n\r\n\r\n--\(boundary)--\r\n"
  #expect(request.map { String(decoding: $0.body, as: UTF8.self) } == expected)
  #expect(told.sent.last == told.sentWhole)
  #expect(told.sentWhole == Int64(expected.utf8.count))
}

@Test func aLargeFileIsCountedOnItsWay() async {
  let folder = TemporaryFolder()
  let size = 64 << 20
  sparseFile(folder.path + "/large.mp4", size: size)
  let server = ScriptedServer { peer in
    guard let head = peer.head() else { return }
    if head.value(of: "Expect") != nil { peer.send("HTTP/1.1 100 Continue\r\n\r\n") }
    let length = Int(head.value(of: "Content-Length") ?? "") ?? 0
    var count = head.body.count
    var zeros = 0
    while count < length, let more = peer.receive() {
      count += more.count
      zeros += more.reduce(0) { $1 == 0 ? $0 + 1 : $0 }
    }
    peer.answer(body: "\(length) \(count) \(zeros)")
  }
  let told = await pull(
    upload(server.address, [part("large.mp4", .file(folder.path + "/large.mp4"))]))
  #expect(told.error == nil)
  let counts = told.text.split(separator: " ").compactMap { Int64($0) }
  #expect(counts.count == 3 && counts[0] == counts[1])
  #expect(counts.last == Int64(size))
  #expect(told.sent == told.sent.sorted())
  #expect(told.sent.last == counts.first)
  #expect(told.sentWhole == counts.first)
}

@Test func aFileThatIsMissingSendsNothing() async {
  let server = ScriptedServer { peer in while peer.request() != nil { peer.answer() } }
  let folder = TemporaryFolder()
  for path in [folder.path + "/none.mp4", folder.path, "/dev/null"] {
    let told = await pull(upload(server.address, [part("none.mp4", .file(path))]))
    #expect(told.error?.code == .fileProblem)
    #expect(told.error?.sent == .nothing)
  }
  #expect(server.connectionCount == 0)
}

@Test func aFileThatShrinksIsAProblem() async {
  let folder = TemporaryFolder()
  let path = folder.path + "/shrinks.mp4"
  sparseFile(path, size: 64 << 20)
  let server = ScriptedServer { peer in
    guard let head = peer.head() else { return }
    truncate(path, 1 << 20)
    if head.value(of: "Expect") != nil { peer.send("HTTP/1.1 100 Continue\r\n\r\n") }
    while peer.receive() != nil {}
  }
  let told = await pull(upload(server.address, [part("shrinks.mp4", .file(path))]))
  #expect(told.error?.code == .fileProblem)
  #expect(told.error?.sent == .partly)
  #expect(told.error?.description.contains("'shrinks.mp4' became shorter") == true)
}

@Test func aRefusalWhileSendingIsTheAnswer() async {
  let folder = TemporaryFolder()
  sparseFile(folder.path + "/large.mp4", size: 64 << 20)
  let server = ScriptedServer { peer in
    guard peer.head() != nil else { return }
    peer.answer("401 Unauthorized", "Connection: close\r\n", body: "who?")
    peer.waitForClose()
  }
  let told = await pull(
    upload(server.address, [part("large.mp4", .file(folder.path + "/large.mp4"))]))
  #expect(told.status == 401)
  #expect(told.text == "who?")
}

@Test(arguments: [true, false])
func anExpectationThatFailsIsNoAnswerUnlessItStays(stays: Bool) async {
  let folder = TemporaryFolder()
  sparseFile(folder.path + "/large.mp4", size: 2 << 20)
  let server = ScriptedServer { peer in
    while let head = peer.head() {
      if stays || head.value(of: "Expect") != nil {
        peer.answer("417 Expectation Failed", stays ? "Connection: close\r\n" : "", body: "no")
        if stays { return }
        continue
      }
      var left = (Int(head.value(of: "Content-Length") ?? "") ?? 0) - head.body.count
      while left > 0, let more = peer.receive() { left -= more.count }
      peer.answer(body: "after all")
    }
  }
  let told = await pull(
    upload(server.address, [part("large.mp4", .file(folder.path + "/large.mp4"))]))
  #expect(told.heads.map(\.status) == [stays ? 417 : 200])
  #expect(told.text == (stays ? "" : "after all"))
}

@Test func aPostWithoutABodySaysSo() async {
  let server = ScriptedServer { peer in while peer.request() != nil { peer.answer() } }
  let told = await pull(HTTPRequest(.post, server.address + "/token"))
  #expect(told.error == nil)
  #expect(told.sent.isEmpty)
  #expect(server.requests.first?.value(of: "Content-Length") == "0")
  #expect(server.requests.first?.value(of: "Content-Type") == nil)
}

@Test func bytesAreSentAsTheyAre() async {
  let server = ScriptedServer { peer in while peer.request() != nil { peer.answer() } }
  var request = HTTPRequest(.post, server.address)
  let body = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
  request.body = .bytes(body, contentType: "application/json")
  let told = await pull(request)
  #expect(server.requests.first?.body == body)
  #expect(server.requests.first?.value(of: "Content-Type") == "application/json")
  #expect(told.sent.last == 100_000)
  #expect(told.sentWhole == 100_000)
}
