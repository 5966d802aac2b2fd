import BackendAPI
import HTTPTransport
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// `openssl s_server` on loopback, with a certificate that it made itself for `localhost`.
private final class SecureServer: Sendable {
  let folder = TemporaryFolder()
  let port: UInt16
  private let process: pid_t

  /// Starts it; `nil` where there is no openssl.
  ///
  /// - Parameter answer: what `/answer` is answered with, head and all; else every path has a page.
  init?(answering answer: String? = nil) {
    let key = ["-keyout", folder.path + "/key.pem", "-out", folder.path + "/certificate.pem"]
    let names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    let made = spawn(
      ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"] + key + names,
      output: "/dev/null")
    var status: Int32 = -1
    guard let made, waitpid(made, &status, 0) == made, status == 0 else { return nil }
    port = ScriptedServer.closedPort()
    let log = folder.path + "/log"
    let files = ["-key", folder.path + "/key.pem", "-cert", folder.path + "/certificate.pem"]
    if let answer { TestFile.write(Array(answer.utf8), to: folder.path + "/answer") }
    let server = ["openssl", "s_server", "-accept", "127.0.0.1:\(port)"]
    let shape = [answer == nil ? "-www" : "-HTTP"]
    guard
      let process = spawn(
        ["sh", "-c", "cd \"$0\" && exec \"$@\"", folder.path] + server + shape + files,
        output: log)
    else { return nil }
    self.process = process
    while !String(decoding: TestFile.read(log) ?? [], as: UTF8.self).contains("ACCEPT") {
      if waitpid(process, &status, WNOHANG) != 0 { return nil }
      letOthersRun()
    }
  }

  deinit {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }
}

private func spawn(_ arguments: [String], output: String) -> pid_t? {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
  // A child must not keep connections of other tests open that their scripts close.
  for descriptor in 3..<Int32(1024) {
    posix_spawn_file_actions_addclose(&actions, descriptor)
  }
  var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  pointers.append(nil)
  var child: pid_t = 0
  return posix_spawnp(&child, arguments[0], &actions, nil, pointers, environ) == 0 ? child : nil
}

@Test func certificatesAreChecked() async {
  guard let server = SecureServer() else {
    print("certificatesAreChecked: passed over, there is no openssl")
    return
  }
  func ask(_ host: String, trusting file: String? = nil) async -> Told {
    let transport = CurlTransport(certificates: TrustedCertificates(file: file))
    var request = post("https://\(host):\(server.port)/")
    if file != nil { request = get("https://\(host):\(server.port)/") }
    return await pull(transport.begin(request))
  }
  let certificate = server.folder.path + "/certificate.pem"
  let refused = await ask("localhost")
  #expect(refused.error?.code == .insecure)
  #expect(refused.error?.sent == .nothing)
  #expect(refused.error?.description.contains("self") == true)
  let misnamed = await ask("127.0.0.1", trusting: certificate)
  #expect(misnamed.error?.code == .insecure)
  let missing = await ask("localhost", trusting: server.folder.path + "/none.pem")
  #expect(missing.error?.code == .insecure)
  let trusted = await ask("localhost", trusting: certificate)
  #expect(trusted.status == 200)
}

@Test func aSecureAddressIsNotLeftForAnOpenOne() async {
  guard SecureServer() != nil else {
    print("aSecureAddressIsNotLeftForAnOpenOne: passed over, there is no openssl")
    return
  }
  let away = ScriptedServer { peer in
    while peer.request() != nil { peer.answer("200 OK", body: "downgraded") }
  }
  let redirect = "HTTP/1.0 302 Found\r\nLocation: \(away.address)/away\r\n\r\n"
  guard let secure = SecureServer(answering: redirect) else { return }
  let trusting = CurlTransport(
    certificates: TrustedCertificates(file: secure.folder.path + "/certificate.pem"))
  var request = get("https://localhost:\(secure.port)/answer")
  request.followsRedirects = true
  let told = await pull(trusting.begin(request))
  #expect(told.error?.code == .unusableAddress, "\(told)")
  #expect(away.requests.isEmpty && !told.text.contains("downgraded"))
}

@Test func anOpenAddressMayLeadToASecureOne() async {
  guard let server = SecureServer() else {
    print("anOpenAddressMayLeadToASecureOne: passed over, there is no openssl")
    return
  }
  let open = ScriptedServer { peer in
    while peer.request() != nil {
      peer.answer("302 Found", "Location: https://localhost:\(server.port)/\r\n")
    }
  }
  let certificate = server.folder.path + "/certificate.pem"
  let transport = CurlTransport(certificates: TrustedCertificates(file: certificate))
  var request = get(open.address, headers: [HTTPHeader("Authorization", "Bearer nmv_secret")])
  request.followsRedirects = true
  let told = await pull(transport.begin(request))
  #expect(told.status == 200)
  #expect(!told.text.contains("nmv_secret"))
}
