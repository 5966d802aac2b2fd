import BackendAPI
import ScriptModel
import Synchronization
import Testing

/// The client over a scripted transport.
struct ServiceClientTests {
  private func client(
    _ transport: ScriptedTransport, token: String? = Stage.token
  ) throws -> ServiceClient {
    ServiceClient(transport: transport, configuration: try Stage.configuration(token: token))
  }

  @Test func aCallReadsItsAnswer() async throws {
    let transport = ScriptedTransport(
      status: 200, #"{"code":0,"data":{"available":"90","frozen":10,"total":100.0}}"#)
    let credits = try await client(transport).call(CreditsRequest())
    #expect(credits == Credits(available: 90, frozen: 10, total: 100))
    #expect(
      transport.requests.map(\.address) == ["https://api.example.org/api/credits/balance/simple"])
  }

  @Test func whatTheTransportKnowsIsPassedOn() async throws {
    let cut = TransportError(.cut, sent: .whole, "cut")
    let transport = ScriptedTransport([.failure(cut)])
    await #expect(throws: CallError.transport(cut)) {
      try await client(transport).call(CreditsRequest())
    }
    let silent = ScriptedTransport([])
    await #expect {
      try await client(silent).call(CreditsRequest())
    } throws: { error in
      guard case .transport(let error)? = error as? CallError else { return false }
      return error.code == .cut && error.sent == .whole
    }
  }

  @Test(arguments: [(404, true), (413, true), (408, false), (500, false), (200, false)])
  func aHeadThatRefusesSettlesACallHoweverItsBodyEnds(status: Int, isRefusal: Bool) async throws {
    let failure = TransportError(.cut, sent: .whole, hasAnswerBegun: true, "cut")
    let script: [ScriptedTransport.Step] = [
      .event(.head(HTTPHead(status: status, headers: []))), .event(.bytes(Array("{\"co".utf8))),
      .failure(failure),
    ]
    let expected = CallError.service(
      ServiceError(ServiceError.Code(status: status), number: status))
    await #expect(throws: isRefusal ? expected : .transport(failure)) {
      try await client(ScriptedTransport(script)).call(CreditsRequest())
    }
    let target = FileTarget(path: "/f.part")
    await #expect(throws: isRefusal ? expected : .transport(failure)) {
      try await client(ScriptedTransport(script)).download(
        RenderDownloadRequest(renderID: "r", target: target))
    }
  }

  @Test func anUploadTellsHowFarItIs() async throws {
    let transport = ScriptedTransport([
      .event(.sent(10, of: 20)), .event(.sent(20, of: 20)),
      .event(.head(HTTPHead(status: 200, headers: []))),
      .event(.bytes(Array(#"{"code":0,"data":{"files":[{"filename":"a.mp4","#.utf8))),
      .event(.bytes(Array(#""duration":1.5,"hash":"h","cdn_url":"https://cdn/a"}]}}"#.utf8))),
    ])
    let counts = Mutex<[Int64]>([])
    let request = UploadRequest(
      sessionID: "s", content: .files([.init(name: "a.mp4", content: .file("/a.mp4"))]))
    let files = try await client(transport).upload(request) { count, total in
      #expect(total == 20)
      counts.withLock { $0.append(count) }
    }
    #expect(counts.withLock { $0 } == [10, 20])
    #expect(
      files == [
        UploadedFile(
          name: "a.mp4", address: "https://cdn/a", duration: Milliseconds(1500), hash: "h")
      ])
  }

  @Test func aDownloadTellsItsHeadFirst() async throws {
    let transport = ScriptedTransport([
      .event(
        .head(
          HTTPHead(
            status: 206,
            headers: [
              HTTPHeader("etag", "\"v1\""), HTTPHeader("Content-Range", "bytes 5-9/10"),
              HTTPHeader("Content-Length", "5"),
            ]))),
      .event(.received(10, of: 10)),
    ])
    let told = Mutex<[DownloadProgress]>([])
    let target = FileTarget(path: "/f.part", offset: 5, validator: "\"v1\"")
    let head = try await client(transport).download(
      MediaDownloadRequest(address: "https://cdn.example.com/f?key=1", target: target)
    ) { progress in told.withLock { $0.append(progress) } }
    #expect(head.continues && head.validator == "\"v1\"" && head.byteCount == 10)
    #expect(told.withLock { $0 } == [.began(head), .received(10, of: 10)])
  }

  @Test(
    arguments: [
      ([("ETag", "W/\"weak\""), ("Last-Modified", "Sun"), ("Content-Length", "7")], "Sun", 7),
      ([("Content-Length", "-7")], nil, nil),
      ([("Content-Length", "7"), ("Content-Encoding", "gzip")], nil, nil),
    ] as [([(String, String)], String?, Int64?)])
  func aHeadTellsOnlyWhatCanBeReliedOn(
    headers: [(String, String)], validator: String?, count: Int64?
  ) async throws {
    let head = HTTPHead(status: 200, headers: headers.map { HTTPHeader($0.0, $0.1) })
    let told = try await client(ScriptedTransport([.event(.head(head))])).download(
      RenderDownloadRequest(renderID: "r", target: FileTarget(path: "/f")))
    #expect(told.validator == validator && told.byteCount == count && !told.continues)
  }

  @Test func anotherHostsRefusalSaysNothingOfTheToken() async throws {
    let target = FileTarget(path: "/f")
    for (address, code) in [
      ("https://cdn.example.com/f", ServiceError.Code.refused), ("/media/f", .scopeMissing),
    ] {
      let transport = ScriptedTransport(status: 403, "<Error>Request has expired</Error>")
      await #expect(
        throws: CallError.service(
          ServiceError(code, number: 403))
      ) {
        try await client(transport).download(
          MediaDownloadRequest(address: address, target: target))
      }
    }
  }

  @Test func anAddressThatIsNoneSendsNothing() async throws {
    let transport = ScriptedTransport([])
    await #expect {
      try await client(transport).download(
        MediaDownloadRequest(address: "file:///etc/passwd", target: FileTarget(path: "/f")))
    } throws: { error in
      guard case .transport(let error)? = error as? CallError else { return false }
      return error.code == .unusableAddress && error.sent == .nothing
    }
    #expect(transport.requests.isEmpty)
  }
}
