import JSONText

/// The two streams of the command and how they are to be written.
final class Console {
  /// What the options of all commands say about output.
  struct Settings {
    var json = false
    var quiet = false
    var verbose = false
    var color = true
    var progress = ProgressStyle.auto
  }

  /// How progress is told.
  enum ProgressStyle: String, CaseIterable {
    case auto, plain, json, none
  }

  let settings: Settings
  /// Where data goes.
  let out: Output
  /// Where everything else goes.
  let err: Output
  let outStyle: Style
  let errStyle: Style
  /// Whether data goes to a terminal.
  let outIsTerminal: Bool
  let errIsTerminal: Bool
  /// Whether stderr is a terminal on which a line can be written again.
  let showsProgressLine: Bool
  /// The columns of the terminal that data goes to; `nil` where it goes elsewhere.
  let width: Int?
  /// What was warned of so far.
  private(set) var warnings: [String] = []

  init(settings: Settings, environment: [String: String], out: Output, err: Output) {
    self.settings = settings
    self.out = out
    self.err = err
    outIsTerminal = Platform.isTerminal(1)
    errIsTerminal = Platform.isTerminal(2)
    let allowed =
      settings.color && environment["NO_COLOR", default: ""].isEmpty
      && environment["TERM"] != "dumb"
    showsProgressLine = errIsTerminal && environment["TERM"] != "dumb"
    outStyle = Style(isOn: allowed && outIsTerminal)
    errStyle = Style(isOn: allowed && errIsTerminal)
    width = outIsTerminal ? Platform.columns(of: 1) ?? 80 : nil
  }

  /// Writes a line of data.
  func line(_ text: String) { out.write(text + "\n") }

  /// Writes a line of data, broken between words on a terminal.
  func wrapped(_ text: String) { line(Self.fitted(text, to: width)) }

  /// Writes a table of data.
  func table(_ table: TextTable) {
    for line in table.lines(width: width, style: outStyle) { self.line(line) }
  }

  /// Tells on stdout what was done, unless the person wants it quiet.
  func tell(_ text: String) {
    if !settings.quiet { line(Self.fitted(text, to: width)) }
  }

  /// Tells on stderr what else there is to know, unless the person wants it quiet or reads JSON.
  func note(_ text: String) {
    guard !settings.quiet, !settings.json else { return }
    tellNow(fitted(text) + "\n")
  }

  /// A text for stderr, broken between words where a terminal would break it anywhere.
  private func fitted(_ text: String) -> String {
    Self.fitted(text, to: errIsTerminal ? Platform.columns(of: 2) : nil)
  }

  /// Rows go on under the beginning of their first word.
  private static func fitted(_ text: String, to width: Int?) -> String {
    guard let width, !text.contains("\u{1B}") else { return text }
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false).map { row in
      let margin = String(row.prefix { $0 == " " })
      let room = max(20, width - margin.count)
      return TextWrapping.rows(of: String(row.dropFirst(margin.count)), width: room)
        .map { margin + $0 }.joined(separator: "\n")
    }
    return rows.joined(separator: "\n")
  }

  /// Writes to stderr at once, behind the data so far: on a terminal both streams keep their order.
  func tellNow(_ text: String) {
    out.flush()
    err.write(text)
    err.flush()
  }

  /// Warns: on stderr, or in the document.
  func warn(_ text: String) {
    warnings.append(text)
    guard !settings.json else { return }
    let rows = fitted("Warning: " + VisibleText.row(text))
    tellNow(errStyle.yellow("Warning:") + rows.dropFirst("Warning:".count) + "\n")
  }

  /// Tells what went wrong.
  func error(_ message: String, fix: String?) {
    let rows = fitted("Error: " + VisibleText.rows(message).joined(separator: "\n"))
    tellNow(errStyle.red("Error:") + rows.dropFirst("Error:".count) + "\n")
    if let fix { tellNow(fitted("  " + VisibleText.rows(fix).joined(separator: "\n  ")) + "\n") }
  }

  /// Writes the document of a success.
  func document(command: String, data: Report.Data) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.name("ok")
      writer.value(true)
      writer.name("command")
      writer.value(command)
      writer.name("data")
      data(&writer, out)
      writer.name("warnings")
      writer.array { writer in for warning in warnings { writer.value(warning) } }
    }
    writer.newline()
    out.write(writer.drain())
  }

  /// Writes the document of a failure.
  ///
  /// - Parameters:
  ///   - intentIDs: what was recorded all the same and can be named to 'intents'.
  ///   - data: what there is to tell item by item.
  func failureDocument(
    command: String?, type: String, message: String, fix: String?, intentIDs: [String] = [],
    data: Report.Data? = nil
  ) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.name("ok")
      writer.value(false)
      writer.name("command")
      writer.value(command)
      writer.name("error")
      writer.object { writer in
        writer.member("type", type)
        writer.member("message", message)
        writer.member("fix", fix)
        if !intentIDs.isEmpty {
          writer.name("intentIds")
          writer.array { writer in for id in intentIDs { writer.value(id) } }
        }
      }
      writer.name("data")
      if let data { data(&writer, out) } else { writer.value(String?.none) }
      writer.name("warnings")
      writer.array { writer in for warning in warnings { writer.value(warning) } }
    }
    writer.newline()
    out.write(writer.drain())
  }
}

extension Output {
  /// Takes what a writer holds once it is much, so that a large document never is in memory whole.
  func take(from writer: inout JSONWriter) {
    if writer.bytes.count >= 1 << 15 { write(writer.drain()) }
  }
}
