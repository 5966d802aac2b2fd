import JSONText
import ScriptModel

/// What the simulator tells whoever steers it.
enum ControlJSON {
  static func log(_ log: [LoggedRequest]) -> JSONValue {
    .members([
      "requests": .array(
        log.map { entry in
          .members([
            "number": .whole(entry.number), "endpoint": .text(entry.endpoint?.rawValue),
            "method": .string(entry.method), "path": .string(entry.path),
            "status": entry.status.map { .whole($0) } ?? .null,
            "receivedBytes": .whole(entry.receivedBytes),
            "authorized": .bool(entry.isAuthorized),
            "attribution": entry.attribution.map { .array($0.map { .string($0) }) } ?? .null,
            "range": .text(entry.range), "fault": .text(entry.fault),
            "complete": .bool(entry.isComplete),
          ])
        })
    ])
  }

  /// Charges by message: how often each was carried out, and for how much.
  static func charges(_ charges: [SimulatedCharge]) -> JSONValue {
    var order: [[String]] = []
    var groups: [[String]: [SimulatedCharge]] = [:]
    for charge in charges {
      let key = [charge.sessionID, charge.message]
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(charge)
    }
    let entries = order.compactMap { groups[$0] }.map { group in
      let message = group[0].message
      return JSONValue.members([
        "session": .string(group[0].sessionID), "kind": .string(group[0].kind),
        "message": .string(String(message.prefix(200))),
        "sha256": .string(Hexadecimal.text(SHA256.digest(of: Array(message.utf8)))),
        "executions": .whole(group.count),
        "credits": .whole(group.reduce(0) { $0 + $1.credits }),
      ])
    }
    return .members([
      "charges": .array(entries), "count": .whole(charges.count),
      "total": .whole(charges.reduce(0) { $0 + $1.credits }),
    ])
  }

  static func sessions(_ world: World) -> JSONValue {
    let sessions = world.sessionOrder.compactMap { world.sessions[$0] }.map { session in
      JSONValue.members([
        "id": .string(session.id), "task": .string(session.taskID),
        "name": .string(session.name), "language": .string(session.language),
        "messages": .whole(session.messageCount), "files": .whole(session.files.count),
        "generated": .whole(session.generated.count),
        "tracks": .array(
          session.draft.tracks.map { track in
            .members([
              "name": .string(track.name), "type": .whole(track.type),
              "segments": .whole(track.segments.count),
            ])
          }),
      ])
    }
    return .members(["sessions": .array(sessions)])
  }

  static func renders(_ renders: [SimulatedRender]) -> JSONValue {
    .members([
      "renders": .array(
        renders.map { render in
          .members([
            "id": .string(render.id), "session": .string(render.sessionID),
            "state": .string(render.state.rawValue), "polls": .whole(render.polls),
            "requests": .whole(render.requests), "draftBytes": .whole(render.draft.count),
          ])
        })
    ])
  }
}
