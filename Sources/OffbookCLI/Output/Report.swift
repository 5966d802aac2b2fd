import JSONText

/// What a command has to say, as a document and as text; only one of them is written.
struct Report {
  /// Writes the value of `data`; what is large is handed to the output now and then.
  typealias Data = (inout JSONWriter, Output) -> Void

  var status = ExitStatus.done
  var data: Data
  var text: (Console) -> Void

  init(
    status: ExitStatus = .done, data: @escaping Data, text: @escaping (Console) -> Void
  ) {
    self.status = status
    self.data = data
    self.text = text
  }
}
