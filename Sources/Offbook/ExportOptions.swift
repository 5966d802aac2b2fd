public import ScriptModel
import ScriptFormats

/// How a script is to be exported.
public struct ExportOptions: Sendable {
  /// Which lines get the name of their speaker.
  public enum Speakers: String, Sendable, CaseIterable {
    case every, change, none
  }

  /// The format.
  public var format: FormatName
  /// Which lines get the name of their speaker.
  public var speakers = Speakers.every
  /// Whether times are written where the format leaves a choice; `nil` is the format's custom.
  public var times: Bool?
  /// The most characters of a row of a caption; `nil` keeps the rows.
  public var maximumRowLength: Int?
  /// Whether an SRT file gets `\r\n` ends.
  public var crlf = false

  /// Creates options for a format.
  public init(format: FormatName) { self.format = format }

  var writing: WriteOptions {
    var options = WriteOptions(format: format)
    switch speakers {
    case .every: options.speakers = .every
    case .change: options.speakers = .change
    case .none: options.speakers = .none
    }
    options.times = times
    options.maximumRowLength = maximumRowLength
    options.crlf = crlf
    return options
  }
}

/// A finished export: its bytes were read again and are equal to the script.
public struct ExportedFile: Sendable {
  /// The whole file.
  public var bytes: [UInt8]
  /// What the format can't hold, a few words each.
  public var lost: [String]
}

/// What a conversion from file to file made.
public struct Conversion: Sendable {
  /// The whole file.
  public var bytes: [UInt8]
  /// The format that the input was found to be in.
  public var inputFormat: FormatName
  /// The encoding that it was decoded from.
  public var encoding: String
  /// How many lines there are.
  public var lineCount: Int
  /// The names of the speakers.
  public var speakers: [String]
  /// What was noticed in the input.
  public var findings: [Finding]
  /// What the output's format can't hold.
  public var lost: [String]
}
