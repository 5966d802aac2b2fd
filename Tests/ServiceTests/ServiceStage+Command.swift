import BackendSimulator
import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension ServiceStage {
  /// Runs the built command, a line each, with both streams in one, to its end.
  func command(
    _ lines: [String], _ variables: [String: String] = [:], prologue: String = ":"
  ) -> ProcessRun {
    started(lines, variables, prologue: prologue).wait()
  }

  /// Starts the built command, a line each, with both streams in one.
  ///
  /// - Parameters:
  ///   - prologue: a row of shell that comes first: a limit, say.
  ///   - pidFile: where the command's process id is written to before it runs.
  func started(
    _ lines: [String], _ variables: [String: String] = [:], prologue: String = ":",
    pidFile: String? = nil
  ) -> StartedProcess {
    let folder = folder.path
    // Tests that run behind another program may be deaf to Ctrl-C; what they start is not.
    var words = [
      "/usr/bin/env", "--default-signal=INT", "-i", "PATH=/usr/bin:/bin", "HOME=\(folder)",
      "XDG_CONFIG_HOME=\(folder)/config", "OFFBOOK_WORKSPACE=\(folder)/command",
      "OFFBOOK_PACE=0.001", "NEMO_API_URL=\(simulator.address)",
    ]
    words += variables.map { "\($0)=\($1)" }
    let front = pidFile.map { "sh -c 'echo $$ >\($0) && exec \"$0\" \"$@\"' " } ?? ""
    let rows = lines.map { "\(front)\(Self.binary) \($0) || exit $?" }.joined(separator: "\n")
    return StartedProcess(
      words + ["/bin/sh", "-c", "exec 2>&1; cd \(folder)\n\(prologue)\n\(rows)"])
  }

  /// The built command, beside the test bundle.
  static let binary: String = {
    let bundle = CommandLine.arguments[0].split(
      separator: "/", omittingEmptySubsequences: false)
    let beside = bundle.dropLast().joined(separator: "/") + "/offbook"
    return beside.hasPrefix("/") && access(beside, X_OK) == 0
      ? beside : Corpora.packageRoot + "/.build/debug/offbook"
  }()
}
