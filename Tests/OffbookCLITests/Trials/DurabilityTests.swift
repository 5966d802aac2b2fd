import TestSupport
import Testing

/// A short share of the long runs, so that neither the scripts nor what they show goes stale.
@Suite(.enabled(if: WorkingFacade.canOpen)) struct ShortRunsOfDurability {
  let folder = TemporaryFolder()

  private func run(_ words: String) -> CommandRun {
    CommandRun(
      shell:
        "cd '\(Corpora.packageRoot)' && OFFBOOK=$offbook CAPTIONS=400 bash Tests/Durability/\(words)",
      in: folder)
  }

  @Test func whatWasAcknowledgedOutlivesAKill() {
    let run = run("kill.sh 9")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("kill: 9 rounds, "))
  }

  @Test func twoWritersLoseNothing() {
    let run = run("writers.sh 2")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.hasSuffix(" lines, none lost\n"))
  }
}
