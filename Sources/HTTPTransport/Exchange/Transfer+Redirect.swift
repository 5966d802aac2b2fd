import BackendAPI
import CCurl

// Redirects are followed here and not by libcurl, so that no secret goes with them.
extension Transfer {
  /// No download of a service goes over more places than this.
  private static let mostRedirects = 5

  /// Whether the answer at hand sends the request elsewhere, and the request lets itself be sent.
  func isRedirectToFollow(_ head: HTTPHead) -> Bool {
    request.followsRedirects && request.method == .get
      && [301, 302, 303, 307, 308].contains(head.status) && head.value(of: "Location") != nil
  }

  /// Whether the transfer that just ended well has to go on elsewhere; its address is there then.
  func followsRedirect() throws(TransferFailure) -> Bool {
    guard case .nowhere = target, answer.status >= 300, let easy, let address else { return false }
    redirectCount += 1
    guard redirectCount <= Self.mostRedirects else {
      throw TransferFailure(
        .unusableAddress, "'\(place)' was one redirect more than the \(Self.mostRedirects) followed"
      )
    }
    guard let text = offbook_curl_get_text(easy, CURLINFO_REDIRECT_URL),
      let next = WebAddress(String(cString: text))
    else {
      throw TransferFailure(
        .unusableAddress, "'\(place)' redirects to an address that can't be used")
    }
    guard next.isSecure || !address.isSecure else {
      throw TransferFailure(
        .unusableAddress, "'\(place)' redirects to '\(next.place)' without encryption")
    }
    log?.follows(answer.status, to: next)
    if !next.hasSameOrigin(as: address) { headers?.dropSecrets() }
    self.address = next
    return true
  }

  /// Points the handle, which is in no loop now, to the redirect's address.
  func prepareRedirect() throws(TransferFailure) -> UnsafeMutableRawPointer {
    guard let easy, let address, let headers else {
      throw TransferFailure(.failed, "A redirect was lost")
    }
    attempts = 0
    answer = AnswerHead()
    var options = CurlOptions(easy)
    set(address, headers, &options)
    guard options.failure == CURLE_OK else {
      throw TransferFailure(.failed, "There is not enough memory")
    }
    return easy
  }
}
