public import ScriptModel
import ScriptStore

// MARK: - What is asked of the service, recorded without a network

extension Workspace {
  /// The project that a command means: the named one, else the only one, else a new one.
  ///
  /// - Throws: `ambiguous` where none is named and there are several, with the candidates.
  public func serviceProject(_ reference: String?) throws(WorkspaceError) -> Project {
    throw notYet
  }

  /// Records a message to the session's agent, as it is typed.
  public func recordMessage(
    _ text: String, in project: Project.ID
  ) throws(WorkspaceError) -> Intent {
    throw notYet
  }

  /// Records files, or addresses, for the session: one intent each, all or none.
  ///
  /// Files are read once for their hash; nothing is recorded of what the service would not take.
  /// - Throws: `fileProblem`, `invalidValue` for a format or a size that the service does not take.
  public func recordAttachments(
    _ places: [String], in project: Project.ID
  ) throws(WorkspaceError) -> [Intent] {
    throw notYet
  }

  /// Records the extraction of a script from a file or an address.
  ///
  /// - Parameter prompt: the words of the message; `nil` for a full script with speaker labels.
  /// - Returns: the upload, where one is needed, and the message last.
  public func recordExtraction(
    of place: String, in project: Project.ID, prompt: String? = nil
  ) throws(WorkspaceError) -> [Intent] {
    throw notYet
  }

  /// Records the making of a video from a script.
  public func recordGeneration(
    from script: Script.ID, options: GenerationOptions = GenerationOptions()
  ) throws(WorkspaceError) -> [Intent] {
    throw notYet
  }

  /// Records the render of the session's draft to a finished video.
  public func recordRender(of project: Project.ID) throws(WorkspaceError) -> Intent {
    throw notYet
  }
}

var notYet: WorkspaceError { WorkspaceError(.failed, "This is not built yet") }
