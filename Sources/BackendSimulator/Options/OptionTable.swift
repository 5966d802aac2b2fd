extension SimulatorOptions {
  /// All options, in the order of the help.
  package static let table: [OptionDefinition] =
    general + access + answers + draft + events + agent + media

  /// Sets an option by its name on the command line.
  ///
  /// - Throws: `OptionError` for an unknown name or a value that the option does not have.
  package mutating func set(_ name: String, to value: String) throws(OptionError) {
    guard let definition = Self.table.first(where: { $0.name == name }) else {
      throw .unknown(name)
    }
    guard definition.set(&self, value) else {
      throw .badValue(name: name, value: value, wanted: definition.value ?? "yes|no")
    }
  }

  private static let general: [OptionDefinition] = [
    .count("port", \.port, "Listens on this port of 127.0.0.1; 0, the default, takes a free one"),
    .count("seed", \.seed, "What ids, replies and silence follow from (1)"),
    .flag("verbose", \.isVerbose, "Writes a line a request on standard error"),
    OptionDefinition(
      name: "fault", value: "RULE",
      summary: "Lets something go wrong; may be given again. See 'Faults' below"
    ) { options, text in
      guard let fault = Fault(parsing: text) else { return false }
      options.faults.append(fault)
      return true
    },
  ]

  private static let access: [OptionDefinition] = [
    .count("credits", \.access.credits, "What a new account has (100)"),
    OptionDefinition(
      name: "cost", value: "KIND=N,…",
      summary: "What messages cost: extraction=20, generation=60, push=5, edit=10, talk=1"
    ) { options, text in setCosts(&options.access.costs, text) },
    OptionDefinition(
      name: "registered-token", value: "TOKEN",
      summary: "Accepts this token of a registered account; may be given again"
    ) { options, text in
      options.access.registeredTokens.append(text)
      return !text.isEmpty
    },
    .flag("limit-tokens", \.access.limitsTokens, "Refuses a client's second token with 429"),
    .choice(
      "anonymous-render", \.access.anonymousRender, "Whether an anonymous token may render"),
  ]

  private static let answers: [OptionDefinition] = [
    .choice("ids", \.answers.idPlace, "Where a new session's ids stand"),
    .choice("session-id", \.answers.sessionID, "How a session's id looks"),
    .choice("numbers", \.answers.numbers, "How numbers are written"),
    .choice("envelope", \.answers.fullness, "What answers hold besides what is needed"),
    .choice("refusals", \.answers.refusals, "How refusals come that have an HTTP status"),
    .choice("unknown-session", \.answers.unknownSession, "How an unknown session is refused"),
    .choice("render-shape", \.answers.renderShape, "Where a render's state and file stand"),
    .flag("progress", \.answers.showsProgress, "Tells how far a render is (on)"),
    .flag("strict", \.answers.isStrict, "Refuses bodies of the wrong form with 422 (on)"),
  ]

  private static let draft: [OptionDefinition] = [
    OptionDefinition(
      name: "segment-keys", value: "FIELD=KEY,…",
      summary: "Keys of segments: "
        + SegmentKeys.choices.map { "\($0.field)=\($0.keys.joined(separator: " | "))" }
        .joined(separator: ", ")
    ) { options, text in setKeys(&options.draft.keys, text) },
    .choice("generated-media", \.draft.generatedMedia, "How generated media are held"),
    .choice("video-infos", \.draft.videoInfos, "How uploaded files are held"),
    .choice("empty-state", \.draft.emptyState, "The state of a session that did nothing yet"),
    .flag("unknown-members", \.draft.hasUnknownMembers, "Members that nobody knows (on)"),
  ]

  private static let events: [OptionDefinition] = [
    .choice("dialect", \.events.dialect, "The dialect of the agent's events"),
    .flag("shared-ids", \.events.sharesIDs, "adk: pieces and the whole share an id"),
    .flag("snake-case", \.events.usesSnakeCase, "adk: function_call and not functionCall"),
    .flag("partials", \.events.sendsPartials, "adk: texts in pieces, then whole (on)"),
    .flag("combined-calls", \.events.combinesCalls, "adk: a call and a text in one event"),
    .choice("row-end", \.events.rowEnd, "The ends of rows"),
    .choice("split", \.events.splitting, "Where the stream is cut into writes"),
    .choice("ending", \.events.ending, "How the stream ends"),
    .flag("comments", \.events.hasComments, "Comments between events"),
    .flag("fields", \.events.hasFields, "event:, id: and retry: before data:"),
    .flag("data-rows", \.events.hasSeveralDataRows, "An event over several data: rows"),
    .flag("noise", \.events.hasNoise, "Empty data: rows and unknown events"),
    .count("heartbeats", \.events.heartbeats, "Heartbeats before the first text (1)"),
    .count("pace", \.events.paceMilliseconds, "The pause before each event, in ms (20)"),
  ]

  private static let agent: [OptionDefinition] = [
    .count("silent", \.agent.silentPercent, "Of 100 edits, how many get no words (30)"),
    .flag("gui-talk", \.agent.talksOfGUI, "Replies speak of buttons and panels"),
    .flag("temporary-issue", \.agent.endsWithTemporaryIssue, "Good replies end with an 'issue'"),
    .flag("unicode-separators", \.agent.usesUnicodeSeparators, "U+2028 and U+0085 in texts"),
    .choice("layout", \.agent.layout, "The layout of transcripts in replies"),
    .flag("split-turns", \.agent.splitsTurns, "The track has sentences, the reply turns"),
    .flag("no-track", \.agent.makesNoTrack, "An extraction has its words in the reply alone"),
    .flag("rough-words", \.agent.writesRoughly, "The track has no capitals and no marks"),
    .count(
      "second-stage", \.agent.readsUntilSecondStage, "State reads until a video is final (2)"),
    .choice("push-drift", \.agent.pushDrift, "What is done to captions that are sent"),
    OptionDefinition(
      name: "fixtures", value: "DIR",
      summary: "Folder of texts: talk.txt holds what is said in talk.mp4"
    ) { options, text in
      options.agent.fixturesFolder = text
      return !text.isEmpty
    },
  ]

  private static let media: [OptionDefinition] = [
    .flag("text-uploads", \.media.acceptsTexts, "Accepts TXT, DOCX, PDF and SRT (on)"),
    .count("most-upload", \.media.mostUploadBytes, "The most bytes of a file (524288000)"),
    .flag("hash-uploads", \.media.hashesUploads, "Tells the SHA-256 of uploads (on)"),
    OptionDefinition(
      name: "keep-uploads", value: "DIR", summary: "Keeps uploads in a folder, by number"
    ) { options, text in
      options.media.uploadFolder = text
      return !text.isEmpty
    },
    .count("media-bytes", \.media.byteCount, "The size of what is generated (200000)"),
    .choice("media-names", \.media.names, "What generated media are named"),
    .flag("media-elsewhere", \.media.isElsewhere, "Media have addresses on another host"),
    .flag("media-redirects", \.media.redirects, "Addresses of media redirect to another host"),
    .count("render-polls", \.media.rendersPolls, "Polls until a render is done (2)"),
    .count("failing-renders", \.media.failingRenders, "Renders that fail before one is done"),
  ]

  private static func setCosts(_ costs: inout AccessOptions.Costs, _ text: String) -> Bool {
    text.split(separator: ",").allSatisfy { pair in
      let words = pair.split(separator: "=")
      guard words.count == 2, let number = Int(words[1]), number >= 0 else { return false }
      switch words[0] {
      case "extraction": costs.extraction = number
      case "generation": costs.generation = number
      case "push": costs.push = number
      case "edit": costs.edit = number
      case "talk": costs.talk = number
      default: return false
      }
      return true
    }
  }

  private static func setKeys(_ keys: inout SegmentKeys, _ text: String) -> Bool {
    text.split(separator: ",").allSatisfy { pair in
      let words = pair.split(separator: "=")
      return words.count == 2 && keys.set(String(words[0]), to: String(words[1]))
    }
  }
}

/// Why an option can't be set.
package enum OptionError: Error, Hashable, CustomStringConvertible {
  case unknown(String)
  case badValue(name: String, value: String, wanted: String)
  case missingValue(String)

  /// What is wrong, and what is possible.
  package var description: String {
    switch self {
    case .missingValue(let name):
      "'--\(name)' needs a value"
    case .unknown(let name):
      "Unknown option '\(name)'"
    case .badValue(let name, let value, let wanted):
      "Unusable value '\(value)' of '--\(name)'. Possible is: \(wanted)"
    }
  }
}
