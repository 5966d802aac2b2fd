import Testing

@testable import ScriptStore

@Test(
  arguments: [
    ("Change line 7", "7"), ("Change line 1204", "1204"), ("Change line", "Change line"),
    ("Change line x", "Change line x"), ("42", " 42"), (" 42", "  42"), (" x", " x"), ("", ""),
    ("Change line ٣", "Change line ٣"), ("Merge 'ours.srt'", "Merge 'ours.srt'"), (" ", " "),
  ])
func everyMessageIsReadAsItWasStored(message: String, stored: String) {
  #expect(StoredMessage.encoded(message) == stored)
  #expect(StoredMessage.decoded(stored) == message)
}
