/// Why a file can't be read, or a script can't be written.
package struct FormatError: Error, Hashable, CustomStringConvertible {
  /// The kinds of failure.
  package enum Code: String, Hashable, Sendable {
    case empty, binary, tooLarge, unknownFormat, unknownEncoding, undecodable
    case notZip, encrypted, oldWord, notWord, damaged, bomb, forbiddenEntity
    case notJSON, invalidJSON, unsupported, verification
  }

  /// The kind of failure.
  package var code: Code
  /// What is wrong and where, as a sentence for people, without text of the script.
  package var description: String
  /// What to do about it; `nil` where nothing can be advised.
  package var fix: String?

  /// Creates an error from its parts.
  package init(_ code: Code, _ description: String, fix: String? = nil) {
    self.code = code
    self.description = description
    self.fix = fix
  }
}
