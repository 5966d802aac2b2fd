/// Asks for an anonymous token: valid for 7 days, one a client in that time.
package struct AnonymousTokenRequest: ServiceRequest {
  /// The token is what is asked for.
  package static let hidesToken = false

  /// Creates the request.
  package init() {}

  /// Makes the request; the client's id is in a header, and no token is.
  package func httpRequest(_ configuration: ServiceConfiguration) -> HTTPRequest {
    var request = configuration.request(.post, .anonymousToken, isAuthorized: false)
    request.headers.append(
      HTTPHeader(
        ServiceHeader.clientID, ServiceConfiguration.headerValue(configuration.clientID)))
    return request
  }

  /// Reads the token and what came beside it.
  package func answer(_ response: HTTPResponse) throws(ServiceError) -> TokenGrant {
    let envelope = try Envelope(response)
    guard let text = envelope.text("token", "access_token", "accessToken"),
      let token = Secret(text)
    else { throw envelope.unreadable("it holds no token") }
    return TokenGrant(
      token: token, userID: envelope.text("user_id", "userId"),
      expires: envelope.text("expires_at", "expiresAt"),
      credits: envelope.field("credits")?.clampedNumber)
  }
}
