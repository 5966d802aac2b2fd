import BackendSimulator
import JSONText
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Each workflow, interrupted wherever: `sync` finishes it, nothing is sent or charged twice, and
/// what comes of it is what comes of a run that nothing disturbs.
@Suite struct Interruptions {
  /// What a workflow leaves here and there.
  struct Result: Hashable {
    var script: String
    var media: [String]
    var tracks: [String]
    var charges: [String]
    var uploads: [String]
    var renders: Int
    var requests = 0
    /// Those of them that a token of the environment makes needless.
    var tokenRequests = 0
  }

  @Test(arguments: InterruptionCase.chosen)
  func syncFinishesWhatWasInterruptedAndNothingIsDoneTwice(_ scenario: InterruptionCase) throws {
    let whole = try #require(Self.undisturbed[scenario.workflow])
    let stage = try Self.stage(scenario.workflow, scenario.manner)
    let requests = whole.requests - (scenario.manner == .offline ? whole.tokenRequests : 0)
    let number = 1 + (scenario.place - 1) * requests / 10
    stage.simulator.clearLog()
    stage.simulator.add(scenario.fault(at: number))
    let run = try #require(try Self.interrupted(scenario, at: number, stage), "It was not hit.")
    stage.simulator.clearFaults()
    expectedStatus(of: run, scenario)
    // A person who was interrupted before a command of the workflow asks for it now.
    for words in scenario.workflow.commands where try !Self.isRecorded(words[0], stage) {
      stage.run(words)
    }
    try finish(stage, scenario)
    let result = try Self.result(stage)
    #expect(result.script == whole.script, "\(scenario)")
    #expect(result.media == whole.media, "\(scenario)")
    #expect(result.tracks == whole.tracks, "\(scenario)")
    #expect(result.charges == whole.charges, "\(scenario)")
    #expect(result.uploads == whole.uploads, "\(scenario)")
    #expect(result.renders == whole.renders, "\(scenario)")
    #expect(stage.run("doctor").status == 0)
  }

  /// Syncs until nothing is left to do; what never left this machine's doubt the person asks for again.
  private func finish(_ stage: ServiceProcess, _ scenario: InterruptionCase) throws {
    var last = stage.run("sync --spend 1000")
    if try stage.states().contains("inDoubt") {
      let (document, _) = try stage.document(["intents"])
      for intent in document["data"]?["intents"]?.array ?? []
      where intent["state"]?.string == "inDoubt" {
        let message = try #require(intent["message"]?.string)
        let id = try #require(intent["id"]?.string)
        #expect(stage.simulator.executions(of: message) == 0, "\(scenario): \(last.errors)")
        #expect(stage.run("intents retry \(id)").status == 0)
      }
      last = stage.run("sync --spend 1000")
    }
    let again = stage.run("sync --spend 1000")
    #expect(again.status == 0, "\(scenario): \(last.errors) \(again.errors)")
    let states = Set(try stage.states())
    #expect(states.isSubset(of: ["done", "abandoned"]), "\(scenario): \(states)")
  }

  private func expectedStatus(of run: CommandRun, _ scenario: InterruptionCase) {
    switch scenario.manner {
    case .kill: #expect(run.status == 128 + SIGKILL || run.status == 0, "\(run.errors)")
    case .interrupt:
      #expect(run.status == 130 || run.status == 0, "\(run.errors)")
      #expect(run.status == 0 || run.errors.contains("'offbook sync' goes on"), "\(run.errors)")
    case .token: #expect(run.status == 0, "\(run.errors)")
    case .offline, .cut:
      #expect([0, 1, 3, 6].contains(run.status), "\(scenario): \(run.errors)")
    }
  }

  // MARK: Running

  /// Runs the workflow's commands with what goes wrong on its way; the rest is not begun.
  ///
  /// - Returns: The command that was hit; `nil` where none was.
  private static func interrupted(
    _ scenario: InterruptionCase, at number: Int, _ stage: ServiceProcess
  ) throws -> CommandRun? {
    let proxy = scenario.manner == .offline ? try CuttingProxy(to: stage.simulator.port) : nil
    defer { proxy?.stop() }
    for words in scenario.workflow.commands {
      let command = stage.start(words, to: proxy?.address ?? stage.simulator.address)
      Waiting.until { command.isOver || isReached(number, scenario, stage) }
      let isHit = stage.simulator.log.count >= number
      if isHit {
        switch scenario.manner {
        case .kill: command.signal(SIGKILL)
        case .interrupt: command.signal(SIGINT)
        case .offline: proxy?.stop()
        case .cut, .token: break
        }
      }
      let run = command.wait()
      // What the command handed over before its end may still be on its way; a stall has done its work.
      #expect(
        Waiting.until { stage.simulator.log.allSatisfy { $0.isOver || $0.fault != nil } })
      if isHit { return run }
      #expect(run.status == 0, "\(run.errors)")
    }
    return nil
  }

  /// Whether the request came, and of an answer that stalls in its middle the beginning is out.
  private static func isReached(
    _ number: Int, _ scenario: InterruptionCase, _ stage: ServiceProcess
  ) -> Bool {
    let log = stage.simulator.log
    guard log.count >= number else { return false }
    return !scenario.place.isMultiple(of: 2) || log[number - 1].status != nil
      || log[number - 1].isOver
  }

  private static func isRecorded(_ command: String, _ stage: ServiceProcess) throws -> Bool {
    let (document, _) = try stage.document(["intents", "--all"])
    let intents = document["data"]?["intents"]?.array ?? []
    return intents.contains { intent in
      command == "render"
        ? intent["kind"]?.string == "render" : intent["purpose"]?.string == command
    }
  }

  private static func stage(
    _ workflow: InterruptionCase.Workflow, _ manner: InterruptionCase.Manner? = nil
  ) throws -> ServiceProcess {
    // A token of the environment is good at the proxy's address too; else each has one of its own.
    let stage = try ServiceProcess(
      credits: 5000, token: manner == .offline ? "nmv_usr_mine" : nil)
    TestFile.write(
      Array("ANNA: Good morning.\nBEN: The lamp is lit.\n".utf8),
      to: stage.folder.path + "/story.txt")
    for words in workflow.before { #expect(stage.run(words).status == 0) }
    return stage
  }

  // MARK: Results

  private static let undisturbed: [InterruptionCase.Workflow: Result] = {
    var results: [InterruptionCase.Workflow: Result] = [:]
    for workflow in InterruptionCase.Workflow.allCases {
      // Where this fails, so does every test that needs it.
      results[workflow] = try? undisturbed(workflow)
    }
    return results
  }()

  private static func undisturbed(_ workflow: InterruptionCase.Workflow) throws -> Result {
    let stage = try stage(workflow)
    stage.simulator.clearLog()
    for words in workflow.commands { #expect(stage.run(words).status == 0) }
    let log = stage.simulator.log
    #expect(stage.run("sync --spend 1000").status == 0)
    var result = try self.result(stage)
    result.requests = log.count
    result.tokenRequests = log.count { $0.endpoint == .token }
    return result
  }

  private static func result(_ stage: ServiceProcess) throws -> Result {
    let (list, _) = try stage.document(["list"])
    let ids = (list["data"]?["scripts"]?.array ?? []).compactMap { $0["id"]?.string }
    let (media, _) = try stage.document(["media"])
    return Result(
      script: ids.map { stage.run("show \($0)").output }.joined(),
      media: (media["data"]?["media"]?.array ?? []).map { medium in
        // What the agent makes is named after the account.
        ["kind", "origin", "state"].map { medium[$0]?.string ?? "-" }.joined(separator: " ")
          + " \(medium["bytes"]?.integer ?? 0)"
      },
      tracks: stage.simulator.tracks().map { track in
        "\(track.type) "
          + track.segments.map { "\($0.speaker ?? ""):\($0.text)" }.joined(separator: "|")
      },
      charges: stage.simulator.charges.map(\.kind),
      uploads: stage.simulator.uploads().map(\.name), renders: stage.simulator.renders.count)
  }
}
