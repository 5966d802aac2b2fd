import ScriptSync

/// Where the service is, who asks, and where its secrets lie: read from the environment.
///
/// No token is ever in a description of it.
public struct ServiceSettings: Sendable {
  /// The service's address (`NEMO_API_URL`).
  public var apiAddress: String
  /// The address for browsers (`NEMO_WEB_URL`).
  public var webAddress: String
  /// The token that the environment gives (`NEMO_TOKEN`); a secret.
  let environmentToken: HiddenToken?
  /// The client's id that the environment gives (`NEMO_CLIENT_ID`).
  public var clientID: String?
  /// Where the program was installed from (`SKILL_SOURCE`); `nil` to tell it from its path.
  public var skillSource: String?
  /// The absolute path of the program.
  public var programPath: String?
  /// The person's home folder.
  public var homeFolder: String
  /// The folder of Offbook's own settings and tokens: `$XDG_CONFIG_HOME/offbook`.
  public var configurationFolder: String
  /// This program's version, which the service is told.
  public var version: String
  /// How long waits take: 1 as the service's description has them; tests and demonstrations less.
  public var paceScale = 1.0
  /// Gets a line for each exchange, secrets left out; `nil` for no log.
  public var debugLog: (@Sendable (String) -> Void)?

  /// The client's id that the environment gives, where it is one that the service may get.
  var usableClientID: String? { clientID.flatMap { CredentialFiles.isClientID($0) ? $0 : nil } }

  /// Reads the settings.
  ///
  /// - Parameters:
  ///   - environment: all of the process's variables.
  ///   - programPath: the absolute path of the running program where it is known.
  ///   - version: the program's version, such as `0.4.0`.
  public init(environment: [String: String], programPath: String? = nil, version: String) {
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    apiAddress = value("NEMO_API_URL") ?? ServiceAddresses.api
    webAddress = value("NEMO_WEB_URL") ?? ServiceAddresses.web
    environmentToken = value("NEMO_TOKEN").map(HiddenToken.init)
    clientID = value("NEMO_CLIENT_ID")
    skillSource = value("SKILL_SOURCE")
    self.programPath = programPath
    self.version = version
    let home = value("HOME") ?? ""
    homeFolder = home
    // The XDG base directory specification has relative paths ignored.
    let configuration = value("XDG_CONFIG_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    configurationFolder = (configuration ?? home + "/.config") + "/offbook"
  }
}

/// The service's addresses where the environment names no others.
enum ServiceAddresses {
  static let api = "https://mega-api-prod.nemovideo.ai"
  static let web = "https://nemovideo.com"
}

/// A token that no printing or reflection shows.
struct HiddenToken: Sendable, CustomStringConvertible, CustomReflectable {
  let revealed: String

  init(_ text: String) { revealed = text }

  var description: String { "(secret)" }
  var customMirror: Mirror { Mirror(self, children: [:]) }
}
