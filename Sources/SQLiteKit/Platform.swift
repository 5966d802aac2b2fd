#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What this module needs of the system, in one place.
enum Platform {
  /// Whether an error number says that there is no room for more data.
  static func meansNoRoom(_ number: Int32) -> Bool {
    [ENOSPC, EDQUOT, EFBIG].contains(number)
  }

  /// Whether the last system call of this thread that failed did so for want of room.
  static var lastErrorMeansNoRoom: Bool { meansNoRoom(errno) }
}
