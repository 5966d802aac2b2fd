import BackendAPI
import CCurl

// What happens in a transfer, as libcurl tells it from within.
extension Transfer {
  /// Whether the request may be sent over the connection that stands now.
  ///
  /// libcurl sends a request again by itself when a kept connection turns out to be dead. What is
  /// no plain look must not be sent twice, so its second attempt ends here, unless it is proven that
  /// the first came to nothing.
  func mayBegin() -> Bool {
    attempts += 1
    let mayBeTwice = request.method == .get && !request.usesFreshConnection
    if attempts > 1, !mayBeTwice, !isFirstAttemptVoid {
      ownFailure = TransferFailure(
        .cut, "The connection to '\(place)' ended without an answer; it was not sent again")
      return false
    }
    evidence.connected()
    answer = AnswerHead()
    heldHead = nil
    moved()
    loop.check(by: deadline)
    return true
  }

  /// Whether the server has refused the attempt before its body (417), or saw no byte of it.
  private var isFirstAttemptVoid: Bool {
    let isUnseen = evidence.headCount == 0 && address?.isSecure == false
    return isUnseen || answer.status == 417
  }

  /// Bytes of the request's head were handed to the connection.
  func sent(head bytes: UnsafeRawBufferPointer) {
    // Before this the bytes are those of a request to a proxy.
    guard attempts > 0 else { return }
    evidence.took(head: bytes)
    moved()
  }

  /// So many bytes of the request's body were.
  func sent(body count: Int64, of whole: Int64) {
    guard count > 0, attempts > 0 else { return }
    if whole > 0 { bodySize = whole }
    if count > evidence.bodyCount {
      evidence.took(body: count)
      moved()
    }
    tellSent(always: false)
  }

  /// Takes a line of a head: its length, or 0 to fail.
  func take(line bytes: UnsafeRawBufferPointer) -> Int {
    moved()
    switch answer.take(bytes) {
    case .inside: return bytes.count
    case .tooMuch: return fail(.tooLarge, "The head of the answer of '\(place)' is too large")
    case .end(let head): return begin(head) ? bytes.count : 0
    }
  }

  /// Takes bytes of the body: their number, 0 to fail, or the sign to wait.
  func take(body bytes: UnsafeRawBufferPointer) -> Int {
    moved()
    let (count, overflow) = receivedCount.addingReportingOverflow(Int64(bytes.count))
    switch target {
    case .nowhere:
      receivedCount = overflow ? .max : count
      if receivedCount > Self.mostOfRefusal { return fail(.tooLarge, tooLarge(Self.mostOfRefusal)) }
    case .pieces(let limit):
      if overflow || count > limit { return fail(.tooLarge, tooLarge(limit)) }
      guard hasRoom() else { return Int(CURL_WRITEFUNC_PAUSE) }
      receivedCount = count
      news.bytes.append(contentsOf: bytes)
      hasMoreNews()
    case .file(let file):
      do throws(DownloadedFile.Problem) {
        try file.write(bytes)
      } catch {
        ownFailure = TransferFailure(error, from: place)
        return 0
      }
      receivedCount = count
      tellReceived(file, always: false)
    }
    return bytes.count
  }

  /// Decides from a final head where its body goes, and tells of it.
  private func begin(_ head: HTTPHead) -> Bool {
    receivedCount = 0
    if isRedirectToFollow(head) {
      target = .nowhere
      return true
    }
    log?.answers(head.status, after: age)
    if head.status == 417, bodySize != 0 {
      // libcurl sends the request again without `Expect`; this is told only if nothing comes of it.
      heldHead = head
      target = .nowhere
      return true
    }
    if let easy { evidence.took(body: offbook_curl_get_size(easy, CURLINFO_SIZE_UPLOAD_T)) }
    tellSent(always: true)
    var told = head
    if isUnpacked(head) { told.dropCoding() }
    news.head = told
    hasMoreNews()
    return choose(for: told)
  }

  private func choose(for head: HTTPHead) -> Bool {
    if let download, DownloadedFile.wantsBody(of: head) {
      do throws(DownloadedFile.Problem) {
        try download.begin(head)
      } catch {
        ownFailure = TransferFailure(error, from: place)
        return false
      }
      target = .file(download)
      return true
    }
    var limit = Self.mostOfRefusal
    if case .pieces(let most) = request.destination { limit = most }
    target = .pieces(limit: limit)
    guard let length = head.contentLength, length > limit else { return true }
    return fail(.tooLarge, tooLarge(limit)) != 0
  }

  /// Whether libcurl hands the body over unpacked, so that its head's size is not that of the bytes.
  private func isUnpacked(_ head: HTTPHead) -> Bool {
    guard case .pieces = request.destination, headers?.contains("accept-encoding") == false else {
      return false
    }
    let coding = head.value(of: "Content-Encoding")?.lowercased() ?? "identity"
    return coding != "identity"
  }

  private func fail(_ code: TransportError.Code, _ text: String) -> Int {
    ownFailure = TransferFailure(code, text)
    return 0
  }

  private func tooLarge(_ limit: Int64) -> String {
    "The answer of '\(place)' is larger than the \(limit) bytes that are allowed"
  }
}
