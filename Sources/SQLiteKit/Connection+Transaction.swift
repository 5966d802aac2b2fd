extension Connection {
  /// Runs the body in one write transaction; any error rolls all of it back.
  ///
  /// - Parameter durability: when the commit is on the disk.
  /// - Parameter commits: asked at the end whether to keep the result; `false` rolls it back.
  package func write<Result>(
    _ durability: Durability = .full, commits: (Result) -> Bool = { _ in true },
    _ body: () throws -> Result
  ) throws -> Result {
    try set(durability)
    try run("BEGIN IMMEDIATE")
    return try finish(commits: commits, body)
  }

  /// Runs the body over one unchanging state of the database.
  package func read<Result>(_ body: () throws -> Result) throws -> Result {
    if isInTransaction { return try body() }
    try run("BEGIN DEFERRED")
    return try finish(commits: { _ in true }, body)
  }

  private func finish<Result>(
    commits: (Result) -> Bool, _ body: () throws -> Result
  ) throws -> Result {
    do {
      let result = try body()
      try run(commits(result) ? "COMMIT" : "ROLLBACK")
      return result
    } catch {
      // A full disk has rolled back already; where the rollback itself fails, closing does it.
      if isInTransaction { try? execute("ROLLBACK") }
      throw error
    }
  }
}
