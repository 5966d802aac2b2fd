internal import JSONText
internal import ScriptModel

extension HTTPRequest.Body {
  /// An object as JSON.
  static func json(_ members: (inout JSONWriter) -> Void) -> Self {
    var writer = JSONWriter()
    writer.object(members)
    return .bytes(writer.bytes, contentType: "application/json")
  }
}

extension HTTPRequest {
  /// Lets the answer go to a file, however long it takes, as long as something comes.
  mutating func becomeDownload(to target: FileTarget) {
    headers.removeAll { $0.name == "Accept" }
    headers.append(HTTPHeader("Accept", "*/*"))
    destination = .file(
      path: target.path, offset: target.offset, validator: target.validator)
    timeouts = Timeouts(connect: timeouts.connect, stall: timeouts.stall, whole: nil)
    followsRedirects = true
  }
}
