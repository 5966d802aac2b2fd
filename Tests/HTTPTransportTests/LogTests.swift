import BackendAPI
import HTTPTransport
import Testing

@Test func theLogTellsWhatHappensAndNoSecret() async {
  let server = ScriptedServer { peer in
    while let request = peer.request() {
      if request.line.hasPrefix("GET /from") {
        peer.answer("302 Found", "Location: /nmv_usr_inpath/x?ct=clm_inquery\r\n")
      } else {
        peer.answer("200 OK", "Set-Cookie: secret\r\n", body: "secret body")
      }
    }
  }
  let lines = Box<[String]>([])
  let transport = CurlTransport(log: { line in lines.change { $0.append(line) } })
  var request = get(
    server.address + "/from?token=nmv_usr_abc",
    headers: [HTTPHeader("Authorization", "Bearer nmv_usr_secret")])
  request.followsRedirects = true
  #expect(await pull(transport.begin(request)).text == "secret body")
  var message = post(server.address + "/run_sse", "{\"text\":\"secret words\"}")
  message.headers = [HTTPHeader("X-Client-Id", "secret")]
  _ = await pull(transport.begin(message))
  _ = await pull(transport.begin(get("http://no-such-host.invalid/clm_tail?x=secret")))
  let log = lines.value.joined(separator: "\n")
  #expect(!log.contains("secret") && !log.contains("usr_") && !log.contains("token="), "\(log)")
  #expect(!log.contains("inquery") && !log.contains("inpath") && !log.contains("tail"))
  #expect(log.contains("#1 GET 127.0.0.1:\(server.port)/from"))
  #expect(log.contains("#1 302, goes on at 127.0.0.1:\(server.port)/nmv_…"))
  #expect(log.contains("#2 POST 127.0.0.1:\(server.port)/run_sse, 23 bytes"))
  #expect(log.contains("#2 200 after "))
  #expect(log.contains("#2 done, 11 bytes after "))
  #expect(log.contains("#3 unresolved after ") && log.contains("sent nothing"))
}
