internal import JSONText
internal import ScriptModel

/// Sends the agent a message: charged, and never to be sent again by itself.
package struct MessageRequest: Sendable {
  /// How long a stream may take: 15 minutes.
  private static let whole = Milliseconds(15 * 60_000)
  /// Some servers send no keep-alive while they work, so silence says little.
  private static let stall = Milliseconds(10 * 60_000)
  /// A bound on what one answer may send, against a stream without an end; pieces are not kept.
  private static let largestStream: Int64 = 4 << 30

  /// The service's name for the session.
  package var sessionID: String
  /// What is said.
  package var text: String

  /// Creates the request.
  package init(sessionID: String, text: String) {
    self.sessionID = sessionID
    self.text = text
  }

  /// Makes the request: over a connection of its own, without redirects.
  package func httpRequest(_ configuration: ServiceConfiguration) -> HTTPRequest {
    var request = configuration.request(.post, .message)
    request.headers.removeAll { $0.name == "Accept" }
    request.headers.append(HTTPHeader("Accept", "text/event-stream"))
    request.body = .json { json in
      json.name("app_name")
      json.value("nemo_agent")
      json.name("user_id")
      json.value("me")
      json.name("session_id")
      json.value(sessionID)
      json.name("new_message")
      json.object { message in
        message.name("parts")
        message.array { parts in
          parts.object { part in
            part.name("text")
            part.value(text)
          }
        }
      }
    }
    request.destination = .pieces(limit: Self.largestStream)
    request.timeouts = HTTPRequest.Timeouts(
      connect: request.timeouts.connect, stall: Self.stall, whole: Self.whole)
    request.usesFreshConnection = true
    request.followsRedirects = false
    return request
  }
}
