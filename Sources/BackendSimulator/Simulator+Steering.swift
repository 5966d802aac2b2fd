import JSONText

extension Simulator {
  /// Lets something go wrong from now on; of several faults for a request the first added counts.
  package func add(_ fault: Fault) {
    withWorld { $0.faults.append(World.ArmedFault(fault: fault)) }
  }

  /// Lets nothing more go wrong.
  package func clearFaults() { withWorld { $0.faults = [] } }

  /// The requests so far, in the order of their beginning.
  package var log: [LoggedRequest] { withWorld { $0.log } }

  /// Forgets the requests so far; faults and sessions stay.
  package func clearLog() { withWorld { $0.log = [] } }

  /// What was charged so far, in order.
  package var charges: [SimulatedCharge] { withWorld { $0.charges } }

  /// How often a message was carried out and charged.
  package func executions(of message: String) -> Int {
    withWorld { world in world.charges.count { $0.message == message } }
  }

  /// The ids of sessions, oldest first.
  package var sessionIDs: [String] { withWorld { $0.sessionOrder } }

  /// The renders, oldest first.
  package var renders: [SimulatedRender] {
    withWorld { world in world.renderOrder.compactMap { world.renders[$0] } }
  }

  /// The tracks of a session; the newest session for `nil`, none for an unknown one.
  package func tracks(session: String? = nil) -> [SimulatedTrack] {
    withWorld { world in
      (session ?? world.sessionOrder.last).flatMap { world.sessions[$0]?.draft.tracks } ?? []
    }
  }

  /// The names, hashes and sizes of a session's uploads.
  package func uploads(session: String? = nil) -> [(name: String, hash: String?, size: Int64)] {
    withWorld { world in
      let files = (session ?? world.sessionOrder.last).flatMap { world.sessions[$0]?.files }
      return (files ?? []).map { ($0.name, $0.hash, $0.byteCount) }
    }
  }

  /// Changes tracks as another device of the same account would; free, and seen by the next read.
  ///
  /// A segment with an empty id gets a new one.
  ///
  /// - Parameter session: its id; the newest session for `nil`.
  /// - Returns: Whether there is such a session.
  @discardableResult
  package func edit(
    session: String? = nil, _ body: (inout [SimulatedTrack]) -> Void
  ) -> Bool {
    withWorld { world in
      guard let id = session ?? world.sessionOrder.last, var known = world.sessions[id] else {
        return false
      }
      body(&known.draft.tracks)
      known.draft.nameAll()
      world.sessions[id] = known
      return true
    }
  }

  /// Changes the segments of a text track as another device would.
  ///
  /// - Parameter track: its name; the first that is no title for `nil`. An unknown one is made.
  @discardableResult
  package func edit(
    track: String?, session: String? = nil, _ body: (inout [SimulatedSegment]) -> Void
  ) -> Bool {
    edit(session: session) { tracks in
      let place = tracks.firstIndex { candidate in
        candidate.type == TrackType.text
          && (track.map { candidate.name == $0 } ?? (candidate.name != "Title"))
      }
      if let place {
        body(&tracks[place].segments)
      } else {
        var made = SimulatedTrack(
          id: "", type: TrackType.text, name: track ?? "Captions", segments: [])
        body(&made.segments)
        tracks.append(made)
      }
    }
  }

  /// Lets all tokens be none any more.
  package func revokeTokens() { withWorld { $0.revokeAllTokens() } }

  /// Lets a session be gone; the newest for `nil`.
  package func expire(session: String? = nil) {
    withWorld { world in
      if let id = session ?? world.sessionOrder.last { world.expire(session: id) }
    }
  }

  /// Sets the credits of all accounts.
  package func setCredits(_ credits: Int) { withWorld { $0.setCredits(credits) } }

  /// Changes options while it runs; port, seed and registered tokens stay as they were.
  package func change(_ body: (inout SimulatorOptions) -> Void) {
    withWorld { body(&$0.options) }
  }

  /// Forgets accounts, sessions, renders, charges and the log; options stay, faults begin anew.
  package func reset() {
    withWorld { world in
      let address = world.address
      let count = world.requestCount
      world = World(world.options)
      world.address = address
      world.requestCount = count
    }
  }
}

extension SimulatedDraft {
  /// Gives ids to tracks and segments that have none.
  mutating func nameAll() {
    for index in tracks.indices {
      if tracks[index].id.isEmpty { tracks[index].id = newID("track") }
      for place in tracks[index].segments.indices
      where tracks[index].segments[place].id.isEmpty {
        tracks[index].segments[place].id = newID("seg")
      }
    }
  }
}
