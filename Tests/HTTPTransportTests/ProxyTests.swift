import BackendAPI
import HTTPTransport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// The environment belongs to the whole process, so each of these has one of its own.

@Test func aProxyOfTheEnvironmentIsAsked() async {
  await #expect(processExitsWith: .success) {
    let proxy = ScriptedServer { peer in while peer.request() != nil { peer.answer(body: "by it") }
    }
    setenv("http_proxy", proxy.address, 1)
    let told = await pull(
      get("http://service.invalid/path", headers: [HTTPHeader("Authorization", "Bearer secret")]))
    let isAsked = proxy.requests.first?.line == "GET http://service.invalid/path"
    exit(told.text == "by it" && isAsked ? 0 : 1)
  }
}

@Test func aTunnelIsToldNoSecretAndIsNoAnswer() async {
  await #expect(processExitsWith: .success) {
    let proxy = ScriptedServer { peer in
      guard peer.request() != nil else { return }
      peer.send("HTTP/1.1 200 Connection established\r\nX-Proxy: 1\r\n\r\n")
      // What comes now is TLS, and ends here.
      _ = peer.receive()
    }
    setenv("https_proxy", proxy.address, 1)
    var request = post("https://service.invalid/path?key=secret", "secret")
    request.headers = [HTTPHeader("Authorization", "Bearer secret")]
    let told = await pull(request)
    let head = proxy.requests.first?.head ?? "secret"
    let isTold = head.hasPrefix("CONNECT service.invalid:443 ") && !head.contains("secret")
    let error = told.error
    exit(
      isTold && told.heads.isEmpty && error?.sent == .nothing && error?.hasAnswerBegun == false
        ? 0 : 1)
  }
}

@Test func aProxyThatRefusesIsNoConnection() async {
  await #expect(processExitsWith: .success) {
    let proxy = ScriptedServer { peer in
      while peer.request() != nil { peer.answer("407 Proxy Authentication Required") }
    }
    setenv("https_proxy", proxy.address, 1)
    let told = await pull(post("https://service.invalid/"))
    exit(told.error?.code == .unconnected && told.error?.sent == .nothing ? 0 : 1)
  }
}

@Test func thisMachineIsNotReachedThroughAProxy() async {
  await #expect(processExitsWith: .success) {
    let proxy = ScriptedServer { peer in while peer.request() != nil { peer.answer(body: "by it") }
    }
    let server = ScriptedServer { peer in while peer.request() != nil { peer.answer(body: "own") } }
    setenv("http_proxy", proxy.address, 1)
    setenv("all_proxy", proxy.address, 1)
    let told = await pull(get(server.address))
    let named = await pull(get("http://localhost:\(server.port)/"))
    exit(told.text == "own" && named.text == "own" && proxy.connectionCount == 0 ? 0 : 1)
  }
}

@Test func aHostThatNeedsNoProxyIsAskedItself() async {
  await #expect(processExitsWith: .success) {
    let proxy = ScriptedServer { peer in while peer.request() != nil { peer.answer() } }
    setenv("http_proxy", proxy.address, 1)
    setenv("no_proxy", "service.invalid", 1)
    let told = await pull(get("http://service.invalid/"))
    exit(told.error?.code == .unresolved && proxy.connectionCount == 0 ? 0 : 1)
  }
}
