import BackendSimulator
import Offbook
import ScriptModel
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Connections that end at each byte of what goes through them.
///
/// `OFFBOOK_EVERY_BYTE=1` cuts at every byte; else at every 131st, from another place each time.
@Suite struct CutConnections {
  private static let step: Int64 = getenv("OFFBOOK_EVERY_BYTE") == nil ? 131 : 1

  /// The places to cut at, up to and with the last.
  private func places(upTo count: Int64, offset: Int64) -> [Int64] {
    Array(
      stride(
        from: Self.step == 1 ? 0 : offset % Self.step, through: count, by: Int64.Stride(Self.step)))
  }

  @Test(arguments: [CuttingProxy.Direction.request, .answer])
  func aMessageThatIsCutAnywhereIsChargedOnceAtMostAndNeverLost(
    direction: CuttingProxy.Direction
  ) async throws {
    let text = "Make it a little faster"
    let whole = try await messageLength(text, direction)
    #expect(whole > 100)
    for place in places(upTo: whole, offset: 7) {
      let stage = try ServiceStage()
      _ = try await stage.extract()
      let proxy = try CuttingProxy(to: stage.simulator.port)
      defer { proxy.stop() }
      // The first connection looks and asks for the credits; a message has one of its own.
      proxy.cut(direction, at: place, connection: 2)
      _ = try await stage.say(text, to: proxy.address)
      #expect(stage.simulator.executions(of: text) <= 1, "cut at \(place)")
      proxy.clearCuts()
      _ = try await stage.sync(to: proxy.address)
      _ = try await stage.sync(to: proxy.address)
      let count = stage.simulator.executions(of: text)
      let intent = try #require(
        try stage.workspace.intents(of: stage.project.id, includingSettled: true)
          .first { $0.message == text })
      switch intent.state {
      case .done: #expect(count == 1, "cut at \(place)")
      case .inDoubt:
        #expect(!intent.evidence.isEmpty && intent.maybeCharged, "cut at \(place)")
        #expect(count <= 1, "cut at \(place)")
      default: Issue.record("cut at \(place): \(intent.state) after \(count) executions")
      }
    }
  }

  @Test(arguments: [CuttingProxy.Direction.request, .answer])
  func anUploadThatIsCutAnywhereArrivesOnce(direction: CuttingProxy.Direction) async throws {
    let whole = try await uploadLength(direction)
    #expect(whole > 100)
    for place in places(upTo: whole, offset: 11) {
      let stage = try ServiceStage()
      _ = try await stage.say("Hello there")
      let proxy = try CuttingProxy(to: stage.simulator.port)
      defer { proxy.stop() }
      proxy.cut(direction, at: place, connection: 1)
      let connection = try stage.connection(to: proxy.address)
      let path = stage.media("clip.mp4", bytes: 600)
      let intents = try stage.workspace.recordAttachments([path], in: stage.project.id)
      _ = try await connection.carryOut(intents.map(\.id))
      connection.close()
      proxy.clearCuts()
      _ = try await stage.sync(to: proxy.address)
      #expect(try stage.workspace.intents(of: stage.project.id).isEmpty, "cut at \(place)")
      #expect(stage.simulator.uploads().count == 1, "cut at \(place)")
      #expect(stage.simulator.uploads().first?.size == 600, "cut at \(place)")
    }
  }

  /// How many bytes go through a message's connection in a direction.
  private func messageLength(
    _ text: String, _ direction: CuttingProxy.Direction
  ) async throws -> Int64 {
    let stage = try ServiceStage()
    _ = try await stage.extract()
    let proxy = try CuttingProxy(to: stage.simulator.port)
    defer { proxy.stop() }
    _ = try await stage.say(text, to: proxy.address)
    proxy.settle()
    let passage = try #require(proxy.passages.dropFirst().first)
    return direction == .request ? passage.requestBytes : passage.answerBytes
  }

  /// How many bytes go through the connection that an upload uses, the look before it included.
  private func uploadLength(_ direction: CuttingProxy.Direction) async throws -> Int64 {
    let stage = try ServiceStage()
    _ = try await stage.say("Hello there")
    let proxy = try CuttingProxy(to: stage.simulator.port)
    defer { proxy.stop() }
    let connection = try stage.connection(to: proxy.address)
    let intents = try stage.workspace.recordAttachments(
      [stage.media("clip.mp4", bytes: 600)], in: stage.project.id)
    _ = try await connection.carryOut(intents.map(\.id))
    connection.close()
    proxy.settle()
    let passage = try #require(proxy.passages.first)
    return direction == .request ? passage.requestBytes : passage.answerBytes
  }
}
