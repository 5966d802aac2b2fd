internal import JSONText

/// Reads a render's standing: at the top level or in `data`, in any of the forms that are shown.
enum RenderReading {
  private static let states: [String: RenderProgress.State] = [
    "pending": .pending, "queued": .pending, "waiting": .pending, "created": .pending,
    "submitted": .pending, "processing": .processing, "rendering": .processing,
    "running": .processing, "in_progress": .processing, "completed": .completed,
    "complete": .completed, "done": .completed, "success": .completed, "succeeded": .completed,
    "finished": .completed, "failed": .failed, "failure": .failed, "error": .failed,
    "timeout": .failed, "cancelled": .cancelled, "canceled": .cancelled,
  ]

  /// Reads an answer.
  ///
  /// - Parameter silent: the state where a successful answer names none; `nil` for `pending`.
  /// - Throws: `ServiceError`; a render that nobody knows is `notFound`.
  static func progress(
    _ response: HTTPResponse, unless silent: RenderProgress.State? = nil
  ) throws(ServiceError) -> RenderProgress {
    let isSuccess = (200...299).contains(response.head.status)
    // A cancellation may be answered with nothing at all.
    if isSuccess, let silent, response.body.isEmpty { return RenderProgress(state: silent) }
    let document: JSONValue
    do {
      let envelope = try Envelope(response)
      document = envelope.document
    } catch {
      guard isSuccess, let failed = failure(response) else { throw unknownRender(error) }
      return failed
    }
    return read(document, silent: silent ?? .pending)
  }

  private static func read(
    _ document: JSONValue, silent: RenderProgress.State
  ) -> RenderProgress {
    let inner = document["data"]
    let outputs = [document["output"], inner?["output"]]
    let word = text(["status", "state"], in: document, inner)
    let address =
      outputs.lazy.compactMap { $0?.first(["url", "outputUrl", "output_url"])?.fieldText }.first
      ?? outputs.lazy.compactMap { $0?.string }.first { !$0.isEmpty }
      ?? text(["outputUrl", "output_url", "url"], in: document, inner)
    let state = word.map { states[$0.lowercased()] ?? .processing }
    let why =
      state == .failed || state == .cancelled
      ? inner.flatMap { ServiceError.words(in: $0) } ?? ServiceError.words(in: document) : nil
    return RenderProgress(
      state: state ?? (address == nil ? silent : .completed), percent: percent(document, inner),
      address: address, detail: CleanedText.line(why ?? ""))
  }

  /// A refusal that is a render's own end: it says `success: false` beside a state.
  private static func failure(_ response: HTTPResponse) -> RenderProgress? {
    // What is no JSON was refused as such before.
    guard let document = try? JSONValue(parsing: response.body) else { return nil }
    let code = document["code"]?.roundedNumber ?? 0
    guard code == 0 else { return nil }
    let progress = read(document, silent: .pending)
    return progress.state == .failed || progress.state == .cancelled ? progress : nil
  }

  /// An envelope that says in words that there is no such render.
  private static func unknownRender(_ error: ServiceError) -> ServiceError {
    guard [.refused, .unexplained].contains(error.code),
      !(400...499).contains(error.number) || error.number == 404
    else {
      return error
    }
    let words = error.detail.lowercased()
    guard
      ["not found", "no such", "unknown render", "does not exist"].contains(where: words.contains)
    else { return error }
    var missing = error
    missing.code = .notFound
    return missing
  }

  private static func text(
    _ names: [String], in document: JSONValue, _ inner: JSONValue?
  ) -> String? {
    [inner, document].lazy.compactMap { $0?.first(names)?.fieldText }.first
  }

  private static func percent(_ document: JSONValue, _ inner: JSONValue?) -> Int? {
    for place in [inner, document] {
      guard let value = place?.first(["progress", "percent"]) else { continue }
      var text = value
      if let word = value.string, word.hasSuffix("%") { text = .string(String(word.dropLast())) }
      if let number = text.clampedNumber { return min(100, max(0, number)) }
    }
    return nil
  }
}
