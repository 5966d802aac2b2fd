internal import JSONText

/// The forms of the agent's events as documents: the service's own, and those of an ADK server.
enum AgentEventForms {
  private static let heartbeats: Set<String> = [
    "heartbeat", "ping", "keepalive", "keep-alive", "keep_alive",
  ]
  private static let failureNames = [
    "error", "errorCode", "error_code", "errorMessage", "error_message", "error_details",
  ]
  private static let plainNames = [
    "content", "author", "invocationId", "invocation_id", "actions", "turnComplete",
    "turn_complete", "usageMetadata", "usage_metadata",
  ]

  /// The events that a document holds; none for a form that is not known.
  static func events(of document: JSONValue) -> [AgentEvent] {
    switch document {
    case .array(let elements):
      elements.flatMap { element in
        let events = events(of: element)
        return events.isEmpty ? [.unknown(element.bytes)] : events
      }
    case .object: object(document)
    default: []
    }
  }

  private static func object(_ document: JSONValue) -> [AgentEvent] {
    if let type = document["type"]?.string, let events = typed(type, document) { return events }
    var events: [AgentEvent] = []
    if let parts = document["content"]?.first(["parts"])?.array {
      events = self.parts(parts, isPartial: document["partial"]?.bool ?? false)
    }
    if let failure = failure(document) {
      events.append(.failure(failure))
    } else if events.isEmpty, document["type"]?.string == nil,
      let text = (document["content"] ?? document["text"])?.string
    {
      // The words of a type that nobody knows may be meant for anybody.
      if !text.isEmpty { events = [.text(text, isPartial: document["partial"]?.bool ?? true)] }
    }
    guard events.isEmpty else { return events }
    return document.first(plainNames) != nil && document["type"] == nil ? [.heartbeat] : []
  }

  /// The service's own dialect; `nil` for a type that it does not have.
  private static func typed(_ type: String, _ document: JSONValue) -> [AgentEvent]? {
    let name = document["name"]?.fieldText ?? ""
    switch type {
    case "text":
      let text = words(document["content"] ?? document["text"] ?? .null)
      guard !text.isEmpty else { return [.heartbeat] }
      return [.text(text, isPartial: document["partial"]?.bool ?? true)]
    case "tool_call": return [.toolCall(name: name)]
    case "tool_result": return [.toolResult(name: name)]
    case "error": return [.failure(ServiceError(inEvent: document))]
    default: return heartbeats.contains(type) ? [.heartbeat] : nil
    }
  }

  private static func words(_ content: JSONValue) -> String {
    switch content {
    case .string(let text): text
    case .array(let elements): elements.map { words($0) }.joined()
    case .object: words(content.first(["text", "parts"]) ?? .null)
    default: ""
    }
  }

  private static func parts(_ parts: [JSONValue], isPartial: Bool) -> [AgentEvent] {
    var events: [AgentEvent] = []
    for part in parts {
      // What the model thinks aloud is not for the person.
      let isThought = part["thought"]?.bool == true
      if let text = part["text"]?.string, !text.isEmpty, !isThought {
        if case .text(let before, _) = events.last {
          events[events.count - 1] = .text(before + text, isPartial: isPartial)
        } else {
          events.append(.text(text, isPartial: isPartial))
        }
      }
      if let call = part.first(["functionCall", "function_call"]) {
        events.append(.toolCall(name: call["name"]?.fieldText ?? ""))
      }
      if let response = part.first(["functionResponse", "function_response"]) {
        events.append(.toolResult(name: response["name"]?.fieldText ?? ""))
      }
    }
    return events
  }

  private static func failure(_ document: JSONValue) -> ServiceError? {
    let isEnvelope =
      document["code"]?.roundedNumber.map { $0 != 0 } ?? (document["success"]?.bool == false)
    let error = document.first(failureNames)
    let isError =
      error?.fieldText != nil || error?.object?.isEmpty == false || error == .bool(true)
    return isEnvelope || isError ? ServiceError(inEvent: document) : nil
  }
}
