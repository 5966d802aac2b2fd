/// A text that somebody wrote into a line; no two writings are the same token.
typealias Token = UInt32

/// Who wrote what, having seen what.
struct TokenTable: Sendable {
  private var parents: [(Token, Token, Token)] = [(0, 0, 0)]
  private(set) var blindlyReplaced: Set<Token> = []

  var count: Int { parents.count - 1 }

  /// Makes a token whose writer had these before their eyes.
  mutating func write(over first: Token, _ second: Token = 0, _ third: Token = 0) -> Token {
    parents.append((first, second, third))
    return Token(parents.count - 1)
  }

  /// Notes that a push replaced a token that its device had not seen: the service offers no means
  /// against that race, so that such a token is looked for in the histories only.
  mutating func replaceBlindly(_ token: Token) { blindlyReplaced.insert(token) }

  /// Tokens that are neither among these, nor seen by whoever wrote over them.
  func lost(keeping live: [Token]) -> [Token] {
    var isKept = [Bool](repeating: false, count: parents.count)
    isKept[0] = true
    for token in live { isKept[Int(token)] = true }
    for token in blindlyReplaced { isKept[Int(token)] = true }
    var token = parents.count - 1
    while token > 0 {
      if isKept[token] {
        let (first, second, third) = parents[token]
        isKept[Int(first)] = true
        isKept[Int(second)] = true
        isKept[Int(third)] = true
      }
      token -= 1
    }
    return isKept.indices.filter { !isKept[$0] }.map { Token($0) }
  }
}
