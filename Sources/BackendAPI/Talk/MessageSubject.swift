/// What a message that asks for a script or a video is about: a row of it names the file or the script.
package enum MessageSubject {
  private static let fileMark = "The file: "
  private static let scriptMark = "The script \""

  /// The row that names a file, as its upload is named.
  package static func row(file name: String) -> String { fileMark + name }

  /// The row that names a script; the script follows.
  package static func row(script title: String) -> String { scriptMark + title + "\":" }

  /// The name of the file or the script, for people; `nil` where no row names any.
  package static func name(in message: String) -> String? {
    for row in message.split(whereSeparator: \.isNewline) {
      if row.hasPrefix(fileMark) {
        return UploadName.label(String(row.dropFirst(fileMark.count)))
      }
      if row.hasPrefix(scriptMark), row.hasSuffix("\":") {
        return String(row.dropFirst(scriptMark.count).dropLast(2))
      }
    }
    return nil
  }
}
