import BackendSimulator
import JSONText
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Test(arguments: CuttingProxy.Ending.allCases.filter { $0 != .hold })
func aMessageIsCutAtEveryByteOfItsRequest(ending: CuttingProxy.Ending) throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let proxy = try CuttingProxy(to: simulator.port)
  defer { proxy.stop() }
  var visitor = try Visitor(simulator)
  visitor.port = proxy.port
  let bytes = visitor.message(smallPush)
  for place in 0...bytes.count {
    proxy.cut(.request, at: Int64(place), ending: ending)
    let received = RawClient.exchange(bytes, port: proxy.port)
    #expect(received.bytes.isEmpty)
    #expect(received.ending == (ending == .reset ? .reset : .closed), "at \(place)")
    #expect(proxy.settle())
    proxy.clearCuts()
    #expect(proxy.passages.last?.requestBytes == Int64(place))
    // Whole, it is carried out, though nobody hears of it.
    #expect(simulator.charges.count == (place == bytes.count ? 1 : 0), "at \(place)")
  }
}

@Test func aMessageIsCutAtEveryByteOfItsAnswer() throws {
  let simulator = try Simulator(quickOptions { $0.access.costs.push = 0 })
  defer { simulator.stop() }
  let proxy = try CuttingProxy(to: simulator.port)
  defer { proxy.stop() }
  var visitor = try Visitor(simulator)
  visitor.port = proxy.port
  let bytes = visitor.message(smallPush)
  _ = RawClient.exchange(bytes, port: proxy.port)
  #expect(proxy.settle())
  let whole = try #require(proxy.passages.last).answerBytes
  for place in 0...whole {
    proxy.cut(.answer, at: place)
    let received = RawClient.exchange(bytes, port: proxy.port)
    #expect(received.bytes.count == Int(place))
    #expect(proxy.settle())
    proxy.clearCuts()
    #expect(proxy.passages.last?.wasCut == true)
  }
  #expect(simulator.charges.count == Int(whole) + 2)
}

@Test func onlyTheConnectionThatIsMeantIsCut() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let proxy = try CuttingProxy(to: simulator.port)
  defer { proxy.stop() }
  var visitor = try Visitor(simulator)
  visitor.port = proxy.port
  proxy.cut(.answer, at: 20, connection: 2)
  let bytes = visitor.bytes("GET", "/api/credits/balance/simple")
  let lengths = (0..<3).map { _ in RawClient.exchange(bytes, port: proxy.port).bytes.count }
  #expect(lengths[1] == 20 && lengths[0] == lengths[2] && lengths[0] > 20)
}

@Test func aHeldConnectionEndsWithItsClient() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let proxy = try CuttingProxy(to: simulator.port)
  defer { proxy.stop() }
  var visitor = try Visitor(simulator)
  visitor.port = proxy.port
  proxy.cut(.answer, at: 1, ending: .hold)
  let descriptor = RawClient.connection(port: proxy.port)
  let bytes = visitor.bytes("GET", "/api/credits/balance/simple")
  _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) }
  var byte: UInt8 = 0
  #expect(recv(descriptor, &byte, 1, 0) == 1)
  #expect(!proxy.settle(milliseconds: 20))
  close(descriptor)
  #expect(proxy.settle())
}
