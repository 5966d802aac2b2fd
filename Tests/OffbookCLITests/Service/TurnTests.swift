import BackendSimulator
import JSONText
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Two processes at one project, and what is left of one that ended.
@Suite struct Turns {
  @Test func aSecondSyncWaitsItsTurn() throws {
    let stage = try ServiceProcess()
    #expect(stage.run("extract talk.mp4").status == 0)
    try stage.add(["message#1:stall,ms=700"])
    let first = stage.start(["say", "Add a title 'One'"], to: stage.simulator.address)
    stage.waitForFault(in: first)
    // What runs is not in doubt.
    let status = stage.run("status")
    #expect(status.errors.contains("1 request on the way just now"), "\(status.errors)")
    let (running, _) = try stage.document(["intents"])
    let intent = try #require(running["data"]?["intents"]?[0])
    #expect(["sending", "streaming"].contains(intent["state"]?.string ?? ""), "\(intent)")
    #expect(intent["maybeCharged"]?.bool == true)
    let id = try #require(intent["id"]?.string)
    #expect(stage.run("intents abandon \(id)").errors.contains("being sent just now"))
    let second = stage.run("sync")
    #expect(second.status == 0, "\(second.errors)")
    #expect(second.errors.contains("Another offbook is at the project"), "\(second.errors)")
    #expect(second.errors.contains("say"), "\(second.errors)")
    #expect(first.wait().status == 0)
    #expect(stage.simulator.executions(of: "Add a title 'One'") == 1)
  }

  @Test func withoutWaitingTheTurnOfAnotherIsTold() throws {
    let stage = try ServiceProcess()
    #expect(stage.run("extract talk.mp4").status == 0)
    try stage.add(["message#1:stall,ms=700"])
    let first = stage.start(["say", "Add a title 'One'"], to: stage.simulator.address)
    stage.waitForFault(in: first)
    let second = stage.run("sync --no-wait")
    #expect(
      second.status == 1 && second.errors.contains("Another offbook is still at this project"))
    #expect(first.wait().status == 0)
  }

  @Test func whatWasInterruptedIsInDoubtAndMaybeCharged() throws {
    let stage = try ServiceProcess()
    #expect(stage.run("extract talk.mp4").status == 0)
    try stage.add(["message#1:stall,ms=700"])
    let run = stage.start(["say", "Add a title 'One'"], to: stage.simulator.address)
    stage.waitForFault(in: run)
    run.signal(SIGINT)
    #expect(run.wait().status == 130)
    let (document, _) = try stage.document(["intents"])
    let intent = try #require(document["data"]?["intents"]?[0])
    #expect(intent["state"]?.string == "inDoubt" && intent["maybeCharged"]?.bool == true)
    #expect(intent["evidence"]?.string == "Offbook ended while it was being sent.")
    let (status, _) = try stage.document(["status"])
    #expect(status["data"]?["projects"]?[0]?["inDoubt"]?.integer == 1)
    let id = try #require(intent["id"]?.string)
    let abandoned = stage.run("intents abandon \(id)")
    #expect(abandoned.status == 0, "\(abandoned.errors)")
    let again = stage.run("intents abandon \(id)")
    #expect(again.errors.contains("The intent is given up already"), "\(again.errors)")
  }
}
