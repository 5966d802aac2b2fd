/// What a method and a path ask for.
struct Route: Hashable, Sendable {
  var endpoint: Endpoint
  /// The id in the path; empty where there is none.
  var id = ""

  /// Finds the route of a request.
  ///
  /// - Throws: a refusal with 404 for an unknown path, 405 for another method.
  init(method: String, path: String) throws(Refusal) {
    guard let (wanted, endpoint, id) = Self.find(path, method: method) else {
      throw .notFound("Path")
    }
    guard method == wanted || (method == "HEAD" && wanted == "GET") else {
      throw Refusal(status: 405, code: 405, message: "Method Not Allowed")
    }
    self.endpoint = endpoint
    self.id = id
  }

  private static func find(_ path: String, method: String) -> (String, Endpoint, String)? {
    switch path {
    case "/api/auth/anonymous-token": return ("POST", .token, "")
    case "/api/tasks/me/with-session/nemo_agent": return ("POST", .session, "")
    case "/api/auth/claim-token": return ("POST", .claim, "")
    case "/run_sse": return ("POST", .message, "")
    case "/api/credits/balance/simple": return ("GET", .credits, "")
    case "/api/render/proxy/lambda": return ("POST", .render, "")
    default: break
    }
    if let id = between("/api/upload-video/nemo_agent/me/", path, "") {
      return ("POST", .upload, id)
    }
    if let id = between("/api/state/nemo_agent/me/", path, "/latest") { return ("GET", .state, id) }
    if let id = between("/api/render/proxy/lambda/", path, "/cancel") {
      return ("POST", .cancel, id)
    }
    if let id = between("/api/render/proxy/lambda/", path, "") { return ("GET", .poll, id) }
    if let id = between("/api/render/proxy/", path, "/download") { return ("GET", .download, id) }
    if let id = between("/media/", path, "") { return ("GET", .media, id) }
    return nil
  }

  /// What stands between a beginning and an end, if it is one part of a path.
  private static func between(_ front: String, _ path: String, _ back: String) -> String? {
    guard path.hasPrefix(front), path.hasSuffix(back),
      path.utf8.count > front.utf8.count + back.utf8.count
    else { return nil }
    let id = path.dropFirst(front.count).dropLast(back.count)
    return id.contains("/") ? nil : String(id)
  }
}
