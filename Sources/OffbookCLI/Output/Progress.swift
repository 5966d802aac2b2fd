import JSONText

/// Tells how far work of several steps has come, on stderr.
struct Progress {
  private let console: Console
  private let command: String
  private let count: Int
  private let style: Console.ProgressStyle

  /// - Parameter count: the steps in all; work of a single one is told only on request.
  init(_ console: Console, command: String, count: Int) {
    self.console = console
    self.command = command
    self.count = count
    var style = console.settings.progress
    if style == .auto, console.settings.quiet || console.settings.json || count < 2 {
      style = .none
    }
    self.style = style
  }

  /// Tells that a step begins, from 1.
  func step(_ index: Int, _ verb: String, _ item: String) {
    switch style {
    case .none: return
    case .json:
      var writer = JSONWriter()
      writer.object { writer in
        writer.member("event", "step")
        writer.member("command", command)
        writer.member("index", index)
        writer.member("count", count)
        writer.member("item", item)
      }
      writer.newline()
      console.err.write(writer.drain())
    case .auto where console.showsProgressLine:
      let text = "[\(index)/\(count)] \(verb) \(VisibleText.row(item))"
      let width = (Platform.columns(of: 2) ?? 80) - 1
      console.err.write("\r\u{1B}[K" + TextWidth.truncated(text, to: width))
    case .auto, .plain: console.err.write("[\(index)/\(count)] \(verb) \(VisibleText.row(item))\n")
    }
    console.err.flush()
  }

  /// Takes a progress line off the terminal.
  func finish() {
    if style == .auto, console.showsProgressLine { console.tellNow("\r\u{1B}[K") }
  }
}
