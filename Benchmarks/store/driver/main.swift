import Offbook
import ScriptModel

/// Calls the library in this process and prints the median of one call in milliseconds.
///
/// usage: store-benchmark values|edit|search WORKSPACE TITLE|QUERY [NUMBER]
struct StoreBenchmark {
  let workspace: Workspace

  /// Opens a script into values.
  func values(_ title: String) throws -> Double {
    let script = try workspace.script(matching: title)
    return try median(of: 21) { _ in
      guard try !workspace.script(script.id).lines.isEmpty else { throw Failure.empty }
    }
  }

  /// Changes the text of a line, each time in a durable transaction of its own.
  func edit(_ title: String, number: String) throws -> Double {
    let script = try workspace.script(matching: title)
    guard let line = try workspace.lines(matching: [number], in: script.id).first else {
      throw Failure.empty
    }
    return try median(of: 101) { round in
      var fields = LineFields()
      fields.text = "other words \(round) of it"
      _ = try workspace.setLine(line, in: script.id, fields: fields)
    }
  }

  /// Finds the first page of hits.
  func search(_ query: String) throws -> Double {
    try median(of: 21) { _ in _ = try workspace.search(query) }
  }

  private func median(of rounds: Int, _ body: (Int) throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    var times: [Duration] = []
    for round in 0..<rounds {
      let start = clock.now
      try body(round)
      times.append(clock.now - start)
    }
    times.sort()
    let parts = times[rounds / 2].components
    return Double(parts.seconds) * 1000 + Double(parts.attoseconds) / 1e15
  }

  enum Failure: Error { case usage, empty }
}

let arguments = CommandLine.arguments
guard arguments.count >= 4 else { throw StoreBenchmark.Failure.usage }
let benchmark = StoreBenchmark(workspace: try Workspace.open(at: arguments[2], create: false))
switch arguments[1] {
case "values": print(try benchmark.values(arguments[3]))
case "edit":
  print(try benchmark.edit(arguments[3], number: arguments.count > 4 ? arguments[4] : "1"))
case "search": print(try benchmark.search(arguments[3]))
default: throw StoreBenchmark.Failure.usage
}
