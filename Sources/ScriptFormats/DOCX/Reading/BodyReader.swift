import ScriptModel

/// Reads the text of `word/document.xml`, or the notes of a part of footnotes or comments.
///
/// Only hands over: the fields of a class are checked for exclusive access one by one, which at a
/// dozen fields an element costs as much as the parser; those of a structure are checked once.
final class BodyReader: PartReader {
  /// What has been read.
  private(set) var state: BodyState

  /// Begins a part.
  ///
  /// - Parameter ignoresFieldInstructions: for a second reading of a part with an unended field.
  init(styles: DocumentStyles, ignoresFieldInstructions: Bool = false) {
    state = BodyState(styles: styles, ignoresFieldInstructions: ignoresFieldInstructions)
  }

  override func start(_ element: OfficeElement, _ attributes: ElementAttributes) {
    if !state.start(element, attributes) { refuseAsState() }
  }

  override func end(_ element: OfficeElement) {
    if !state.end(element) { refuseAsState() }
  }

  override func characters(_ bytes: UnsafeBufferPointer<UInt8>) {
    if !state.characters(bytes) { refuseAsState() }
  }

  private func refuseAsState() {
    if let refusal = state.refusal { refuse(refusal) }
  }

  /// Takes the text out, the reader being at its end.
  func takeOutput() -> DocumentText {
    state.finishBlock()
    let output = state.output
    state.output = DocumentText()
    return output
  }
}
