import BackendAPI
import CCurl
import ScriptModel

/// One exchange on the loop's side: its handle of libcurl and all that its callbacks fill.
final class Transfer: @unchecked Sendable {
  // `mailbox` locks itself. What changes belongs to the loop's thread, which alone calls in here.

  /// Where the bytes of the answer at hand go.
  enum BodyTarget {
    /// Nowhere: it is a redirect's.
    case nowhere
    case pieces(limit: Int64)
    case file(DownloadedFile)
  }

  /// How many bytes may wait to be pulled.
  static let bound = 256 << 10
  /// Counts of progress are told no more often than this, in ms.
  static let progressInterval: Int64 = 100
  /// The most that a refusal, or the page of a redirect, may hold where a file was asked for.
  static let mostOfRefusal: Int64 = 16 << 20

  let request: HTTPRequest
  let loop: TransferLoop
  let settings: CurlTransport.Settings
  let log: ExchangeLog?
  private let mailbox: Mailbox
  private let started: Int64

  /// The handle, from `prepare()` to `finish(_:)`.
  var easy: UnsafeMutableRawPointer?
  var headerList: UnsafeMutablePointer<curl_slist>?
  var mime: OpaquePointer?
  var uploads: [UploadedFile] = []
  var errorText: UnsafeMutablePointer<CChar>?

  var address: WebAddress?
  var headers: RequestHeaders?
  var redirectCount = 0
  var evidence = SentEvidence()
  /// How often the request was begun at the address at hand.
  var attempts = 0
  /// The size of the request's body; `nil` until it is known.
  var bodySize: Int64?
  /// Why a callback ended the transfer.
  var ownFailure: TransferFailure?
  var answer = AnswerHead()
  /// A head that is an answer only if libcurl does not ask again because of it (417).
  var heldHead: HTTPHead?
  var download: DownloadedFile?
  var target = BodyTarget.nowhere
  var receivedCount: Int64 = 0
  /// What was not delivered yet.
  var news = News()

  private var hasNews = false
  private var isPaused = false
  private var unread = 0
  private var lastMove: Int64
  private var lastSentNews: (time: Int64, count: Int64) = (0, 0)
  private var lastReceivedNews: Int64 = 0
  private var conclusion: TransferFailure?

  init(
    _ request: HTTPRequest, mailbox: Mailbox, loop: TransferLoop, settings: CurlTransport.Settings,
    number: Int
  ) {
    self.request = request
    self.mailbox = mailbox
    self.loop = loop
    self.settings = settings
    log = settings.log.map { ExchangeLog(write: $0, number: number) }
    started = Platform.monotonicMilliseconds()
    lastMove = started
  }

  deinit { release() }

  /// Whether its puller has given up.
  var isCancelled: Bool { mailbox.isCancelled }

  /// The host and port at hand, for people.
  var place: String { address?.place ?? "the service" }

  /// How long it has run, in ms.
  var age: Int64 { Platform.monotonicMilliseconds() - started }

  // MARK: - Deadlines

  /// The earliest time at which the transfer may be overdue, in ms of the loop's clock.
  var deadline: Int64 {
    let whole = request.timeouts.whole.map { (Milliseconds(started) + $0).rawValue } ?? .max
    // Before a connection stands libcurl's own limit holds; while nobody pulls, none.
    guard evidence.hasConnected, attempts > 0, !isPaused else { return whole }
    return min(whole, (Milliseconds(lastMove) + request.timeouts.stall).rawValue)
  }

  /// Why the transfer has to end now; `nil` where it need not.
  func overdue(at now: Int64) -> TransferFailure? {
    if now < deadline { return nil }
    if let whole = request.timeouts.whole, now >= (Milliseconds(started) + whole).rawValue {
      return TransferFailure(.timedOut, "'\(place)' took longer than \(Self.seconds(whole))")
    }
    let stall = Self.seconds(request.timeouts.stall)
    return TransferFailure(.timedOut, "Nothing was heard of '\(place)' for \(stall)")
  }

  private static func seconds(_ time: Milliseconds) -> String {
    time.rawValue % 1000 == 0 ? "\(time.rawValue / 1000) s" : "\(time.rawValue) ms"
  }

  /// Something went one way or the other.
  func moved() { lastMove = loop.now }

  // MARK: - News

  /// Has what is in `news` delivered soon.
  func hasMoreNews() {
    if hasNews { return }
    hasNews = true
    loop.announce(self)
  }

  /// Puts all news into the mailbox.
  func deliver() {
    hasNews = false
    guard news.hasEvent else { return }
    unread = mailbox.deliver(&news)
  }

  /// Whether the next bytes have room; where not, the transfer counts as paused.
  func hasRoom() -> Bool {
    if news.bytes.count + unread < Self.bound { return true }
    unread = mailbox.deliver(&news, pausingAt: Self.bound)
    isPaused = unread >= Self.bound
    return !isPaused
  }

  /// Goes on after a pause; libcurl hands over at once what it kept.
  func resume() -> CURLcode {
    guard let easy, isPaused else { return CURLE_OK }
    isPaused = false
    unread = 0
    moved()
    loop.check(by: deadline)
    return offbook_curl_pause(easy, 0)
  }

  /// Tells how much of the body has gone, now and then or `always`.
  func tellSent(always: Bool) {
    guard evidence.bodyCount > lastSentNews.count, answer.status < 200 || always else { return }
    guard always || loop.now - lastSentNews.time >= Self.progressInterval else { return }
    lastSentNews = (loop.now, evidence.bodyCount)
    news.sent = (evidence.bodyCount, bodySize)
    hasMoreNews()
  }

  /// Tells how much of the file is there, now and then or `always`.
  func tellReceived(_ file: DownloadedFile, always: Bool) {
    guard always || loop.now - lastReceivedNews >= Self.progressInterval else { return }
    lastReceivedNews = loop.now
    news.received = (file.position, file.whole)
    hasMoreNews()
  }

  // MARK: - The end

  /// Takes from libcurl what is known at the end, while it still knows it.
  func conclude(_ code: CURLcode) {
    guard let easy else { return }
    evidence.took(body: offbook_curl_get_size(easy, CURLINFO_SIZE_UPLOAD_T))
    if code == CURLE_OK { return }
    let detail = errorText.map { String(cString: $0) } ?? ""
    conclusion =
      ownFailure ?? uploads.lazy.compactMap(\.problem).first.map { TransferFailure($0) }
      ?? TransferFailure(
        code, at: place,
        detail: detail.isEmpty ? String(cString: offbook_curl_explain(code)) : detail,
        hasConnected: evidence.hasConnected && attempts > 0,
        isResolved: offbook_curl_get_size(easy, CURLINFO_NAMELOOKUP_TIME_T) > 0)
  }

  /// Ends the exchange, well or not; a file's bytes are brought to the disk on a thread of its own.
  func finish(_ failure: TransferFailure?) {
    defer { release() }
    let sent = evidence.sent(bodySize: bodySize)
    var failure = failure ?? conclusion
    if let heldHead {
      news.head = heldHead
      hasMoreNews()
    }
    // libcurl takes a head that was cut behind its first line for a whole one.
    if failure == nil, !answer.isFinal {
      failure = TransferFailure(.cut, "'\(place)' closed the connection within its answer's head")
    }
    if case .file(let file) = target {
      tellReceived(file, always: true)
      deliver()
      if failure == nil { return flush(file, sent: sent) }
    }
    deliver()
    end(failure, sent: sent)
  }

  private func flush(_ file: DownloadedFile, sent: TransportError.Sent) {
    let work: @Sendable () -> Void = { [self, place = place] in
      do throws(DownloadedFile.Problem) {
        try file.finish()
        end(nil, sent: sent)
      } catch {
        end(TransferFailure(error, from: place), sent: sent)
      }
    }
    if let thread = Platform.startThread(work) { thread.detach() } else { work() }
  }

  private func end(_ failure: TransferFailure?, sent: TransportError.Sent) {
    guard let failure else {
      log?.ends(received: receivedCount, after: age)
      return mailbox.finish(.whole(sent))
    }
    let error = TransportError(
      failure.code, sent: sent, hasAnswerBegun: answer.status >= 200, failure.text)
    log?.fails(error, after: age)
    mailbox.finish(.failed(error))
  }

  private func release() {
    if let easy { offbook_curl_easy_free(easy) }
    if let mime { offbook_curl_mime_free(mime) }
    if let headerList { offbook_curl_list_free(headerList) }
    errorText?.deallocate()
    (easy, mime, headerList, errorText) = (nil, nil, nil, nil)
    uploads = []
  }
}
