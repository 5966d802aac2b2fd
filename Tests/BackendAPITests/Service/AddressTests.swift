import BackendAPI
import Testing

/// Addresses, paths, and what is told of the platform.
struct AddressTests {
  @Test(arguments: [
    ("https://mega-api-prod.nemovideo.ai", "https://mega-api-prod.nemovideo.ai"),
    ("HTTPS://Example.ORG/", "https://example.org/"),
    ("http://127.0.0.1:8080/base/", "http://127.0.0.1:8080/base/"),
    ("http://[::1]:8080", "http://[::1]:8080"), ("https://example.org:443", "https://example.org"),
    ("https://example.org/a b/é?x=1#part", "https://example.org/a%20b/%C3%A9?x=1"),
    ("https://example.org?x", "https://example.org?x"),
  ])
  func addressesAreRead(text: String, written: String) {
    #expect(WebAddress(text)?.text == written)
  }

  @Test(arguments: [
    "", "example.org", "ftp://example.org", "http://", "http:///path", "https://user@example.org",
    "https://example.org:0", "https://example.org:70000", "https://example.org:8a",
    "https://exa mple.org", "https://example.org\\@evil.org", "https://example.org/\r\nX: y",
    "http://[::1", "http://[]", "https://-:", "file:///etc/passwd", "https:/example.org",
    "https://example.org%00",
  ])
  func whatIsNoPlainAddressIsRefused(text: String) {
    #expect(WebAddress(text).map(\.text) == nil)
  }

  @Test(arguments: [
    "plain", "../../etc", "a/b", ".", "..", "1234567890123456789", "sess ion?x=1#y", "é/天",
    "%2e", "a%00",
  ])
  func idsAreOneSegmentOfAPath(id: String) {
    let paths: [ServicePath] = [
      .upload(session: id), .state(session: id), .render(id), .renderCancel(id),
      .renderDownload(id),
    ]
    for path in paths {
      #expect(ServicePath(path.text) == path, "\(path.text)")
      #expect(!path.text.contains("/../") && !path.text.contains("?"))
    }
  }

  @Test(arguments: [
    ServicePath.anonymousToken, .newSession, .claimToken, .message, .credits, .renders,
  ])
  func fixedPathsAreReadBack(path: ServicePath) {
    #expect(ServicePath(path.text) == path)
  }

  @Test(arguments: ["", "/", "/api/state/nemo_agent/me//latest", "/api/render/proxy/lambda/", "/x"])
  func otherPathsAreNone(path: String) {
    #expect(ServicePath(path) == nil)
  }

  @Test(arguments: [
    (String?.some("mine"), "/home/a/.clawhub/x", "mine"),
    ("", "/home/a/.clawhub/bin/offbook", "clawhub"),
    (nil, "/home/a/.cursor/skills/offbook", "cursor"), (nil, "/usr/bin/offbook", "unknown"),
    (nil, "/home/ab/.clawhub/x", "unknown"), ("evil\r\nX-Y: z", "/x", "evilX-Y:z"),
  ])
  func thePlatformIsTold(source: String?, path: String, platform: String) {
    #expect(
      ServiceConfiguration.platform(skillSource: source, installPath: path, home: "/home/a")
        == platform)
  }

  @Test(arguments: [
    ("https://example.org", "/run_sse"), ("https://example.org/", "/run_sse"),
    ("https://example.org/v1//?x=1", "/v1/run_sse"),
  ])
  func placesStandBehindTheBase(base: String, path: String) throws {
    let request = MessageRequest(sessionID: "s", text: "").httpRequest(
      try Stage.configuration(base: base))
    #expect(request.address == "https://example.org" + path)
  }

  @Test func linksHoldNoTokenOfTheService() throws {
    let configuration = try Stage.configuration()
    #expect(
      configuration.claimLink("clm_a b") == "https://example.org/workspace/claim?ct=clm_a%20b")
    #expect(configuration.registrationLink("u&1") == "https://example.org?bind=u%261")
  }
}
