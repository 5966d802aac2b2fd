extension World {
  /// `GET /media/<id>.mp4`, for anybody who has the address.
  mutating func answerMedia(_ call: ServiceCall) throws(Refusal) -> Answer {
    let id = Fixture.stem(of: call.route.id)
    if id.hasPrefix("to_") {
      let base = elsewhere(call.request.baseAddress(else: address))
      var answer = Answer(status: 302, contentType: "text/plain", bytes: [])
      answer.headers.append(("Location", "\(base)/media/\(id.dropFirst(3)).mp4"))
      return answer
    }
    guard let medium = media[id] else { throw .notFound("Medium") }
    return serve(medium, id: id, to: call.request)
  }

  /// A medium or the part of it that is asked for (RFC 9110, 14).
  func serve(_ medium: Medium, id: String, to request: ServerRequest) -> Answer {
    let validator = "\"\(id)-\(medium.content.length)\""
    let length = medium.content.length
    let range = ByteRange(
      request["Range"], ifRange: request["If-Range"], validator: validator, length: length)
    var answer: Answer
    switch range {
    case .whole:
      answer = Answer(contentType: "video/mp4", body: .media(medium.content, 0..<length))
    case .part(let part):
      answer = Answer(status: 206, contentType: "video/mp4", body: .media(medium.content, part))
      answer.headers.append(
        ("Content-Range", "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(length)"))
    case .unsatisfiable:
      answer = Answer(status: 416, contentType: "text/plain", bytes: [])
      answer.headers.append(("Content-Range", "bytes */\(length)"))
    }
    answer.headers.append(("ETag", validator))
    answer.headers.append(("Accept-Ranges", "bytes"))
    return answer
  }
}
