package import BackendAPI

/// The token in use, shared by all projects that sync at once; renewed once for all of them.
package actor TokenKeeper {
  /// Where the token in use comes from.
  package enum Source: String, Sendable { case environment, stored, anonymous, none }

  private let files: CredentialFiles
  private var client: ServiceClient
  private let isFixed: Bool
  private var token: Secret?
  private var isAnonymous: Bool
  private var renewal: Task<Result<Secret, CallError>, Never>?
  /// Gets the credits that come with a new anonymous token.
  private let onGrant: @Sendable (TokenGrant) -> Void

  /// Creates a keeper.
  ///
  /// - Parameter environmentToken: the token that goes before all others.
  package init(
    files: CredentialFiles, client: ServiceClient, environmentToken: Secret?,
    onGrant: @escaping @Sendable (TokenGrant) -> Void = { _ in }
  ) {
    self.files = files
    self.client = client
    self.onGrant = onGrant
    let kept = environmentToken == nil ? files.kept() : nil
    token = environmentToken ?? kept?.token
    isFixed = environmentToken != nil || kept?.isAnonymous == false
    isAnonymous = kept?.isAnonymous ?? (environmentToken == nil)
  }

  /// The token in use; `nil` while there is none.
  package var current: Secret? { token }

  /// Whether a refused token can be replaced here: not that of an account.
  package var canRenew: Bool { !isFixed }

  /// Gets an anonymous token in the place of the one that was refused, or of none.
  ///
  /// Where another project has replaced it meanwhile that one is taken.
  /// - Throws: `CallError`.
  package func renew(refused: Secret?) async throws(CallError) -> Secret {
    if let token, token != refused { return token }
    if isFixed {
      throw .service(ServiceError(.unauthorized, number: 1001))
    }
    let running = renewal ?? Task { await self.fetch(refused: refused) }
    renewal = running
    return try await running.value.get()
  }

  /// Asks for a token; where the service refuses the client's id once more with another.
  private func grant() async throws(CallError) -> TokenGrant {
    do throws(CallError) {
      return try await client.call(AnonymousTokenRequest())
    } catch {
      guard case .service(let refusal) = error, refusal.code == .refused else { throw error }
      do throws(CredentialFiles.Failure) {
        client.configuration.clientID = try files.clientID(
          insteadOf: client.configuration.clientID)
      } catch {
        throw .transport(TransportError(.fileProblem, sent: .nothing, error.description))
      }
      return try await client.call(AnonymousTokenRequest())
    }
  }

  private func fetch(refused: Secret?) async -> Result<Secret, CallError> {
    defer { renewal = nil }
    // Another process may have got one meanwhile: the service gives few.
    if let kept = files.kept(), kept.isAnonymous, kept.token != refused, kept.token != token {
      token = kept.token
      return .success(kept.token)
    }
    do throws(CallError) {
      let grant = try await grant()
      token = grant.token
      isAnonymous = true
      do throws(CredentialFiles.Failure) {
        try files.keep(
          CredentialFiles.Kept(
            token: grant.token, isAnonymous: true, userID: grant.userID, expires: grant.expires))
      } catch {
        return .failure(
          .transport(TransportError(.fileProblem, sent: .nothing, error.description)))
      }
      onGrant(grant)
      return .success(grant.token)
    } catch {
      return .failure(error)
    }
  }
}
