import BackendAPI
import HTTPTransport
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A server of one file that knows ranges and validators.
private func fileServer(_ content: [UInt8], tag: String = "\"v1\"") -> ScriptedServer {
  ScriptedServer { peer in
    while let request = peer.request() {
      var first = 0
      let isSame = request.value(of: "If-Range").map { $0 == tag } ?? true
      if isSame, let range = request.value(of: "Range"),
        let start = Int(range.dropFirst("bytes=".count).prefix { $0 != "-" })
      {
        guard start < content.count else {
          peer.answer(
            "416 Range Not Satisfiable", "Content-Range: bytes */\(content.count)\r\n",
            body: "too far")
          continue
        }
        first = start
      }
      let range = "Content-Range: bytes \(first)-\(content.count - 1)/\(content.count)\r\n"
      peer.send(
        "HTTP/1.1 \(first > 0 ? "206 Partial Content" : "200 OK")\r\nETag: \(tag)\r\n"
          + (first > 0 ? range : "") + "Content-Length: \(content.count - first)\r\n\r\n")
      peer.send(Array(content[first...]))
    }
  }
}

private let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

private func download(
  _ address: String, to path: String, offset: Int64 = 0, validator: String? = nil
) -> HTTPRequest {
  var request = get(address)
  request.destination = .file(path: path, offset: offset, validator: validator)
  return request
}

@Test func aDownloadIsTheFile() async {
  let folder = TemporaryFolder()
  let path = folder.path + "/file"
  let server = fileServer(content)
  let told = await pull(download(server.address, to: path))
  #expect(told.error == nil)
  #expect(told.status == 200)
  #expect(told.bytes.isEmpty)
  #expect(told.received.last == 300_000)
  #expect(told.receivedWhole == 300_000)
  #expect(TestFile.read(path) == content)
  #expect(server.requests.first?.value(of: "Range") == nil)
  #expect(server.requests.first?.value(of: "Accept-Encoding") == nil)
}

@Test(arguments: [1, 4096, 123_457, 299_999])
func aDownloadGoesOnWhereItEnded(offset: Int) async {
  let folder = TemporaryFolder()
  let path = folder.path + "/file"
  let server = fileServer(content)
  // What is behind the offset is not trusted.
  TestFile.write(Array(content[..<offset]) + [1, 2, 3], to: path)
  let told = await pull(
    download(server.address, to: path, offset: Int64(offset), validator: "\"v1\""))
  #expect(told.error == nil)
  #expect(told.status == 206)
  #expect(told.received.last == 300_000)
  #expect(told.receivedWhole == 300_000)
  #expect(TestFile.read(path) == content)
  #expect(server.requests.first?.value(of: "Range") == "bytes=\(offset)-")
  #expect(server.requests.first?.value(of: "If-Range") == "\"v1\"")
}

@Test func aFileThatChangedIsLoadedAnew() async {
  let folder = TemporaryFolder()
  let path = folder.path + "/file"
  let server = fileServer(content)
  TestFile.write([UInt8](repeating: 9, count: 400_000), to: path)
  let told = await pull(download(server.address, to: path, offset: 400_000, validator: "\"v0\""))
  #expect(told.error == nil)
  #expect(told.status == 200)
  #expect(TestFile.read(path) == content)
}

@Test func aRangeBehindTheEndIsToldAndTheFileStays() async {
  let folder = TemporaryFolder()
  let path = folder.path + "/file"
  let server = fileServer(content)
  TestFile.write(content, to: path)
  let told = await pull(download(server.address, to: path, offset: 300_000, validator: "\"v1\""))
  #expect(told.error == nil)
  #expect(told.status == 416)
  #expect(told.heads.first?.value(of: "Content-Range") == "bytes */300000")
  #expect(told.text == "too far")
  #expect(TestFile.read(path) == content)
}

@Test func aRefusalLeavesNoFile() async {
  let folder = TemporaryFolder()
  let path = folder.path + "/file"
  let server = ScriptedServer { peer in
    while peer.request() != nil { peer.answer("403 Forbidden", body: "no") }
  }
  let told = await pull(download(server.address, to: path))
  #expect(told.status == 403)
  #expect(told.text == "no")
  #expect(TestFile.read(path) == nil)
}

@Test(arguments: [
  "Content-Range: bytes 5-9/20\r\n", "Content-Range: bytes 10-19/15\r\n", "",
  "Content-Range: lines 10-19/20\r\n", "Content-Range: bytes 19-10/20\r\n",
  "Content-Range: bytes 10-99999999999999999999/*\r\n",
])
func aRangeThatWasNotAskedForIsNotKept(header: String) async {
  let folder = TemporaryFolder()
  let path = folder.path + "/file"
  TestFile.write(Array("0123456789".utf8), to: path)
  let server = ScriptedServer { peer in
    while peer.request() != nil { peer.answer("206 Partial Content", header, body: "abcdefghij") }
  }
  let told = await pull(download(server.address, to: path, offset: 10))
  #expect(told.error?.code == .cut)
  #expect(TestFile.read(path) == Array("0123456789".utf8))
}

@Test func aRangeThatEndsEarlyIsACut() async {
  let folder = TemporaryFolder()
  let path = folder.path + "/file"
  TestFile.write(Array("0123456789".utf8), to: path)
  let server = ScriptedServer { peer in
    while peer.request() != nil {
      peer.answer("206 Partial Content", "Content-Range: bytes 10-12/20\r\n", body: "abc")
    }
  }
  let told = await pull(download(server.address, to: path, offset: 10))
  #expect(told.error?.code == .cut)
  #expect(TestFile.read(path) == Array("0123456789abc".utf8))
}

@Test func aCutDownloadKeepsWhatCame() async {
  let folder = TemporaryFolder()
  let path = folder.path + "/file"
  let server = ScriptedServer { peer in
    guard peer.request() != nil else { return }
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n")
    peer.send(Array(content[..<100_000]))
  }
  let told = await pull(download(server.address, to: path))
  #expect(told.error?.code == .cut)
  #expect(told.received.last == 100_000)
  #expect(told.receivedWhole == 300_000)
  #expect(TestFile.read(path) == Array(content[..<100_000]))
}

@Test func aFileThatIsShorterThanItsOffsetIsAProblem() async {
  let folder = TemporaryFolder()
  let path = folder.path + "/file"
  TestFile.write([1, 2, 3], to: path)
  let server = fileServer(content)
  let told = await pull(download(server.address, to: path, offset: 4))
  #expect(told.error?.code == .fileProblem)
  #expect(told.error?.sent == .nothing)
  #expect(server.connectionCount == 0)
  #expect(TestFile.read(path) == [1, 2, 3])
}

@Test func aFolderThatIsMissingIsAProblem() async {
  let folder = TemporaryFolder()
  let server = fileServer(content)
  let told = await pull(download(server.address, to: folder.path + "/none/file"))
  #expect(told.error?.code == .fileProblem)
  #expect(told.error?.description.contains("there is no such file") == true)
}

@Test func aFullDiskIsAProblem() async {
  // /dev/full is no file: a size limit of the process says the same as a full disk.
  let folder = TemporaryFolder()
  let told = await pull(download(fileServer(content).address, to: "/dev/full"))
  #expect(told.error?.code == .fileProblem)
  _ = folder
}

@Test func anEmptyFileIsLoadedToo() async {
  let folder = TemporaryFolder()
  let path = folder.path + "/file"
  TestFile.write([1, 2, 3], to: path)
  let server = ScriptedServer { peer in while peer.request() != nil { peer.answer() } }
  let told = await pull(download(server.address, to: path))
  #expect(told.error == nil)
  #expect(TestFile.read(path) == [])
  #expect(told.received == [0])
}

@Test func aValidatorCanNotSmuggleInAHeader() async {
  let folder = TemporaryFolder()
  let path = folder.path + "/file"
  TestFile.write([1, 2, 3], to: path)
  let server = fileServer(content)
  let told = await pull(
    download(server.address, to: path, offset: 3, validator: "\"a\"\r\nX-Injected: b"))
  #expect(told.error?.code == .unusableAddress)
  #expect(server.connectionCount == 0)
}
