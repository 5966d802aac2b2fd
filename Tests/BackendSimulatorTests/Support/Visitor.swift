import BackendSimulator
import JSONText
import Testing

/// Somebody who uses the service by hand: keeps a token and a session.
struct Visitor {
  let simulator: Simulator
  /// Another port, such as a proxy's.
  var port: UInt16
  var token = ""
  var session = ""
  var task = ""
  var hasAttribution = true

  /// Gets a token and opens a session.
  init(_ simulator: Simulator, client: String = "client-1", session: Bool = true) throws {
    self.simulator = simulator
    port = simulator.port
    let grant = try request(
      "POST", "/api/auth/anonymous-token", headers: ["X-Client-Id: \(client)"])
    token = try #require(grant.json["data"]?["token"]?.string)
    guard session else { return }
    let made = try request(
      "POST", "/api/tasks/me/with-session/nemo_agent",
      json: #"{"task_name":"Demo","language":"en"}"#)
    let ids = made.json["data"]?["session_id"] == nil ? made.json : made.json["data"] ?? .null
    self.session = try #require(ids["session_id"]?.string)
    task = try #require(ids["task_id"]?.string)
  }

  /// The bytes of a request that ends the connection after its answer.
  func bytes(
    _ method: String, _ path: String, headers: [String] = [], contentType: String? = nil,
    body: [UInt8] = []
  ) -> [UInt8] {
    var rows = ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"]
    if !token.isEmpty { rows.append("Authorization: Bearer \(token)") }
    if hasAttribution {
      rows += [
        "X-Skill-Source: video-to-script-generator", "X-Skill-Version: 1.0",
        "X-Skill-Platform: unknown",
      ]
    }
    rows += headers
    if let contentType { rows.append("Content-Type: \(contentType)") }
    if !body.isEmpty || method == "POST" { rows.append("Content-Length: \(body.count)") }
    return Array((rows.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }

  /// A whole exchange.
  func request(
    _ method: String, _ path: String, headers: [String] = [], json: String? = nil
  ) throws -> RawAnswer {
    let bytes = bytes(
      method, path, headers: headers, contentType: json == nil ? nil : "application/json",
      body: Array((json ?? "").utf8))
    return try exchange(bytes, hasBody: method != "HEAD")
  }

  /// A whole exchange of given bytes.
  func exchange(
    _ bytes: [UInt8], hasBody: Bool = true, piece: Int? = nil
  ) throws -> RawAnswer {
    let received = RawClient.exchange(bytes, port: port, piece: piece)
    return try #require(RawAnswer(received.bytes, hasBody: hasBody))
  }

  /// The bytes of a message.
  func message(_ text: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.name("app_name")
      writer.value("nemo_agent")
      writer.name("user_id")
      writer.value("me")
      writer.name("session_id")
      writer.value(session)
      writer.name("new_message")
      writer.object { writer in
        writer.name("parts")
        writer.array { writer in
          writer.object { writer in
            writer.name("text")
            writer.value(text)
          }
        }
      }
    }
    return bytes(
      "POST", "/run_sse", headers: ["Accept: text/event-stream"],
      contentType: "application/json", body: writer.bytes)
  }

  /// Sends a message.
  func say(_ text: String) throws -> RawAnswer { try exchange(message(text)) }

  /// The session's state.
  func state() throws -> JSONValue {
    let answer = try request("GET", "/api/state/nemo_agent/me/\(session)/latest")
    return try #require(answer.json["data"]?["state"])
  }

  /// The bytes of an upload of one file.
  func upload(_ content: [UInt8], name: String, field: String = "files") -> [UInt8] {
    let head =
      "--frontier\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"\(name)\"\r\n"
      + "Content-Type: application/octet-stream\r\n\r\n"
    return bytes(
      "POST", "/api/upload-video/nemo_agent/me/\(session)",
      contentType: "multipart/form-data; boundary=frontier",
      body: Array(head.utf8) + content + Array("\r\n--frontier--\r\n".utf8))
  }
}

extension RawAnswer {
  /// The body as JSON; `null` where it is none.
  var json: JSONValue {
    do { return try JSONValue(parsing: body) } catch { return .null }
  }

  /// The code of an envelope.
  var code: Int64? { json["code"]?.integer }
}

/// Options for tests: no pauses, no chance.
func quickOptions(_ body: (inout SimulatorOptions) -> Void = { _ in }) -> SimulatorOptions {
  var options = SimulatorOptions()
  options.access.credits = 100_000
  options.agent.silentPercent = 0
  options.events.paceMilliseconds = 0
  body(&options)
  return options
}

/// A message that sends one caption.
let smallPush = """
  Replace the text track "Talk" with exactly these captions and leave every other track as it is.
  ```srt
  1
  00:00:00,000 --> 00:00:02,500
  ANNA: Good morning.
  ```
  """
