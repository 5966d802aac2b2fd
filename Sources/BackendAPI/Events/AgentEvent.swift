/// One event of the agent's answer, in whichever of the two dialects it came.
package enum AgentEvent: Hashable, Sendable {
  /// Words for the person; a piece of them where `isPartial`.
  case text(String, isPartial: Bool)
  /// The agent uses a tool of its own.
  case toolCall(name: String)
  /// A tool of the agent's answered.
  case toolResult(name: String)
  /// Nothing new: the agent works on.
  case heartbeat
  /// The agent reports a failure.
  case failure(ServiceError)
  /// Something that this client does not know, as it came.
  case unknown([UInt8])
}
