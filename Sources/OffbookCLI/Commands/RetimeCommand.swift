import Offbook
import ScriptModel

/// `retime`.
enum RetimeCommand {
  static let retime = Command(
    name: "retime", abstract: "Shift and stretch times.",
    discussion:
      "A time becomes time × scale + shift. --from 25 --to 23.976 stretches times that were made for "
      + "25 frames a second so that they fit 23.976 (read as 24000/1001).",
    examples: [
      .init("offbook retime interview --shift -2s", "Everything two seconds earlier."),
      .init("offbook retime interview --lines 10-20 --shift +250ms", "A part a little later."),
      .init("offbook retime film --from 25 --to 23.976", "Fit another frame rate."),
    ],
    arguments: [CommonOption.script],
    options: [
      CommonOption.lines, .value("shift", "T", "What is added, such as -2s or +250ms."),
      .value(
        "scale", "X", "The factor, as 1.001 or 25025/24000.", excludes: ["from", "to"]),
      .value("from", "FPS", "The frame rate that the times were made for."),
      .value("to", "FPS", "The frame rate that they are to fit."),
      CommonOption.dryRun,
    ],
    action: { invocation in
      let retiming = try retiming(invocation.arguments)
      let script = try invocation.script()
      let lines = try invocation.arguments.value("lines").map {
        try invocation.lines([$0], in: script.id)
      }
      let outcome = try invocation.workspace().retime(
        script.id, lines: lines, by: retiming, dryRun: invocation.isDryRun)
      return invocation.report(
        outcome, done: "Retimed \(counted(outcome.changes.count, "line"))")
    })

  /// The change of times that the options ask for.
  static func retiming(_ arguments: ParsedArguments) throws(UsageError) -> Retiming {
    var retiming = Retiming()
    retiming.shift = try arguments.time("shift") ?? retiming.shift
    if let text = arguments.value("scale") {
      guard let scale = Ratio(text), scale.numerator > 0 else {
        throw UsageError(
          "The value '\(text)' is invalid for '--scale X'. "
            + "Please provide a number above 0 such as 1.001 or 25025/24000.")
      }
      retiming.numerator = scale.numerator
      retiming.denominator = scale.denominator
    }
    switch (arguments.value("from"), arguments.value("to")) {
    case (let from?, let to?):
      let from = try frameRate(from, "from")
      let to = try frameRate(to, "to")
      guard let scale = from.divided(by: to) else {
        throw UsageError("The frame rates are too far apart.")
      }
      retiming.numerator = scale.numerator
      retiming.denominator = scale.denominator
    case (nil, nil):
      if arguments.value("shift") == nil, arguments.value("scale") == nil {
        throw UsageError(
          "Nothing to do. Please provide '--shift', '--scale' or '--from' with '--to'.")
      }
    case (_, nil): throw UsageError("Missing expected option '--to FPS' beside '--from'.")
    case (nil, _): throw UsageError("Missing expected option '--from FPS' beside '--to'.")
    }
    return retiming
  }

  private static func frameRate(_ text: String, _ option: String) throws(UsageError) -> Ratio {
    guard let rate = Ratio(frameRate: text) else {
      throw UsageError(
        "The value '\(text)' is invalid for '--\(option) FPS'. "
          + "Please provide a frame rate such as 25, 23.976 or 30000/1001.")
    }
    return rate
  }
}

/// A fraction of whole numbers in lowest terms.
struct Ratio: Equatable {
  let numerator: Int64
  /// More than 0.
  let denominator: Int64

  /// `nil` where the denominator is not above 0.
  init?(_ numerator: Int64, _ denominator: Int64) {
    guard denominator > 0, numerator != .min else { return nil }
    var (left, right) = (abs(numerator), denominator)
    while right != 0 { (left, right) = (right, left % right) }
    self.numerator = numerator / max(1, left)
    self.denominator = denominator / max(1, left)
  }

  /// Reads `25`, `1.001` or `25025/24000`; `nil` for anything else, and for what is not above 0.
  init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let left = Self.decimal(parts[0]) else { return nil }
    guard parts.count == 2 else {
      self = left
      return
    }
    guard let right = Self.decimal(parts[1]), let ratio = left.divided(by: right) else {
      return nil
    }
    self = ratio
  }

  /// Reads a frame rate; the broadcast rates that are written rounded mean their exact fractions.
  init?(frameRate text: String) {
    let exact: Ratio? =
      switch text {
      case "23.976", "23.98", "23.97": Ratio(24000, 1001)
      case "29.97": Ratio(30000, 1001)
      case "47.952", "47.95": Ratio(48000, 1001)
      case "59.94": Ratio(60000, 1001)
      case "119.88": Ratio(120000, 1001)
      default: Ratio(text)
      }
    guard let exact, exact.numerator > 0 else { return nil }
    self = exact
  }

  /// The quotient; `nil` where it does not fit or the divisor is not above 0.
  func divided(by other: Ratio) -> Ratio? {
    guard other.numerator > 0 else { return nil }
    let (top, overflow) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (bottom, overflowBelow) = denominator.multipliedReportingOverflow(by: other.numerator)
    return overflow || overflowBelow ? nil : Ratio(top, bottom)
  }

  private static func decimal(_ text: Substring) -> Ratio? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? parts[1] : ""
    let digits = (parts.first ?? "") + fraction
    guard !digits.isEmpty, digits.utf8.count <= 15, fraction.utf8.count <= 12,
      digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let value = Int64(digits)
    else { return nil }
    var scale: Int64 = 1
    for _ in fraction.utf8 { scale *= 10 }
    return Ratio(value, scale)
  }
}
