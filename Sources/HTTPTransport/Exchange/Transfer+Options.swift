import BackendAPI
import CCurl
import ScriptModel

extension Transfer {
  /// Makes a handle that sends the request.
  func prepare() throws(TransferFailure) -> UnsafeMutableRawPointer {
    guard let address = WebAddress(request.address) else {
      throw TransferFailure(
        .unusableAddress, "The address can't be used: it is no http or https address")
    }
    self.address = address
    let headers: RequestHeaders
    do throws(RefusedHeader) {
      headers = try RequestHeaders(request)
    } catch {
      throw TransferFailure(.unusableAddress, "A header of the request to '\(place)' can't be sent")
    }
    self.headers = headers
    if case .file(let path, let offset, _) = request.destination {
      do throws(DownloadedFile.Problem) {
        download = try DownloadedFile(path: path, offset: offset)
      } catch {
        throw TransferFailure(error, from: place)
      }
    }
    guard let easy = offbook_curl_easy_create() else {
      throw TransferFailure(.failed, "There is not enough memory")
    }
    self.easy = easy
    var options = CurlOptions(easy)
    setConnection(&options)
    setAnswer(&options)
    try setBody(&options)
    set(address, headers, &options)
    guard options.failure == CURLE_OK else {
      let reason = String(cString: offbook_curl_explain(options.failure))
      throw TransferFailure(.failed, "libcurl can't do what is needed: \(reason)")
    }
    log?.begins(request.method, address, size: bodySize)
    return easy
  }

  /// Sets what changes with a redirect.
  func set(_ address: WebAddress, _ headers: RequestHeaders, _ options: inout CurlOptions) {
    options.set(CURLOPT_URL, address.text)
    // Nothing for this machine goes over another, whatever the environment says.
    options.set(CURLOPT_PROXY, address.isLoopback ? "" : nil)
    var type: String?
    if case .bytes(_, let contentType) = request.body { type = contentType }
    var isEmptyPost = false
    if case .none = request.body { isEmptyPost = request.method == .post }
    var list: UnsafeMutablePointer<curl_slist>?
    for line in headers.lines(contentType: type, expectsNoType: isEmptyPost) {
      list = offbook_curl_list_append(list, line) ?? list
    }
    options.set(CURLOPT_HTTPHEADER, UnsafeMutableRawPointer(list))
    offbook_curl_list_free(headerList)
    headerList = list
  }

  private func setConnection(_ options: inout CurlOptions) {
    // Older versions do not know it; there the address alone decides, which was checked.
    options.setWhereKnown(CURLOPT_PROTOCOLS_STR, "http,https")
    options.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    options.set(CURLOPT_NOSIGNAL, 1)
    options.set(CURLOPT_FOLLOWLOCATION, 0)
    options.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
    options.set(CURLOPT_TCP_KEEPALIVE, 1)
    options.set(CURLOPT_SSL_VERIFYPEER, 1)
    options.set(CURLOPT_SSL_VERIFYHOST, 2)
    for option in [CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO] {
      if let file = settings.certificates.file { options.set(option, file) }
    }
    for option in [CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH] {
      if let folder = settings.certificates.folder { options.set(option, folder) }
    }
    let limit = max(1, request.timeouts.connect.rawValue)
    options.set(CURLOPT_CONNECTTIMEOUT_MS, Int(Int32(clamping: limit)))
    // Giving up a name that is still looked up must not hold up the other transfers.
    options.setWhereKnown(CURLOPT_QUICK_EXIT, 1)
    if request.usesFreshConnection {
      options.set(CURLOPT_FRESH_CONNECT, 1)
      options.set(CURLOPT_FORBID_REUSE, 1)
    }
    let text = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    text.pointee = 0
    errorText = text
    options.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(text))
    options.set(TransferCallbacks.all, context: Unmanaged.passUnretained(self).toOpaque())
  }

  private func setAnswer(_ options: inout CurlOptions) {
    options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    guard case .pieces = request.destination else {
      // A range counts the bytes that are sent: nothing may be packed.
      options.set(CURLOPT_BUFFERSIZE, 256 << 10)
      return
    }
    options.set(CURLOPT_BUFFERSIZE, 64 << 10)
    if let headers, !headers.contains("accept-encoding") {
      // Events must not wait in a packer; should one pack them all the same, they are unpacked.
      options.set(CURLOPT_ACCEPT_ENCODING, headers.asksForEvents ? "identity" : "")
    }
  }

  private func setBody(_ options: inout CurlOptions) throws(TransferFailure) {
    switch request.body {
    case .none:
      bodySize = 0
      if request.method == .get { return options.set(CURLOPT_HTTPGET, 1) }
      options.set(CURLOPT_POST, 1)
      options.set(CURLOPT_POSTFIELDSIZE_LARGE, size: 0)
      options.set(CURLOPT_COPYPOSTFIELDS, "")
    case .bytes(let bytes, let contentType):
      guard RequestHeaders.isValue(contentType) else { throw unusableType }
      bodySize = Int64(bytes.count)
      options.set(CURLOPT_POST, 1)
      options.set(CURLOPT_POSTFIELDSIZE_LARGE, size: Int64(bytes.count))
      options.setCopy(of: bytes)
    case .multipart(let parts):
      try setMultipart(parts, &options)
    }
    if request.method == .get { options.set(CURLOPT_CUSTOMREQUEST, "GET") }
  }

  private func setMultipart(_ parts: [HTTPRequest.Part], _ options: inout CurlOptions)
    throws(TransferFailure)
  {
    guard let easy, let mime = offbook_curl_mime_create(easy) else { throw noMemory }
    self.mime = mime
    for part in parts {
      guard RequestHeaders.isValue(part.contentType) else { throw unusableType }
      // libcurl escapes line ends and quotes in names; a NUL would end them early.
      guard !(part.field + part.fileName).utf8.contains(0) else {
        throw TransferFailure(.unusableAddress, "A file's name holds a NUL and can't be sent")
      }
      guard let made = offbook_curl_mime_add(mime, part.field, part.fileName, part.contentType)
      else { throw noMemory }
      options.note(try fill(made, part.content))
    }
    options.set(CURLOPT_MIMEPOST, UnsafeMutableRawPointer(mime))
    options.set(CURLOPT_UPLOAD_BUFFERSIZE, 256 << 10)
  }

  private func fill(_ part: OpaquePointer, _ content: HTTPRequest.Part.Content)
    throws(TransferFailure) -> CURLcode
  {
    switch content {
    case .bytes(let bytes):
      return bytes.withUnsafeBytes { buffer in
        let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
        return offbook_curl_mime_bytes(part, start ?? TransferCallbacks.empty, buffer.count)
      }
    case .file(let path):
      let file: UploadedFile
      do throws(UploadedFile.Problem) {
        file = try UploadedFile(path: path)
      } catch {
        throw TransferFailure(error)
      }
      uploads.append(file)
      return offbook_curl_mime_reader(
        part, file.size, TransferCallbacks.read, TransferCallbacks.seek,
        Unmanaged.passUnretained(file).toOpaque())
    }
  }

  private var noMemory: TransferFailure { TransferFailure(.failed, "There is not enough memory") }

  private var unusableType: TransferFailure {
    TransferFailure(.unusableAddress, "A media type of the request to '\(place)' can't be sent")
  }
}

/// Sets options one by one and keeps the first failure.
struct CurlOptions {
  private(set) var failure = CURLE_OK
  private let easy: UnsafeMutableRawPointer

  init(_ easy: UnsafeMutableRawPointer) { self.easy = easy }

  /// Keeps a failure of something else.
  mutating func note(_ code: CURLcode) { if failure == CURLE_OK { failure = code } }

  mutating func set(_ option: CURLoption, _ value: Int) {
    note(offbook_curl_set_long(easy, option, value))
  }

  /// Sets an option that a libcurl may do without.
  func setWhereKnown(_ option: CURLoption, _ value: Int) {
    _ = offbook_curl_set_long(easy, option, value)
  }

  /// Sets an option that a libcurl may do without.
  func setWhereKnown(_ option: CURLoption, _ value: String) {
    _ = offbook_curl_set_text(easy, option, value)
  }

  mutating func set(_ option: CURLoption, size: Int64) {
    note(offbook_curl_set_size(easy, option, size))
  }

  mutating func set(_ option: CURLoption, _ value: String?) {
    note(offbook_curl_set_text(easy, option, value))
  }

  mutating func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) {
    note(offbook_curl_set_pointer(easy, option, value))
  }

  /// Sets the body of a POST, whose size must be set already; libcurl copies it.
  mutating func setCopy(of bytes: [UInt8]) {
    if bytes.isEmpty { return set(CURLOPT_COPYPOSTFIELDS, "") }
    let code = bytes.withUnsafeBytes { buffer in
      offbook_curl_set_pointer(
        easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: buffer.baseAddress))
    }
    note(code)
  }

  mutating func set(_ callbacks: offbook_curl_callbacks, context: UnsafeMutableRawPointer) {
    var callbacks = callbacks
    note(offbook_curl_set_callbacks(easy, &callbacks, context))
  }
}
