import BackendAPI
import HTTPTransport
import TestSupport
import Testing

private let secrets = [
  HTTPHeader("Authorization", "Bearer nmv_usr_secret"), HTTPHeader("X-Client-Id", "secret"),
  HTTPHeader("Accept", "video/mp4"), HTTPHeader("Cookie", "secret"),
]

private func following(_ address: String) -> HTTPRequest {
  var request = get(address, headers: secrets)
  request.followsRedirects = true
  return request
}

/// Redirects `/from` to an address, and answers all else.
private func redirecting(to target: @escaping @Sendable () -> String, status: String = "302 Found")
  -> ScriptedServer
{
  ScriptedServer { peer in
    while let request = peer.request() {
      if request.line == "GET /from" {
        peer.answer(status, "Location: \(target())\r\n", body: "moved")
      } else {
        peer.answer(body: "there")
      }
    }
  }
}

@Test(arguments: ["301 A", "302 B", "303 C", "307 D", "308 E"])
func aRedirectOnTheSameHostKeepsTheHeaders(status: String) async {
  let server = redirecting(to: { "/to?signed=1" }, status: status)
  let told = await pull(following(server.address + "/from"))
  #expect(told.error == nil)
  #expect(told.heads.map(\.status) == [200])
  #expect(told.text == "there")
  #expect(server.requests.map(\.line) == ["GET /from", "GET /to?signed=1"])
  #expect(server.requests.last?.value(of: "Authorization") == "Bearer nmv_usr_secret")
}

@Test func aRedirectToAnotherHostOrPortLosesTheSecretsForGood() async {
  let home = Box("")
  let other = ScriptedServer { peer in
    while let request = peer.request() {
      if request.line == "GET /away" {
        peer.answer("302 Found", "Location: \(home.value)/back\r\n")
      } else {
        peer.answer(body: "there")
      }
    }
  }
  let server = redirecting(to: { "\(other.address)/away" })
  home.set(server.address)
  let told = await pull(following(server.address + "/from"))
  #expect(told.text == "there")
  #expect(server.requests.map(\.line) == ["GET /from", "GET /back"])
  for request in other.requests + server.requests.dropFirst() {
    #expect(!request.head.contains("secret"), "\(request.head)")
    #expect(request.value(of: "Accept") == "video/mp4")
  }
  #expect(other.requests.count == 1)
}

@Test func aRedirectedDownloadGoesOnWithItsRange() async {
  let folder = TemporaryFolder()
  let path = folder.path + "/file"
  TestFile.write(Array("01234".utf8), to: path)
  let other = ScriptedServer { peer in
    while peer.request() != nil {
      peer.answer("206 Partial Content", "Content-Range: bytes 5-9/10\r\n", body: "56789")
    }
  }
  let server = redirecting(to: { other.address + "/file" })
  var request = following(server.address + "/from")
  request.destination = .file(path: path, offset: 5, validator: "\"v\"")
  let told = await pull(request)
  #expect(told.error == nil)
  #expect(TestFile.read(path) == Array("0123456789".utf8))
  #expect(other.requests.first?.value(of: "Range") == "bytes=5-")
  #expect(other.requests.first?.value(of: "If-Range") == "\"v\"")
}

@Test func aRedirectThatIsNotFollowedIsTheAnswer() async {
  let server = redirecting(to: { "/to" })
  let told = await pull(get(server.address + "/from"))
  #expect(told.status == 302)
  #expect(told.heads.first?.value(of: "Location") == "/to")
  #expect(told.text == "moved")
  var posted = post(server.address + "/from")
  posted.followsRedirects = true
  #expect(await pull(posted).error == nil)
  #expect(server.requests.map(\.line) == ["GET /from", "POST /from"])
}

@Test func redirectsEndAfterFive() async {
  let server = ScriptedServer { peer in
    while let request = peer.request() {
      let step = Int(request.line.dropFirst("GET /".count)) ?? 0
      if step == 0 {
        peer.answer(body: "done")
      } else {
        peer.answer("302 Found", "Location: /\(step - 1)\r\n")
      }
    }
  }
  #expect(await pull(following(server.address + "/5")).text == "done")
  let told = await pull(following(server.address + "/6"))
  #expect(told.error?.code == .unusableAddress)
  #expect(server.requests.count == 12)
}

@Test(arguments: [
  "ftp://127.0.0.1/file", "file:///etc/passwd", "http://user:pass@127.0.0.1/", "gopher://x/",
])
func aRedirectToWhatIsNoAddressIsNotFollowed(target: String) async {
  let server = redirecting(to: { target })
  let told = await pull(following(server.address + "/from"))
  #expect(told.error?.code == .unusableAddress)
  #expect(told.heads.isEmpty)
}
