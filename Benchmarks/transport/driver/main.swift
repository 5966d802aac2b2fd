import BackendAPI
import HTTPTransport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Does over the transport what `client.c` does over libcurl, with the same arguments.
struct TransportDriver {
  let transport = CurlTransport()

  func download(_ address: String, to path: String) async throws -> Bool {
    var request = HTTPRequest(.get, address)
    request.destination = .file(path: path + ".part", offset: 0, validator: nil)
    let exchange = transport.begin(request)
    var status = 0
    while let event = try await exchange.next() {
      if case .head(let head) = event { status = head.status }
    }
    return status == 200 && rename(path + ".part", path) == 0
  }

  func upload(_ path: String, to address: String) async throws -> Bool {
    var request = HTTPRequest(.post, address)
    request.body = .multipart([
      HTTPRequest.Part(
        field: "files", fileName: "video.mp4", contentType: "video/mp4", content: .file(path))
    ])
    let exchange = transport.begin(request)
    var status = 0
    while let event = try await exchange.next() {
      if case .head(let head) = event { status = head.status }
    }
    return status == 200
  }

  func countEvents(_ address: String) async throws -> Bool {
    var request = HTTPRequest(.get, address, headers: [HTTPHeader("Accept", "text/event-stream")])
    request.destination = .pieces(limit: .max)
    let exchange = transport.begin(request)
    var parser = EventStreamParser()
    var events = 0
    var bytes = 0
    while let event = try await exchange.next() {
      guard case .bytes(let piece) = event else { continue }
      parser.supply(piece)
      while let found = parser.next() {
        guard found == .event else { continue }
        events += 1
        bytes += parser.data.count
      }
    }
    print("\(events) events, \(bytes) bytes of data")
    return events > 0
  }

  /// Prints the median age of events in ms, each of which holds the time of its sending.
  func latency(_ address: String) async throws -> Bool {
    var request = HTTPRequest(.get, address, headers: [HTTPHeader("Accept", "text/event-stream")])
    request.destination = .pieces(limit: .max)
    let exchange = transport.begin(request)
    var parser = EventStreamParser()
    var ages: [Double] = []
    while let event = try await exchange.next() {
      guard case .bytes(let piece) = event else { continue }
      parser.supply(piece)
      while let found = parser.next() {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        guard found == .event, let sent = Int(String(decoding: parser.data, as: UTF8.self))
        else { continue }
        ages.append(Double(now.tv_sec * 1_000_000_000 + now.tv_nsec - sent) / 1e6)
      }
    }
    ages.sort()
    if !ages.isEmpty { print(ages[ages.count / 2]) }
    return !ages.isEmpty
  }
}

let arguments = CommandLine.arguments
let driver = TransportDriver()
var isWell = false
do {
  switch arguments.dropFirst().first {
  case "download" where arguments.count == 4:
    isWell = try await driver.download(arguments[2], to: arguments[3])
  case "upload" where arguments.count == 4:
    isWell = try await driver.upload(arguments[3], to: arguments[2])
  case "events" where arguments.count == 3:
    isWell = try await driver.countEvents(arguments[2])
  case "latency" where arguments.count == 3:
    isWell = try await driver.latency(arguments[2])
  default:
    print("usage: transport-benchmark download URL FILE | upload URL FILE | events|latency URL")
  }
} catch {
  print(error)
}
driver.transport.shutdown()
exit(isWell ? 0 : 1)
