#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How a connection ends.
enum SocketEnding {
  /// Ends a connection with a reset, so that the other side gets an error and no orderly end.
  ///
  /// The descriptor stays open for its owner to close.
  static func reset(_ socket: Int32) {
    var lingering = linger(l_onoff: 1, l_linger: 0)
    _ = setsockopt(
      socket, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
    #if !canImport(Darwin)
      // libmicrohttpd sends FIN before it closes; on Linux this sends RST at once instead.
      var nowhere = sockaddr()
      nowhere.sa_family = sa_family_t(AF_UNSPEC)
      _ = connect(socket, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
    #endif
  }
}
