/// The styles of a document, as far as text depends on them.
struct DocumentStyles {
  /// One style as it is written.
  struct Style {
    var name = ""
    var basedOn: String?
    var isCharacter = false
    var outlineLevel: Int?
    var vanish: Bool?
    var bold: Bool?
    var italic: Bool?
  }

  /// What a style comes to with the styles that it is based on.
  struct Resolved {
    var role = DocumentText.Role.body
    var isHidden = false
    var format: DocumentText.Format = []
  }

  /// The most styles that are based on each other: a chain may be a ring in a broken file.
  private static let chainLength = 32

  private var styles: [String: Style] = [:]
  private(set) var resolved: [String: Resolved] = [:]
  /// The paragraph style where none is named.
  var defaultParagraph = Resolved()
  private var defaultName: String?

  /// Adds a style as it is read.
  mutating func add(_ style: Style, id: String, isDefault: Bool) {
    if styles[id] == nil { styles[id] = style }
    if isDefault, !style.isCharacter { defaultName = id }
  }

  /// Works out every style; to be called once after the last `add`.
  mutating func resolve() {
    for id in styles.keys { resolved[id] = resolve(id) }
    if let defaultName, let style = resolved[defaultName] { defaultParagraph = style }
  }

  /// What a named style comes to; the names that Word gives are known without a styles part.
  func style(_ id: String) -> Resolved {
    if let style = resolved[id] { return style }
    var result = Resolved()
    Self.apply(name: id, to: &result)
    return result
  }

  private func resolve(_ id: String) -> Resolved {
    var result = Resolved()
    var outline: Int?
    var vanish: Bool?
    var bold: Bool?
    var italic: Bool?
    var next: String? = id
    var isCharacter = false
    for _ in 0..<Self.chainLength {
      guard let name = next, let style = styles[name] else { break }
      isCharacter = isCharacter || style.isCharacter
      outline = outline ?? style.outlineLevel
      vanish = vanish ?? style.vanish
      bold = bold ?? style.bold
      italic = italic ?? style.italic
      Self.apply(name: style.name, to: &result)
      next = style.basedOn
    }
    // Level 9 is body text (ECMA-376-1, 17.3.1.20).
    if result.role == .body, let outline, (0...8).contains(outline) { result.role = .heading }
    result.isHidden = vanish ?? false
    if isCharacter, bold ?? false { result.format.insert(.bold) }
    if isCharacter, italic ?? false { result.format.insert(.italic) }
    return result
  }

  private static func apply(name: String, to style: inout Resolved) {
    // Writers differ in blanks and capitals: "heading 1", "Heading 1", "Heading1".
    let key = name.lowercased().filter { $0 != " " }
    switch key {
    case "offbookspeaker": style.format.insert(.speaker)
    case "offbooktime": style.format.insert(.time)
    default: break
    }
    guard style.role == .body else { return }
    switch key {
    case "offbookline": style.role = .line
    case "offbookcontinued": style.role = .continued
    case "offbookdirection": style.role = .direction
    case "title": style.role = .title
    case "subtitle": style.role = .heading
    default:
      let level = key.hasPrefix("heading") ? key.dropFirst("heading".count) : ""
      if level.count == 1, let number = Int(level), number >= 1 { style.role = .heading }
    }
  }
}

/// Reads `word/styles.xml`.
final class StylesReader: PartReader {
  private(set) var styles = DocumentStyles()
  private var current = DocumentStyles.Style()
  private var currentID: String?
  private var isDefault = false
  private var skipDepth = 0

  override func start(_ element: OfficeElement, _ attributes: ElementAttributes) {
    if element == .transparent { return }
    if skipDepth > 0 {
      skipDepth += 1
      return
    }
    if element == .skipped {
      skipDepth = 1
      return
    }
    if element == .style {
      current = DocumentStyles.Style()
      current.isCharacter = attributes.has("type", "character")
      currentID = attributes.string("styleId")
      isDefault = attributes.string("default") != nil && !attributes.has("default", "0")
    }
    guard currentID != nil else { return }
    switch element {
    case .name: current.name = attributes.string("val") ?? ""
    case .basedOn: current.basedOn = attributes.string("val")
    case .outlineLevel: current.outlineLevel = attributes.string("val").flatMap { Int($0) }
    case .vanish: current.vanish = attributes.isOn
    case .bold: current.bold = attributes.isOn
    case .italic: current.italic = attributes.isOn
    default: break
    }
  }

  override func end(_ element: OfficeElement) {
    if element == .transparent { return }
    if skipDepth > 0 {
      skipDepth -= 1
      return
    }
    guard element == .style, let id = currentID else { return }
    styles.add(current, id: id, isDefault: isDefault)
    currentID = nil
  }
}
