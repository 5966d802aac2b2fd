import JSONText

/// The members of a JSON body, checked as a server with validated models does.
struct StrictBody {
  let json: JSONValue
  let isStrict: Bool

  /// Reads a body.
  ///
  /// - Throws: a refusal with 422 for anything but an object in a body that says it is JSON.
  init(_ bytes: [UInt8], contentType: String?, isStrict: Bool) throws(Refusal) {
    let type = contentType?.lowercased() ?? ""
    guard type.hasPrefix("application/json") || !isStrict else {
      throw .unprocessable("", "Content-Type must be application/json")
    }
    do throws(JSONError) {
      json = try JSONValue(parsing: bytes)
    } catch {
      throw .unprocessable("", "JSON decode error: \(error)")
    }
    guard json.object != nil else { throw .unprocessable("", "Input should be an object") }
    self.isStrict = isStrict
  }

  /// A string, or a number where that is let pass.
  func string(_ name: String) throws(Refusal) -> String {
    guard let value = json[name] else { throw .unprocessable(name, "Field required") }
    if let text = value.string { return text }
    if !isStrict, case .number(let text) = value { return text }
    throw .unprocessable(name, "Input should be a valid string")
  }

  /// An object with its members.
  func object(_ name: String) throws(Refusal) -> JSONValue {
    guard let value = json[name] else { throw .unprocessable(name, "Field required") }
    guard value.object != nil else {
      throw .unprocessable(name, "Input should be a valid object")
    }
    return value
  }

  /// The texts of `new_message.parts`, joined.
  func message() throws(Refusal) -> String {
    let message = try object("new_message")
    for member in message.object ?? [] where isStrict {
      guard ["parts", "role"].contains(member.name) else {
        throw .unprocessable("new_message.\(member.name)", "Extra inputs are not permitted")
      }
    }
    guard let parts = message["parts"]?.array, !parts.isEmpty else {
      throw .unprocessable("new_message.parts", "Input should be a valid list")
    }
    var texts: [String] = []
    for (index, part) in parts.enumerated() {
      guard let text = part["text"]?.string else {
        throw .unprocessable("new_message.parts.\(index).text", "Input should be a valid string")
      }
      if isStrict, let other = part.object?.first(where: { $0.name != "text" }) {
        throw .unprocessable(
          "new_message.parts.\(index).\(other.name)", "Extra inputs are not permitted")
      }
      texts.append(text)
    }
    return texts.joined()
  }
}
