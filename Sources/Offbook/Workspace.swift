public import ScriptModel

/// A workspace: a folder with projects, scripts, their sources and their history.
///
/// Any number of workspaces, also in several processes, may have the same folder open: readers never
/// wait, a writer waits its turn. Every call that changes something is one durable transaction.
///
///     let workspace = try Workspace.open(at: "/home/anna/talks")
///     let report = try workspace.importFile("interview.srt", options: ImportOptions())
///     try workspace.renameSpeaker("Speaker 1", to: "Anna Lee", in: report.script.projectID)
///     let file = try workspace.export(report.script.id, options: ExportOptions(format: .markdown))
public final class Workspace: Sendable {
  /// The absolute path of the folder.
  public let folder: String

  init(folder: String) { self.folder = folder }

  /// Opens the workspace in a folder, migrating an older one after a backup copy was made.
  ///
  /// - Parameter create: whether to make the folder and an empty workspace where there is none.
  /// - Throws: `WorkspaceError` `notAWorkspace`, `newerWorkspace`, `readOnly`, `damaged`, `busy`.
  public static func open(
    at folder: String, create: Bool = true
  ) throws(WorkspaceError) -> Workspace {
    throw unfinished
  }

  /// The folder where a person's workspace lies: `OFFBOOK_WORKSPACE`, else `$XDG_DATA_HOME/offbook`,
  /// else `~/.local/share/offbook`.
  public static func defaultFolder(environment: [String: String]) -> String { "" }
}

// MARK: - Projects

extension Workspace {
  /// Lists the projects in the order of their making.
  public func projects() throws(WorkspaceError) -> [ProjectSummary] { throw unfinished }

  /// Makes a project.
  ///
  /// - Throws: `alreadyExists` where a project has that name, `invalidValue` for an unusable name.
  public func createProject(
    named name: String, language: String = "en"
  ) throws(WorkspaceError) -> Project { throw unfinished }

  /// Gives a project another name.
  public func renameProject(
    _ id: Project.ID, to name: String
  ) throws(WorkspaceError) -> Project { throw unfinished }

  /// Takes a project with its scripts, cast and sources out of the workspace for good.
  public func deleteProject(_ id: Project.ID) throws(WorkspaceError) { throw unfinished }
}

// MARK: - What a person calls things

extension Workspace {
  /// Finds the project with that id, unique id prefix (4 characters or more) or name.
  ///
  /// - Throws: `notFound` with a near name as advice, `ambiguous` with the candidates.
  public func project(matching reference: String) throws(WorkspaceError) -> Project {
    throw unfinished
  }

  /// Finds the script with that id, unique id prefix (4 characters or more) or title.
  public func script(
    matching reference: String, in project: Project.ID? = nil
  ) throws(WorkspaceError) -> ScriptSummary { throw unfinished }

  /// Finds the lines that references name: ids, unique id prefixes, `12`, `3-7`, `@1:30`.
  ///
  /// `@1:30` is the line that is spoken at that time, else the last that began before it. The lines
  /// come in the script's order, each once.
  public func lines(
    matching references: [String], in script: Script.ID
  ) throws(WorkspaceError) -> [Line.ID] { throw unfinished }

  /// Finds the speaker with that id, unique id prefix or name (letter case aside) in a project's cast.
  public func speaker(
    matching reference: String, in project: Project.ID
  ) throws(WorkspaceError) -> Speaker { throw unfinished }
}

// MARK: - Scripts

extension Workspace {
  /// Lists the scripts, of one project or of all, in the order of their making.
  public func scripts(in project: Project.ID? = nil) throws(WorkspaceError) -> [ScriptSummary] {
    throw unfinished
  }

  /// Reads a script with all its lines, as it stands or as it stood at a revision.
  public func script(
    _ id: Script.ID, at revision: Int? = nil
  ) throws(WorkspaceError) -> Script { throw unfinished }

  /// Makes a script without lines; without a project it goes into the one named `Scripts`.
  public func createScript(
    titled title: String, in project: Project.ID? = nil
  ) throws(WorkspaceError) -> ScriptSummary { throw unfinished }

  /// Takes a script out of all lists; `undo` with its title or id brings it back.
  public func deleteScript(
    _ id: Script.ID, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome { throw unfinished }

  /// Finds lines by words, "phrases" and prefixes*, at most `limit`, in the order of their making.
  public func search(
    _ query: String, in project: Project.ID? = nil, speaker: String? = nil, limit: Int = 50
  ) throws(WorkspaceError) -> [SearchHit] { throw unfinished }
}

// MARK: - In and out

/// How a file is to be imported.
public struct ImportOptions: Sendable {
  /// The project; `nil` for the one named `Scripts`, which is made where it is missing.
  public var project: Project.ID?
  /// The title; `nil` for the file's own, else the file's name without extension.
  public var title: String?
  /// The format; `nil` to tell by content.
  public var format: FormatName?
  /// The encoding as iconv spells it; `nil` to tell by content.
  public var encoding: String?
  /// Whether labels in the text become speakers.
  public var detectsSpeakers = true
  /// Whether to read and report only.
  public var dryRun = false

  /// Creates options that leave everything to the file.
  public init() {}
}

/// What an import made of a file.
public struct ImportReport: Sendable {
  /// The new script; with a dry run as it would be.
  public var script: ScriptSummary
  /// The format that the content was found to be in.
  public var format: FormatName
  /// The encoding that it was decoded from.
  public var encoding: String
  /// The names of the speakers in the order of their first line.
  public var speakers: [String]
  /// What was noticed, repaired and guessed.
  public var findings: [Finding]
}

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

extension Workspace {
  /// Imports a file as a new script, its bytes kept whole as a source.
  ///
  /// - Throws: `fileProblem` where it can't be read, `unreadableFormat` where nothing is in it.
  public func importFile(
    _ path: String, options: ImportOptions
  ) throws(WorkspaceError) -> ImportReport { throw unfinished }

  /// Imports bytes that were read elsewhere; `name` is a label for messages and the title.
  public func importBytes(
    _ bytes: [UInt8], named name: String, options: ImportOptions
  ) throws(WorkspaceError) -> ImportReport { throw unfinished }

  /// Turns a script into a file of a format, checked by reading it again.
  public func export(
    _ id: Script.ID, options: ExportOptions
  ) throws(WorkspaceError) -> ExportedFile { throw unfinished }

  /// Converts a file's bytes without any workspace.
  public static func convert(
    _ bytes: [UInt8], named name: String, from format: FormatName? = nil, encoding: String? = nil,
    detectsSpeakers: Bool = true, to options: ExportOptions
  ) throws(WorkspaceError) -> Conversion { throw unfinished }
}

// MARK: - Editing

/// New values for the fields of a line; what is `nil` stays as it is.
public struct LineFields: Sendable {
  /// The text.
  public var text: String?
  /// The name of the speaker: a new name joins the cast, an empty one takes the speaker away.
  public var speaker: String?
  /// The start; `.some(nil)` takes it away.
  public var start: Milliseconds??
  /// The end; `.some(nil)` takes it away.
  public var end: Milliseconds??

  /// Creates fields that change nothing.
  public init() {}
}

/// Where a line is cut in two.
public enum SplitPoint: Sendable, Hashable {
  /// Before the only occurrence of these words.
  case text(String)
  /// After so many characters.
  case offset(Int)
}

/// A change of times: `new = old × scale + shift`.
public struct Retiming: Sendable, Hashable {
  /// What is added.
  public var shift = Milliseconds(0)
  /// The factor as a fraction, so that 25 to 23.976 frames loses nothing.
  public var numerator: Int64 = 1
  /// The factor's denominator, more than 0.
  public var denominator: Int64 = 1

  /// Creates a change that changes nothing.
  public init() {}
}

/// What a replacement looks for.
public struct ReplacementPattern: Sendable {
  /// What to look for.
  public var pattern: String
  /// What to put there; with `isRegularExpression`, `$1` and `$0` are groups and `$$` is a dollar.
  public var replacement: String
  /// Whether `pattern` is a regular expression.
  public var isRegularExpression = false
  /// Whether letter case is ignored.
  public var ignoresCase = false

  /// Creates a pattern of plain text.
  public init(_ pattern: String, replacement: String) {
    self.pattern = pattern
    self.replacement = replacement
  }
}

extension Workspace {
  /// Adds a line behind another, or at the end.
  public func addLine(
    to script: Script.ID, after line: Line.ID? = nil, fields: LineFields, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome { throw unfinished }

  /// Changes fields of a line.
  public func setLine(
    _ line: Line.ID, in script: Script.ID, fields: LineFields, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome { throw unfinished }

  /// Takes lines out.
  public func deleteLines(
    _ lines: [Line.ID], in script: Script.ID, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome { throw unfinished }

  /// Cuts a line in two; the time between is shared out by the length of the texts.
  public func splitLine(
    _ line: Line.ID, in script: Script.ID, at point: SplitPoint, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome { throw unfinished }

  /// Makes neighbouring lines one, which keeps the first's id and speaker.
  public func joinLines(
    _ lines: [Line.ID], in script: Script.ID, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome { throw unfinished }

  /// Puts lines behind another, or first of all, in the order that they have.
  public func moveLines(
    _ lines: [Line.ID], in script: Script.ID, after line: Line.ID?, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome { throw unfinished }

  /// Applies any edits as one revision.
  public func apply(
    _ edits: [LineEdit], to script: Script.ID, message: String, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome { throw unfinished }

  /// Lists the cast of a project with line counts, of all its scripts or of one.
  public func cast(
    of project: Project.ID, in script: Script.ID? = nil
  ) throws(WorkspaceError) -> [CastMember] { throw unfinished }

  /// Renames a speaker in all scripts of the project; each gets a revision.
  ///
  /// - Throws: `alreadyExists` where another speaker has that name: `mergeSpeakers` joins the two.
  public func renameSpeaker(
    _ name: String, to newName: String, in project: Project.ID, dryRun: Bool = false
  ) throws(WorkspaceError) -> [EditOutcome] { throw unfinished }

  /// Gives all lines of one speaker to another in all scripts of the project.
  public func mergeSpeakers(
    _ name: String, into other: String, in project: Project.ID, dryRun: Bool = false
  ) throws(WorkspaceError) -> [EditOutcome] { throw unfinished }

  /// Gives lines to a speaker; a new name joins the cast, an empty one takes the speaker away.
  public func assignSpeaker(
    _ name: String, to lines: [Line.ID], in script: Script.ID, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome { throw unfinished }

  /// Shifts and stretches the times of lines, or of all where `lines` is `nil`.
  ///
  /// - Throws: `invalidValue` where a time would overflow.
  public func retime(
    _ script: Script.ID, lines: [Line.ID]? = nil, by retiming: Retiming, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome { throw unfinished }

  /// Replaces text in scripts; each that changes gets a revision.
  public func replace(
    _ pattern: ReplacementPattern, in scripts: [Script.ID], dryRun: Bool = false
  ) throws(WorkspaceError) -> [EditOutcome] { throw unfinished }
}

// MARK: - The whole script in an editor

/// A script in the plain form that a person edits, with the state that it was made from.
public struct EditableText: Sendable {
  /// The script.
  public var scriptID: Script.ID
  /// The revision that it was made from.
  public var revision: Int
  /// The form: UTF-8 with `\n` ends.
  public var text: String
}

extension Workspace {
  /// Writes a script in the plain form for an editor.
  public func editableText(of script: Script.ID) throws(WorkspaceError) -> EditableText {
    throw unfinished
  }

  /// Takes an edited form back as one revision; unchanged lines keep their ids.
  ///
  /// What was changed here since `original` was made is kept: the two edits are merged.
  ///
  /// - Throws: `editSyntax` with line and reason where the form can't be read; nothing is changed.
  public func applyEditedText(
    _ text: String, original: EditableText, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome { throw unfinished }
}

// MARK: - History

extension Workspace {
  /// Lists the revisions of a script, newest first.
  public func log(of script: Script.ID) throws(WorkspaceError) -> [Revision] { throw unfinished }

  /// Compares two states of a script: `from` (`nil`: before the last revision), `to` (`nil`: now).
  public func diff(
    of script: Script.ID, from: Int? = nil, to: Int? = nil
  ) throws(WorkspaceError) -> [Change] { throw unfinished }

  /// Names for each line the revision that touched it last.
  public func blame(of script: Script.ID) throws(WorkspaceError) -> [BlameEntry] {
    throw unfinished
  }

  /// Takes the last revision that is not undone back, as a new revision.
  ///
  /// - Throws: `nothingToUndo` where only the script's making is left.
  public func undo(_ script: Script.ID, dryRun: Bool = false) throws(WorkspaceError) -> EditOutcome
  {
    throw unfinished
  }

  /// Finds a deleted script by id, unique id prefix or title, so that `undo` can bring it back.
  public func deletedScript(
    matching reference: String
  ) throws(WorkspaceError) -> ScriptSummary { throw unfinished }

  /// Does again what the last `undo` took back, as a new revision.
  ///
  /// - Throws: `nothingToRedo` where nothing was undone since the last edit.
  public func redo(_ script: Script.ID, dryRun: Bool = false) throws(WorkspaceError) -> EditOutcome
  {
    throw unfinished
  }

  /// Makes a script what it was at a revision, as a new revision.
  public func restore(
    _ script: Script.ID, to revision: Int, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome { throw unfinished }
}

// MARK: - Care

extension Workspace {
  /// Checks the workspace: the database's integrity, foreign keys, search index, order, media.
  public func health() throws(WorkspaceError) -> [HealthCheck] { throw unfinished }

  /// Copies the database to a file, whole and sound, while others may go on writing.
  ///
  /// - Throws: `alreadyExists` where there is a file and `force` is false.
  public func backup(to path: String, force: Bool = false) throws(WorkspaceError) {
    throw unfinished
  }
}

let unfinished = WorkspaceError(.failed, "This is not built yet")
