import JSONText
import ScriptModel

/// What a command has to say, as a document and as text; only one of them is written.
struct Report {
  /// Writes the value of `data`; what is large is handed to the output now and then.
  typealias Data = (inout JSONWriter, Output) -> Void

  var status = ExitStatus.done
  var data: Data
  var text: (Console) -> Void
  /// What the document of 'say' tells of it, where words asked for it.
  var talk: Talk?
  /// The failure that the document tells beside the data, where nothing of what was asked for was done.
  var failure: CommandFailure?

  /// What 'say' tells of a request that words asked for.
  struct Talk {
    var intentID: String?
    var state = Intent.State.done.rawValue
    var reply: String?
  }

  init(
    status: ExitStatus = .done, data: @escaping Data, text: @escaping (Console) -> Void
  ) {
    self.status = status
    self.data = data
    self.text = text
  }
}
