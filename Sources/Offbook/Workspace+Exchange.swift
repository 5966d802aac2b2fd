import ScriptFormats
public import ScriptModel
import ScriptStore

extension Workspace {
  /// Imports a file as a new script, its bytes kept whole as a source.
  ///
  /// - Throws: `fileProblem` where it can't be read, `unreadableFormat` where nothing is in it.
  public func importFile(
    _ path: String, options: ImportOptions
  ) throws(WorkspaceError) -> ImportReport {
    try importBytes(try InputFile.read(path), named: path, options: options)
  }

  /// Imports bytes that were read elsewhere; `name` is a label for messages and the title.
  public func importBytes(
    _ bytes: [UInt8], named name: String, options: ImportOptions
  ) throws(WorkspaceError) -> ImportReport {
    var reading = ReadOptions()
    reading.format = options.format
    reading.encoding = options.encoding
    reading.speakers = options.detectsSpeakers ? .auto : .none
    reading.fileName = name
    if let project = options.project {
      reading.cast = try cast(of: project).map(\.speaker.name)
    }
    let found = try readable(bytes, named: name, options: reading)
    let source = ImportedSource(
      name: SourceName.label(of: name), format: found.format, encoding: found.encoding,
      bytes: bytes)
    let title =
      options.title ?? SourceName.title(found.document.metadata.title ?? "", elseOf: name)
    let summary = try translating { () throws(StoreError) in
      try store.importDocument(
        found.document, source: source, into: options.project, title: title,
        numbersTitle: options.title == nil, dryRun: options.dryRun)
    }
    return ImportReport(
      script: summary, format: found.format, encoding: found.encoding,
      speakers: found.document.speakers, findings: found.document.findings)
  }

  /// The bytes that a script was made of: a file, or a reply of the service with all its prose.
  ///
  /// - Returns: `nil` where it was made of neither.
  /// - Throws: `notFound` for an unknown script.
  public func sourceBytes(of id: Script.ID) throws(WorkspaceError) -> [UInt8]? {
    try translating { () throws(StoreError) in try store.sourceBytes(of: id) }
  }

  /// Turns a script into a file of a format, checked by reading it again.
  ///
  /// The workspace remembers the export, so that an edited copy finds the revision it was made from.
  /// - Throws: `unwritableFormat` where the format can't hold the script.
  public func export(
    _ id: Script.ID, options: ExportOptions
  ) throws(WorkspaceError) -> ExportedFile {
    let document = try translating { () throws(StoreError) in try store.document(id) }
    let isRemembered = document.metadata.revision != nil && !holdsRevision(options.format)
    let written = try writable(document, options: options)
    if let revision = document.metadata.revision, isRemembered {
      let fingerprint = ContentFingerprint.of(written.bytes)
      try remember(fingerprint, of: id, revision: revision, format: options.format)
    }
    return ExportedFile(bytes: written.bytes, lost: written.lost)
  }

  /// SRT and text have no place for the revision; the others name it themselves.
  private func holdsRevision(_ format: FormatName) -> Bool {
    format != .srt && format != .text
  }

  /// An export that can't be remembered is still good: its copies come back with `--base`.
  private func remember(
    _ fingerprint: [UInt8], of id: Script.ID, revision: Int, format: FormatName
  ) throws(WorkspaceError) {
    do {
      try translating { () throws(StoreError) in
        try store.rememberExport(
          of: id, revision: revision, format: format, fingerprint: fingerprint)
      }
    } catch {
      guard [.busy, .readOnly, .diskFull].contains(error.code) else { throw error }
    }
  }

  /// Converts a file's bytes without any workspace.
  ///
  /// - Throws: `unreadableFormat`, `unwritableFormat`.
  public static func convert(
    _ bytes: consuming [UInt8], named name: String, from format: FormatName? = nil,
    encoding: String? = nil, detectsSpeakers: Bool = true, to options: ExportOptions
  ) throws(WorkspaceError) -> Conversion {
    var reading = ReadOptions()
    reading.format = format
    reading.encoding = encoding
    reading.speakers = detectsSpeakers ? .auto : .none
    reading.fileName = name
    var found = try readable(consume bytes, named: name, options: reading)
    if found.document.metadata.title == nil, options.format != .json {
      found.document.metadata.title = SourceName.title("", elseOf: name)
    }
    let written = try writable(found.document, options: options)
    return Conversion(
      bytes: written.bytes, inputFormat: found.format, encoding: found.encoding,
      lineCount: found.document.entries.count, speakers: found.document.speakers,
      findings: found.document.findings, lost: written.lost)
  }
}

/// Reads a file's bytes, its name in the error where that fails.
func readable(
  _ bytes: consuming [UInt8], named name: String, options: ReadOptions
) throws(WorkspaceError) -> ScriptReading.Result {
  do {
    return try ScriptReading.read(consume bytes, options: options)
  } catch {
    let place = name == "-" ? "Standard input" : "'\(name)'"
    throw WorkspaceError(
      .unreadableFormat, "\(place) can't be read: \(lowercasedFirst(error.description))",
      fix: error.fix.map { $0.hasSuffix(".") ? $0 : $0 + "." })
  }
}

private func writable(
  _ document: ScriptDocument, options: ExportOptions
) throws(WorkspaceError) -> ScriptWriting.Result {
  do {
    return try ScriptWriting.write(document, options: options.writing)
  } catch {
    throw WorkspaceError(
      .unwritableFormat, error.description, fix: error.fix.map { $0.hasSuffix(".") ? $0 : $0 + "." }
    )
  }
}

/// Joins a sentence to one before it; abbreviations and names of formats keep their capitals.
private func lowercasedFirst(_ sentence: String) -> String {
  let second = sentence.dropFirst().first
  guard let first = sentence.first, second?.isLowercase == true || second == " " else {
    return sentence
  }
  return first.lowercased() + sentence.dropFirst()
}
