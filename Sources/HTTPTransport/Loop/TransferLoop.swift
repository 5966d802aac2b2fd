import BackendAPI
import ScriptModel
import CCurl
import Synchronization

/// The thread that moves all transfers of a transport, asleep while there is nothing to move.
final class TransferLoop: @unchecked Sendable {
  // `inbox` is locked; everything else that changes belongs to the loop's thread.

  /// What others ask of the loop.
  enum Command: Sendable {
    case start(Transfer)
    case resume(Transfer)
    case cancel(Transfer)
  }

  private struct Inbox {
    var commands: [Command] = []
    var isWoken = false
    var isStopping = false
    var isOver = false
    var thread: JoinableThread?
  }

  /// Without anything to do the loop looks around this often, in ms.
  private static let longestSleep: Int64 = 60_000

  /// When the loop woke last, in ms.
  private(set) var now = Platform.monotonicMilliseconds()
  private let multi: UnsafeMutableRawPointer
  private let inbox = Mutex(Inbox())
  private var active: [UnsafeMutableRawPointer: Transfer] = [:]
  private var withNews: [Transfer] = []
  private var nextCheck = Int64.max

  private init(multi: UnsafeMutableRawPointer) { self.multi = multi }

  /// Loads libcurl and starts a thread.
  static func start() -> Result<TransferLoop, TransportError> {
    if let problem = offbook_curl_unavailable() {
      return .failure(TransportError(.failed, sent: .nothing, String(cString: problem)))
    }
    guard let multi = offbook_curl_multi_create() else {
      return .failure(TransportError(.failed, sent: .nothing, "There is not enough memory"))
    }
    let loop = TransferLoop(multi: multi)
    guard let thread = Platform.startThread({ loop.run() }) else {
      offbook_curl_multi_free(multi)
      return .failure(TransportError(.failed, sent: .nothing, "The system has no more threads"))
    }
    loop.inbox.withLock { $0.thread = thread }
    return .success(loop)
  }

  // MARK: - From any thread

  /// Asks for something; `false` where the loop has ended.
  func submit(_ command: Command) -> Bool {
    inbox.withLock { inbox in
      if inbox.isOver || inbox.isStopping { return false }
      inbox.commands.append(command)
      wake(&inbox)
      return true
    }
  }

  /// Ends the loop and all its transfers; waits for that only if asked to.
  func stop(waiting: Bool) {
    let thread: JoinableThread? = inbox.withLock { inbox in
      inbox.isStopping = true
      if !inbox.isOver { wake(&inbox) }
      defer { inbox.thread = nil }
      return inbox.thread
    }
    if waiting { thread?.join() } else { thread?.detach() }
  }

  private func wake(_ inbox: inout Inbox) {
    if inbox.isWoken { return }
    inbox.isWoken = true
    offbook_curl_multi_wakeup(multi)
  }

  // MARK: - On the loop's thread

  /// Has a transfer's news delivered when libcurl has done all it could for now.
  func announce(_ transfer: Transfer) { withNews.append(transfer) }

  /// Has deadlines looked at no later than at a time.
  func check(by time: Int64) { nextCheck = min(nextCheck, time) }

  private func run() {
    while true {
      let (commands, isStopping) = inbox.withLock { inbox in
        defer {
          inbox.commands = []
          inbox.isWoken = false
        }
        return (inbox.commands, inbox.isStopping)
      }
      now = Platform.monotonicMilliseconds()
      for command in commands { obey(command) }
      if isStopping { break }
      let problem = offbook_curl_multi_perform(multi)
      finishEnded()
      if problem != 0 { endAll(.failed, "libcurl failed by itself (\(problem))") }
      deliverNews()
      if now >= nextCheck { checkDeadlines() }
      _ = offbook_curl_multi_poll(multi, Int32(clamping: sleep))
    }
    endAll(.cancelled, "It was cancelled")
    inbox.withLock { inbox in
      inbox.isOver = true
      offbook_curl_multi_free(multi)
    }
  }

  /// How long to wait for something to happen, in ms.
  private var sleep: Int64 { max(0, min(Self.longestSleep, nextCheck - min(now, nextCheck))) }

  private func obey(_ command: Command) {
    switch command {
    case .start(let transfer): start(transfer)
    case .resume(let transfer):
      guard let easy = transfer.easy, active[easy] === transfer else { return }
      let code = transfer.resume()
      if code != CURLE_OK { finish(transfer, code) }
    case .cancel(let transfer):
      guard let easy = transfer.easy, active[easy] === transfer else { return }
      end(transfer, .cancelled, "It was cancelled")
    }
  }

  private func start(_ transfer: Transfer) {
    if transfer.isCancelled {
      return transfer.finish(TransferFailure(.cancelled, "It was cancelled"))
    }
    do throws(TransferFailure) {
      let easy = try transfer.prepare()
      guard offbook_curl_multi_add(multi, easy) == 0 else {
        throw TransferFailure(.failed, "libcurl takes no more transfers")
      }
      active[easy] = transfer
      check(by: transfer.deadline)
    } catch {
      transfer.finish(error)
    }
  }

  private func finishEnded() {
    var code = CURLE_OK
    while let easy = offbook_curl_multi_ended(multi, &code) {
      if let transfer = active[easy] { finish(transfer, code) }
    }
  }

  /// Ends a transfer as libcurl saw it end, or sends it to the place that a redirect named.
  private func finish(_ transfer: Transfer, _ code: CURLcode) {
    do throws(TransferFailure) {
      if code == CURLE_OK, try transfer.followsRedirect() {
        remove(transfer)
        let easy = try transfer.prepareRedirect()
        guard offbook_curl_multi_add(multi, easy) == 0 else {
          throw TransferFailure(.failed, "libcurl takes no more transfers")
        }
        active[easy] = transfer
        return
      }
      transfer.conclude(code)
      remove(transfer)
      transfer.finish(nil)
    } catch {
      transfer.conclude(code)
      remove(transfer)
      transfer.finish(error)
    }
  }

  private func end(_ transfer: Transfer, _ code: TransportError.Code, _ text: String) {
    transfer.conclude(CURLE_OK)
    remove(transfer)
    transfer.finish(TransferFailure(code, text))
  }

  private func endAll(_ code: TransportError.Code, _ text: String) {
    for transfer in active.values { end(transfer, code, text) }
    deliverNews()
  }

  private func remove(_ transfer: Transfer) {
    guard let easy = transfer.easy, active.removeValue(forKey: easy) != nil else { return }
    offbook_curl_multi_remove(multi, easy)
  }

  private func deliverNews() {
    for transfer in withNews { transfer.deliver() }
    withNews.removeAll(keepingCapacity: true)
  }

  private func checkDeadlines() {
    nextCheck = .max
    for transfer in active.values {
      if let failure = transfer.overdue(at: now) {
        end(transfer, failure.code, failure.text)
      } else {
        check(by: transfer.deadline)
      }
    }
  }
}
