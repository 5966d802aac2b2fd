import JSONText
import Synchronization

/// Everything that the simulated service knows; a lock around it makes each step whole.
struct World: Sendable {
  var options: SimulatorOptions
  /// The address below which media are, for clients that do not say which they used.
  var address = ""
  private(set) var accounts: [String: Account] = [:]
  /// User ids by token.
  private(set) var tokens: [String: String] = [:]
  var sessions: [String: Session] = [:]
  /// Ids in the order of their making.
  var sessionOrder: [String] = []
  var renders: [String: SimulatedRender] = [:]
  var renderOrder: [String] = []
  var media: [String: Medium] = [:]
  var charges: [SimulatedCharge] = []
  var log: [LoggedRequest] = []
  var faults: [ArmedFault]
  var failedRenders = 0
  /// Requests so far, those before a reset too.
  var requestCount = 0
  private var random: SeededRandom

  /// An account with its credits.
  struct Account: Sendable {
    var userID: String
    var isAnonymous: Bool
    var available: Int
    var total: Int
    var tokenCount = 0
  }

  /// A medium that is served.
  struct Medium: Sendable {
    var name: String
    var content: MediaContent
    var sha256: String?
  }

  /// A fault with the requests that it has seen.
  struct ArmedFault: Sendable {
    var fault: Fault
    var seen = 0
  }

  init(_ options: SimulatorOptions) {
    self.options = options
    faults = options.faults.map { ArmedFault(fault: $0) }
    random = SeededRandom(seed: options.seed, for: "world")
    for (index, token) in options.access.registeredTokens.enumerated() {
      let userID = "user_registered_\(index + 1)"
      accounts[userID] = Account(
        userID: userID, isAnonymous: false, available: options.access.credits,
        total: options.access.credits)
      tokens[token] = userID
    }
  }

  /// Makes a token for a client, whose account is made where it has none.
  mutating func issueToken(clientID: String) throws(Refusal) -> (token: String, account: Account) {
    var names = SeededRandom(seed: options.seed, for: clientID)
    let userID = "anon_\(names.letters(16))"
    var account =
      accounts[userID]
      ?? Account(
        userID: userID, isAnonymous: true, available: options.access.credits,
        total: options.access.credits)
    if account.tokenCount > 0, options.access.limitsTokens { throw .tooManyTokens }
    account.tokenCount += 1
    accounts[userID] = account
    let token = "nmv_usr_\(random.letters(40))"
    tokens[token] = userID
    return (token, account)
  }

  /// The account of a token.
  func account(token: String?) -> Account? {
    token.flatMap { tokens[$0] }.flatMap { accounts[$0] }
  }

  /// Lets a token be none any more.
  mutating func revoke(token: String?) { if let token { tokens[token] = nil } }

  /// Lets all tokens be none any more.
  mutating func revokeAllTokens() { tokens = [:] }

  /// Sets what every account has.
  mutating func setCredits(_ credits: Int) {
    for userID in accounts.keys {
      accounts[userID]?.available = credits
      accounts[userID]?.total = credits
    }
  }

  /// Takes credits for a message and notes it.
  mutating func charge(_ credits: Int, kind: String, message: String, to session: Session) {
    accounts[session.userID]?.available -= credits
    charges.append(
      SimulatedCharge(
        number: charges.count + 1, sessionID: session.id, kind: kind, message: message,
        credits: credits))
  }

  /// Opens a session.
  mutating func openSession(userID: String, name: String, language: String) -> Session {
    var id: String
    repeat {
      switch options.answers.sessionID {
      case .uuid: id = random.uuid()
      case .digits: id = "7" + random.letters(17, from: "0123456789") + "1"
      }
    } while sessions[id] != nil
    let session = Session(
      id: id, taskID: "task_\(random.letters(12))", userID: userID, name: name,
      language: language, draft: SimulatedDraft(id: "draft_\(id)", seed: options.seed))
    sessions[id] = session
    sessionOrder.append(id)
    return session
  }

  /// Makes letters for an id.
  mutating func letters(_ count: Int) -> String { random.letters(count) }

  /// The session of an id, if it is the account's.
  func session(_ id: String, of account: Account) throws(Refusal) -> Session {
    guard let session = sessions[id], session.userID == account.userID else {
      throw .unknownSession
    }
    return session
  }

  /// The fault that happens to the next request of a kind, which it is counted as.
  mutating func nextFault(for endpoint: Endpoint) -> Fault.Action? {
    var action: Fault.Action?
    for index in faults.indices {
      let fault = faults[index].fault
      guard fault.endpoint == nil || fault.endpoint == endpoint else { continue }
      faults[index].seen += 1
      let seen = faults[index].seen
      if action == nil, seen >= fault.first, seen - fault.first < fault.count {
        action = fault.action
      }
    }
    return action
  }
}
