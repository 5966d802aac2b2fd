#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the command asks of the operating system, apart from files and signals.
enum Platform {
  /// A path that stays right in another folder; the path itself where this one is gone.
  static func absolutePath(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return String(cString: folder) + "/" + path
  }

  /// The environment as a dictionary; of a name that stands twice the first counts.
  static func environment() -> [String: String] {
    var result: [String: String] = [:]
    var position = environ
    while let entry = position.pointee {
      let text = String(cString: entry)
      // By bytes: characters took a seventh of the start of a command.
      if let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
        let name = String(text[..<equals])
        if result[name] == nil { result[name] = String(text[text.utf8.index(after: equals)...]) }
      }
      position += 1
    }
    return result
  }

  /// Whether a descriptor is a terminal.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The columns of the terminal behind a descriptor; `nil` where it is none or does not say.
  static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Writes all bytes.
  ///
  /// - Returns: 0, or the `errno` of the call that failed.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: buffer[start...]))
      }
      if count >= 0 {
        start += count
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }

  private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  /// The system's words for an `errno`, such as `No space left on device`.
  static func message(for code: Int32) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }

  /// A Unix time in local time for people, such as `2026-11-21 02:20`.
  static func localTime(milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1000)
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return String(milliseconds) }
    func padded(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(Int(parts.tm_year) + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday)) "
      + "\(padded(parts.tm_hour)):\(padded(parts.tm_min))"
  }

  /// Reads one line from the terminal; `nil` at the end of the input.
  static func readAnswer() -> String? { readLine(strippingNewline: true) }
}

extension Platform {
  /// Whether an `errno` says that nobody reads any more.
  static func isBrokenPipe(_ code: Int32) -> Bool { code == EPIPE }

  /// Opens `/dev/null` where a standard stream is closed, so that no other file gets its number.
  static func fillStandardStreams() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDWR)
    }
  }
}

extension Platform {
  /// The absolute path of the running program; `nil` where the system does not tell it.
  static func programPath() -> String? {
    #if canImport(Darwin)
      return nil
    #else
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink("/proc/self/exe", &buffer, buffer.count)
      guard count > 0 else { return nil }
      return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #endif
  }

  /// Copies all that is left of one descriptor to another.
  ///
  /// - Returns: 0, or the `errno` of the call that failed.
  static func copy(from source: Int32, to target: Int32) -> Int32 {
    var failure: Int32 = 0
    while failure == 0 {
      let piece = [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
        var result = 0
        repeat {
          result = read(source, buffer.baseAddress, buffer.count)
        } while result < 0
          && errno == EINTR
        if result < 0 { failure = errno }
        count = max(result, 0)
      }
      if piece.isEmpty { break }
      failure = write(piece, to: target)
    }
    return failure
  }

  /// Reads one line from the terminal without showing it; `nil` at the end of the input.
  ///
  /// Ctrl-C leaves a terminal that shows again what is typed.
  static func readSecret(_ interruption: Interruption) -> String? {
    var found = termios()
    guard tcgetattr(0, &found) == 0 else { return readLine(strippingNewline: true) }
    let settings = found
    var silent = settings
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(0, TCSAFLUSH, &silent)
    let show: @Sendable () -> Void = {
      var shown = settings
      tcsetattr(0, TCSAFLUSH, &shown)
    }
    defer { show() }
    return interruption.beforeTheEnd(show) { readLine(strippingNewline: true) }
  }

  /// Has a program open an address in a window of its own.
  ///
  /// - Returns: whether there was one to start.
  static func openInBrowser(_ address: String, environment: [String: String]) -> Bool {
    #if canImport(Darwin)
      let program = "open"
    #else
      let program = "xdg-open"
      let hasWindows = ["DISPLAY", "WAYLAND_DISPLAY"].contains { environment[$0] != nil }
      guard hasWindows else { return false }
    #endif
    var process = pid_t()
    let words: [UnsafeMutablePointer<CChar>?] = [strdup(program), strdup(address), nil]
    defer { for word in words { free(word) } }
    guard posix_spawnp(&process, program, nil, nil, words, environ) == 0 else { return false }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status == 0
  }
}
