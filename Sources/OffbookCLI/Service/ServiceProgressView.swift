import JSONText
import Offbook
import ScriptModel

/// Shows on stderr what happens while the service is spoken to, and the agent's words as they come.
final class ServiceProgressView {
  private let console: Console
  private let command: String
  private let style: Console.ProgressStyle
  private let showsReply: Bool
  private var names: [Project.ID: String] = [:]
  private var hasLine = false
  private var what = ""
  private var isRendering = false
  /// The characters of a reply that is not shown.
  private var heard = 0
  /// Whether words of the agent were written, so that they need not be told again.
  private(set) var hasShownReply = false
  private var endsWithLineFeed = true
  private var reply: StreamedText

  /// - Parameter showsReply: whether the agent's words go to stdout as they come.
  init(_ console: Console, command: String, showsReply: Bool = false) {
    self.console = console
    self.command = command
    self.showsReply = showsReply && !console.settings.json
    reply = StreamedText(width: console.width)
    var style = console.settings.progress
    if style == .auto {
      if console.settings.quiet || console.settings.json {
        style = .none
      } else if !console.showsProgressLine {
        style = .plain
      }
    }
    self.style = style
  }

  /// Whether any event is shown.
  var isShown: Bool { showsReply || style != .none }

  /// Shows one event.
  func show(_ event: ServiceProgress) {
    if case .projectBegan(let project) = event { names[project.id] = project.name }
    if case .replyText(_, _, let text) = event, showsReply { return write(reply: text) }
    switch style {
    case .none: break
    case .json: writeDocument(of: event)
    case .plain:
      // Said once, however often it is done in a row.
      guard let text = sentence(for: event), text != what, !(isRendering && text == "Rendering…")
      else { break }
      isRendering = text.hasPrefix("Rendering")
      what = text
      endReply()
      console.tellNow(text + "\n")
    case .auto:
      if let bar = bar(for: event) {
        write(line: bar)
      } else if case .replyText(_, _, let text) = event {
        heard += text.count
        write(line: "The agent answers… \(heard) characters")
      } else if let text = sentence(for: event) {
        what = text
        write(line: TextWidth.truncated(text, to: columns))
      }
    }
  }

  /// Takes the line off the terminal and ends the agent's words with a line feed.
  func finish() {
    takeLineOff()
    endReply()
    console.out.flush()
  }

  private func endReply() {
    guard !endsWithLineFeed else { return }
    console.out.write(reply.finish() + "\n")
    reply = StreamedText(width: console.width)
    endsWithLineFeed = true
  }

  // MARK: Writing

  private func write(reply text: String) {
    takeLineOff()
    hasShownReply = true
    console.out.write(reply.feed(VisibleText.rows(text).joined(separator: "\n")))
    console.out.flush()
    endsWithLineFeed = text.hasSuffix("\n")
  }

  private func write(line text: String) {
    // Words of a reply are not written over.
    guard endsWithLineFeed else { return }
    console.tellNow("\r\u{1B}[K" + text)
    hasLine = true
  }

  private func takeLineOff() {
    guard hasLine else { return }
    console.tellNow("\r\u{1B}[K")
    hasLine = false
  }

  // MARK: Words

  private func sentence(for event: ServiceProgress) -> String? {
    switch event {
    case .phase(_, let phase, let what): words(of: phase, what: VisibleText.row(what))
    case .stillWorking(_, _, let elapsed): "Still working… (\(elapsed.clock))"
    case .waiting(_, let pause, let time): words(of: pause, time: time)
    case .notice(_, let text): VisibleText.row(text)
    case .rendered(_, let percent): "Rendering: \(percent) %"
    default: nil
    }
  }

  private func words(of phase: ServiceProgress.Phase, what: String) -> String {
    let object = what.isEmpty ? "" : " \(what)"
    return switch phase {
    case .logIn: "Getting a token…"
    case .look: "Looking at the session…"
    case .merge: "Merging…"
    case .openSession: "Opening a session…"
    case .upload: "Uploading\(object)…"
    case .message: "Asking the agent…"
    case .push: "Sending\(object)…"
    case .render: "Rendering…"
    case .download: "Downloading\(object)…"
    }
  }

  private func words(of pause: ServiceProgress.Pause, time: Milliseconds) -> String? {
    let seconds = (time.rawValue + 999) / 1000
    switch pause {
    case .repetition: return seconds > 1 ? "Trying again in \(seconds) s…" : nil
    case .rateLimit: return "The service asks for a pause: going on in \(seconds) s…"
    case .doubt:
      return "Its outcome is not known: looking in \(seconds) s whether it was carried out…"
    case .stage: return "The agent answered: looking in \(seconds) s whether the video is final…"
    case .render: return nil
    }
  }

  // MARK: Bars

  private func bar(for event: ServiceProgress) -> String? {
    switch event {
    case .sent(_, let bytes, let total), .received(_, let bytes, let total):
      return bar(bytes: bytes, of: total)
    case .rendered(_, let percent): return bar(part: Double(percent) / 100, "\(percent) %")
    default: return nil
    }
  }

  private func bar(bytes: Int64, of total: Int64?) -> String {
    guard let total, total > 0 else {
      let words = ByteCount.text(bytes)
      return TextWidth.truncated(what, to: max(1, columns - 1 - words.count)) + " " + words
    }
    let part = min(1, Double(bytes) / Double(total))
    return bar(part: part, "\(ByteCount.text(bytes)) of \(ByteCount.text(total))")
  }

  private func bar(part: Double, _ words: String) -> String {
    let width = 20
    let filled = max(0, min(width, Int(part * Double(width))))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    // Of a long name the end gives way, never the bar.
    let room = columns - width - 2 - TextWidth.columns(of: words)
    let name = TextWidth.truncated(what, to: max(1, room))
    return "\(name) \(console.errStyle.cyan(bar)) \(words)"
  }

  /// What a line may take without going on in the next.
  private var columns: Int { (Platform.columns(of: 2) ?? 80) - 1 }

  // MARK: Documents

  private func writeDocument(of event: ServiceProgress) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("event", event.name)
      writer.member("command", command)
      writer.members(of: event)
    }
    writer.newline()
    console.tellNow(String(decoding: writer.drain(), as: UTF8.self))
  }
}

/// Sizes as people read them.
enum ByteCount {
  /// Such as `812 B`, `3.4 kB` or `1.2 GB`, in powers of 1000.
  static func text(_ count: Int64) -> String {
    guard count >= 1000 else { return "\(count) B" }
    var value = Double(count)
    for unit in ["kB", "MB", "GB"] {
      value /= 1000
      if value < 999.95 || unit == "GB" {
        let tenths = Int((value * 10).rounded())
        return value < 99.95
          ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\(Int(value.rounded())) \(unit)"
      }
    }
    return "\(count) B"
  }
}

extension ServiceProgress {
  /// The name that documents give an event.
  fileprivate var name: String {
    switch self {
    case .projectBegan: "projectBegan"
    case .projectEnded: "projectEnded"
    case .phase: "phase"
    case .sent: "sent"
    case .received: "received"
    case .replyText: "replyText"
    case .tool: "tool"
    case .stillWorking: "stillWorking"
    case .rendered: "rendered"
    case .waiting: "waiting"
    case .notice: "notice"
    }
  }
}

extension JSONWriter {
  fileprivate mutating func members(of event: ServiceProgress) {
    switch event {
    case .projectBegan(let project):
      member("project", project.id)
      member("name", project.name)
    case .projectEnded(let id, let state):
      member("project", id)
      member("state", state.rawValue)
    case .phase(let id, let phase, let what):
      member("project", id)
      member("phase", phase.rawValue)
      member("what", what)
    case .sent(let id, let bytes, let total), .received(let id, let bytes, let total):
      member("project", id)
      member("bytes", Int(bytes))
      member("of", total.map { Int($0) })
    case .replyText(let id, let intent, let text):
      member("project", id)
      member("intent", intent)
      member("text", text)
    case .tool(let id, let intent, let name):
      member("project", id)
      member("intent", intent)
      member("tool", name)
    case .stillWorking(let id, let intent, let elapsed):
      member("project", id)
      member("intent", intent)
      member("elapsed", elapsed)
    case .rendered(let id, let percent):
      member("project", id)
      member("percent", percent)
    case .waiting(let id, let pause, let time):
      member("project", id)
      member("pause", pause.rawValue)
      member("duration", time)
    case .notice(let id, let text):
      member("project", id)
      member("text", text)
    }
  }
}
