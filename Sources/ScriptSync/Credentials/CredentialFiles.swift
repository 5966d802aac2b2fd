package import BackendAPI
import JSONText

/// The files that hold who asks the service: tokens by its address, and the client's id.
///
/// Tokens lie in one file for its owner only; nothing else of Offbook's ever holds one.
package struct CredentialFiles: Sendable {
  /// A token that is kept.
  package struct Kept: Sendable {
    /// The token.
    package var token: Secret
    /// Whether the service gave it without an account.
    package var isAnonymous: Bool
    /// The account's id.
    package var userID: String?
    /// When it ends, as the service wrote it.
    package var expires: String?

    /// Creates a kept token from its parts.
    package init(
      token: Secret, isAnonymous: Bool, userID: String? = nil, expires: String? = nil
    ) {
      self.token = token
      self.isAnonymous = isAnonymous
      self.userID = userID
      self.expires = expires
    }
  }

  /// Why a file could not be written; no token is in it.
  package struct Failure: Error, Sendable, CustomStringConvertible {
    /// What is wrong, for people.
    package var description: String
  }

  private let folder: String
  private let clientFile: String
  private let address: String

  /// Names the files.
  ///
  /// - Parameters:
  ///   - folder: Offbook's folder of settings.
  ///   - home: the person's home folder, where the client's id is shared with the service's tools.
  ///   - address: the service's address, to which a token belongs.
  package init(folder: String, home: String, address: String) {
    self.folder = folder
    clientFile = home + "/.config/nemovideo/client_id"
    self.address = address
  }

  private var file: String { folder + "/credentials.json" }

  /// The token for the address: a person's, else an anonymous one.
  package func kept() -> Kept? {
    entry("stored", isAnonymous: false) ?? entry("anonymous", isAnonymous: true)
  }

  private func entry(_ name: String, isAnonymous: Bool) -> Kept? {
    guard let value = document?[address]?[name],
      let token = value["token"]?.string.flatMap({ Secret($0) })
    else { return nil }
    return Kept(
      token: token, isAnonymous: isAnonymous, userID: value["userId"]?.string,
      expires: value["expires"]?.string)
  }

  private var document: JSONValue? {
    // A file that can't be read holds no token: a new one is got or given.
    Platform.read(file).flatMap { try? JSONValue(parsing: $0) }
  }

  /// Keeps a token for the address in the place of one of the same kind.
  ///
  /// - Throws: `Failure` where the file can't be written.
  package func keep(_ kept: Kept) throws(Failure) {
    var members: [JSONValue.Member] = [.init(name: "token", value: .string(kept.token.revealed))]
    if let id = kept.userID { members.append(.init(name: "userId", value: .string(id))) }
    if let date = kept.expires { members.append(.init(name: "expires", value: .string(date))) }
    try change {
      $0.append(.init(name: kept.isAnonymous ? "anonymous" : "stored", value: .object(members)))
    }
  }

  /// Removes the tokens for the address.
  ///
  /// - Returns: whether there were any.
  /// - Throws: `Failure` where the file can't be written.
  package func forget() throws(Failure) -> Bool {
    guard document?[address] != nil else { return false }
    try change { $0 = [] }
    return true
  }

  /// Changes the entries of the address; one of a name that comes again goes.
  private func change(_ body: (inout [JSONValue.Member]) -> Void) throws(Failure) {
    var entries = document?[address]?.object ?? []
    body(&entries)
    var last: [JSONValue.Member] = []
    for entry in entries.reversed() where !last.contains(where: { $0.name == entry.name }) {
      last.insert(entry, at: 0)
    }
    var all = (document?.object ?? []).filter { $0.name != address }
    if !last.isEmpty { all.append(.init(name: address, value: .object(last))) }
    try write(JSONValue.object(all).bytes + [0x0A], to: file, in: folder)
  }

  /// The client's id: a bare UUID, made where there is none.
  ///
  /// - Throws: `Failure` where it can't be written.
  package func clientID() throws(Failure) -> String {
    if let known = knownClientID { return known }
    let made = Platform.randomUUID()
    let end = clientFile.lastIndex(of: "/") ?? clientFile.startIndex
    // Of several programs that make it at once the first counts; one that holds none is replaced.
    let code = Platform.makeFolder(String(clientFile[..<end]))
    if code == 0, Platform.make(clientFile, with: Array(made.utf8)) == 0, let known = knownClientID
    {
      return known
    }
    try write(Array(made.utf8), to: clientFile, in: String(clientFile[..<end]))
    return made
  }

  /// The client's id where there is one: the first line that is a UUID.
  package var knownClientID: String? {
    guard let bytes = Platform.read(clientFile, atMost: 4096) else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .lazy.map(Self.trimmed).first(where: Self.isClientID)
  }

  /// Another id in the place of one that the service does not take.
  ///
  /// - Throws: `Failure` where it can't be written.
  package func clientID(insteadOf refused: String) throws(Failure) -> String {
    let known = try clientID()
    if known != refused { return known }
    let made = Platform.randomUUID()
    let end = clientFile.lastIndex(of: "/") ?? clientFile.startIndex
    try write(Array(made.utf8), to: clientFile, in: String(clientFile[..<end]))
    return made
  }

  /// Whether a text is a bare UUID, in the form that all programs write.
  package static func isClientID(_ text: String) -> Bool {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
      && groups.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isHexDigit } }
  }

  private static func trimmed(_ line: Substring) -> String {
    line.filter { !$0.isWhitespace && $0 != "\u{FEFF}" }
  }

  private func write(_ bytes: [UInt8], to path: String, in folder: String) throws(Failure) {
    var code = Platform.makeFolder(folder)
    if code == 0 { code = Platform.replace(path, with: bytes) }
    guard code == 0 else {
      throw Failure(description: "'\(path)' can't be written: \(Platform.message(for: code))")
    }
  }
}
