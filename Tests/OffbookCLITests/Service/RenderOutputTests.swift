import BackendSimulator
import JSONText
import TestSupport
import Testing

/// Where a finished video goes.
@Suite struct RenderOutputs {
  private func stage() throws -> ServiceProcess {
    let stage = try ServiceProcess()
    #expect(stage.run("extract talk.mp4").status == 0)
    #expect(stage.run(["say", "Generate a video of this"]).status == 0)
    return stage
  }

  @Test func aVideoThatIsRenderedLaterGoesWhereItWasWanted() throws {
    let stage = try stage()
    #expect(stage.run("render -o out.mp4", offline: true).status == 6)
    // The last place counts.
    #expect(stage.run("render -o other.mp4 --no-wait").status == 0)
    let run = stage.run("sync")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("other.mp4'"), "\(run.output)")
    #expect((TestFile.read(stage.folder.path + "/other.mp4") ?? []).isEmpty == false)
    #expect(TestFile.read(stage.folder.path + "/out.mp4") == nil)
    #expect(stage.simulator.renders.count == 1)
  }

  @Test func aFileThatIsThereByThenIsNotReplaced() throws {
    let stage = try stage()
    #expect(stage.run("render -o out.mp4", offline: true).status == 6)
    TestFile.write([1, 2, 3], to: stage.folder.path + "/out.mp4")
    let (document, status) = try stage.document(["sync"])
    #expect(status == 0)
    let warnings = (document["warnings"]?.array ?? []).compactMap(\.string)
    #expect(warnings.contains { $0.contains("out.mp4' is there already") }, "\(warnings)")
    #expect(TestFile.read(stage.folder.path + "/out.mp4") == [1, 2, 3])
    let videos = document["data"]?["projects"]?[0]?["videos"]?.array ?? []
    #expect(videos.compactMap { $0["path"]?.string }.map { $0.contains("/media/") } == [true])
  }

  @Test func aDashIsTheStandardOutput() throws {
    let stage = try stage()
    let run = stage.run("render -o -")
    #expect(run.status == 0 && !run.output.isEmpty, "\(run.errors)")
    #expect(TestFile.read(stage.folder.path + "/-") == nil)
  }
}
