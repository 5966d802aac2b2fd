import BackendAPI
public import ScriptModel

extension Intent {
  /// The file or the script that a message is about; `nil` for what a person said in their own words.
  public var subject: String? {
    purpose == .extract || purpose == .generate ? MessageSubject.name(in: message) : nil
  }
}
