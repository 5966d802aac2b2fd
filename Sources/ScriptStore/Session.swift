import SQLiteKit
import ScriptModel

/// One connection with all that its user needs beside it.
///
/// `@unchecked Sendable`: `WorkspaceStore.session`, a `Mutex`, lets one thread at a time use it.
final class Session: @unchecked Sendable {
  let folder: WorkspaceFolder
  let connection: Connection
  let environment: StoreEnvironment
  let isReadOnly: Bool
  private var identifiers: IdentifierGenerator
  private var index: SearchIndex?

  init(
    folder: WorkspaceFolder, connection: Connection, environment: StoreEnvironment,
    isReadOnly: Bool
  ) {
    self.folder = folder
    self.connection = connection
    self.environment = environment
    self.isReadOnly = isReadOnly
    identifiers = IdentifierGenerator(seed: environment.seed)
  }

  /// Makes an identifier that no row has yet.
  func newIdentifier<Entity>() -> Identifier<Entity> { identifiers.next(at: environment.now()) }

  /// The full-text tables, their statements prepared once.
  func searchIndex() throws -> SearchIndex {
    if let index { return index }
    let made = try SearchIndex(connection)
    index = made
    return made
  }
}

extension Identifier {
  /// The sixteen bytes, as the columns `uuid` hold them.
  var bytes: [UInt8] {
    (0..<16).map { index in
      let word = index < 8 ? high : low
      return UInt8(truncatingIfNeeded: word >> UInt64(56 - (index % 8) * 8))
    }
  }

  /// The sixteen bytes without an allocation, for imports.
  var inlineBytes: InlineArray<16, UInt8> {
    InlineArray { index in
      let word = index < 8 ? high : low
      return UInt8(truncatingIfNeeded: word >> UInt64(56 - (index % 8) * 8))
    }
  }

  /// Reads sixteen bytes; what is missing counts as zero.
  init(bytes: Span<UInt8>) {
    var words: (UInt64, UInt64) = (0, 0)
    if bytes.count == 16 {
      for index in 0..<8 {
        words.0 = words.0 << 8 | UInt64(bytes[index])
        words.1 = words.1 << 8 | UInt64(bytes[index + 8])
      }
      self.init(high: words.0, low: words.1)
      return
    }
    for index in 0..<min(bytes.count, 16) {
      let shifted = UInt64(bytes[index]) << UInt64(56 - (index % 8) * 8)
      if index < 8 { words.0 |= shifted } else { words.1 |= shifted }
    }
    self.init(high: words.0, low: words.1)
  }

  /// The value to bind where a statement names a row by its identifier.
  var binding: Binding { .blob(bytes) }
}

extension Row {
  func identifier<Entity>(_ column: Int, of: Entity.Type = Entity.self) -> Identifier<Entity> {
    withBytes(column) { Identifier<Entity>(bytes: $0) }
  }

  func milliseconds(_ column: Int) -> Milliseconds? {
    optionalInteger(column).map { Milliseconds($0) }
  }
}
