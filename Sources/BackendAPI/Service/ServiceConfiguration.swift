/// Where the service is, and who asks in whose name.
package struct ServiceConfiguration: Sendable {
  /// The service's address where `NEMO_API_URL` names no other.
  package static let standardBase = "https://mega-api-prod.nemovideo.ai"
  /// The address for browsers where `NEMO_WEB_URL` names no other.
  package static let standardWeb = "https://nemovideo.com"
  /// The largest file that the service takes, in bytes.
  package static let largestUpload: Int64 = 500 << 20

  /// Where requests go.
  package var base: WebAddress
  /// Where links for the browser go.
  package var web: WebAddress
  /// Names this person's installation: a UUID.
  package var clientID: String
  /// The token; `nil` while there is none.
  package var token: Secret?
  /// The workflow that asks.
  package var source: String
  /// This program's version.
  package var version: String
  /// Where this program was installed from.
  package var platform: String

  /// Creates a configuration from its parts.
  package init(
    base: WebAddress, web: WebAddress, clientID: String, token: Secret? = nil,
    source: String = Workflow.videoToScript.rawValue, version: String,
    platform: String = "unknown"
  ) {
    self.base = base
    self.web = web
    self.clientID = clientID
    self.token = token
    self.source = source
    self.version = version
    self.platform = platform
  }
}

/// The workflows by the names that the service knows them by.
package enum Workflow: String, Hashable, Sendable, CaseIterable {
  case videoToScript = "video-to-script-generator"
  case scriptToVideo = "ai-video-generator-ai"
  case highQualityVideo = "text-to-video-high-quality"
}

/// The names of header fields that are the service's own.
package enum ServiceHeader {
  /// Which workflow asks.
  package static let source = "X-Skill-Source"
  /// The version of the program that asks.
  package static let version = "X-Skill-Version"
  /// Where that program was installed from.
  package static let platform = "X-Skill-Platform"
  /// Names the person's installation, on the anonymous-token request alone.
  package static let clientID = "X-Client-Id"
}

extension ServiceConfiguration {
  /// Tells where a program was installed from.
  ///
  /// - Parameters:
  ///   - skillSource: the environment's `SKILL_SOURCE`.
  ///   - installPath: the absolute path of the program.
  ///   - home: the person's home folder.
  package static func platform(
    skillSource: String?, installPath: String?, home: String?
  ) -> String {
    if let skillSource {
      let name = headerValue(skillSource)
      if !name.isEmpty { return name }
    }
    guard let installPath, var home, !home.isEmpty else { return "unknown" }
    while home.hasSuffix("/") { home.removeLast() }
    if installPath.hasPrefix(home + "/.clawhub/") { return "clawhub" }
    if installPath.hasPrefix(home + "/.cursor/skills/") { return "cursor" }
    return "unknown"
  }

  /// The link by which a browser takes over a session; the claim token is all the key in it.
  package func claimLink(_ claimToken: String) -> String {
    web.root + "/workspace/claim?ct=" + PercentEncoding.escaped(claimToken)
  }

  /// The link by which a person without an account makes one and keeps what is there.
  ///
  /// - Parameter id: the account's id, else the task's.
  package func registrationLink(_ id: String) -> String {
    web.root + "?bind=" + PercentEncoding.escaped(id)
  }

  /// A request to a place of the service with the attribution that every one carries.
  package func request(
    _ method: HTTPRequest.Method, _ path: ServicePath, isAuthorized: Bool = true
  ) -> HTTPRequest {
    var headers = attribution
    if isAuthorized { headers += authorization }
    headers.append(HTTPHeader("Accept", "application/json"))
    return HTTPRequest(method, base.root + path.text, headers: headers)
  }

  /// The three headers without which an export is answered with 402.
  package var attribution: [HTTPHeader] {
    [
      HTTPHeader(ServiceHeader.source, Self.headerValue(source)),
      HTTPHeader(ServiceHeader.version, Self.headerValue(version)),
      HTTPHeader(ServiceHeader.platform, Self.headerValue(platform)),
    ]
  }

  /// The header that carries the token; none where there is no token.
  package var authorization: [HTTPHeader] {
    guard let token else { return [] }
    return [HTTPHeader("Authorization", "Bearer " + token.revealed)]
  }

  /// Leaves out what may not stand in a header: it came from the environment.
  static func headerValue(_ text: String) -> String {
    String(decoding: text.utf8.filter { (0x21...0x7E).contains($0) }, as: UTF8.self)
  }
}
