#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

import ScriptModel

/// The few calls of TCP that the proxy needs; descriptors are -1 where something failed.
enum Sockets {
  // Programs that are started meanwhile would hold connections open that are closed here.
  #if canImport(Glibc)
    private static let streamType = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
  #elseif canImport(Musl)
    private static let streamType = SOCK_STREAM | SOCK_CLOEXEC
  #else
    private static let streamType = SOCK_STREAM
  #endif

  /// Listens on a free port of 127.0.0.1.
  static func listen() -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, streamType, 0)
    var address = loopback(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0
          && systemListen(descriptor) == 0
          && getsockname(descriptor, pointer, &length) == 0
      }
    }
    if !isBound {
      close(descriptor)
      return (-1, 0)
    }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  /// Connects to a port of 127.0.0.1.
  static func connect(port: UInt16) -> Int32 {
    let descriptor = socket(AF_INET, streamType, 0)
    var address = loopback(port: port)
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        systemConnect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    if isConnected {
      sendAtOnce(descriptor)
      return descriptor
    }
    close(descriptor)
    return -1
  }

  /// Lets small pieces leave at once.
  static func sendAtOnce(_ descriptor: Int32) {
    var on: Int32 = 1
    _ = setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Sends all bytes.
  ///
  /// - Returns: Whether the other side took them.
  static func send(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { buffer in
        systemSend(descriptor, buffer)
      }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
    }
    return true
  }

  private static func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  private static func systemListen(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.listen(descriptor, 64)
    #elseif canImport(Musl)
      Musl.listen(descriptor, 64)
    #else
      Darwin.listen(descriptor, 64)
    #endif
  }

  private static func systemConnect(
    _ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t
  ) -> Int32 {
    #if canImport(Glibc)
      Glibc.connect(descriptor, address, length)
    #elseif canImport(Musl)
      Musl.connect(descriptor, address, length)
    #else
      Darwin.connect(descriptor, address, length)
    #endif
  }

  private static func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    #elseif canImport(Musl)
      Musl.send(descriptor, bytes.baseAddress, bytes.count, MSG_NOSIGNAL)
    #else
      Darwin.send(descriptor, bytes.baseAddress, bytes.count, 0)
    #endif
  }
}

/// Starts threads.
enum Threads {
  /// Runs a body on a thread of its own, which nobody waits for.
  ///
  /// - Returns: Whether there is such a thread.
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    guard let thread = JoinableThread(body) else { return false }
    thread.detach()
    return true
  }
}
