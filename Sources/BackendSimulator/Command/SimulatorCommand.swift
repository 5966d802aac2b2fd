#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The command `offbook-simulator`: reads its words, starts the service, waits for its end.
package enum SimulatorCommand {
  /// Runs the command.
  ///
  /// - Returns: The exit status: 0 after an end that was asked for, 1 where the port is taken, 2 for
  ///   wrong use.
  package static func run(arguments: [String]) -> Int32 {
    let words: SimulatorArguments
    do throws(OptionError) {
      words = try SimulatorArguments(arguments)
    } catch {
      Platform.write("Error: \(error). See 'offbook-simulator --help'\n", to: 2)
      return 2
    }
    if words.wantsHelp {
      Platform.write(SimulatorHelp.text, to: 1)
      return 0
    }
    signal(SIGPIPE, SIG_IGN)
    // Blocked before any thread starts, so that all threads leave them to `sigwait`.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    do throws(SimulatorError) {
      let simulator = try Simulator(words.options)
      Platform.write("Listening on \(simulator.address)\n", to: 1)
      if words.endsWithInput { endWithInput() }
      var signal: Int32 = 0
      while sigwait(&signals, &signal) != 0 {}
      simulator.stop()
      return 0
    } catch {
      Platform.write("Error: \(error)\n", to: 2)
      return 1
    }
  }

  /// Sends this process SIGTERM when its standard input ends.
  private static func endWithInput() {
    _ = Threads.start {
      var byte: UInt8 = 0
      while true {
        let count = read(0, &byte, 1)
        if count == 0 || (count < 0 && errno != EINTR) { break }
      }
      kill(getpid(), SIGTERM)
    }
  }
}

/// The words of the command.
struct SimulatorArguments {
  var options = SimulatorOptions()
  var wantsHelp = false
  var endsWithInput = false

  /// Reads `--name value`, `--name=value`, `--flag` and `--no-flag`.
  init(_ arguments: [String]) throws(OptionError) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "--help" || word == "-h" {
        wantsHelp = true
        continue
      }
      if word == "--until-stdin-closes" {
        endsWithInput = true
        continue
      }
      guard word.hasPrefix("--") else { throw .unknown(word) }
      let pair = word.dropFirst(2).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(pair[0])
      if pair.count == 2 {
        try options.set(name, to: String(pair[1]))
      } else if let flag = Self.flag(name) {
        try options.set(flag.name, to: flag.isOn ? "yes" : "no")
      } else {
        guard SimulatorOptions.table.contains(where: { $0.name == name }) else {
          throw .unknown(word)
        }
        guard let value = rest.popFirst() else { throw .missingValue(name) }
        try options.set(name, to: value)
      }
    }
  }

  private static func flag(_ name: String) -> (name: String, isOn: Bool)? {
    for option in SimulatorOptions.table where option.value == nil {
      if name == option.name { return (name, true) }
      if name == "no-\(option.name)" { return (option.name, false) }
    }
    return nil
  }
}
