import CLibFuzzer
import FuzzSubjects

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `parser-fuzz SUBJECT [options of libFuzzer] [folders of inputs]`; without a subject it lists them.
enum Fuzzing {
  /// Where the fuzzer's own children, which do not get the first argument, find the subject.
  private static let variable = "OFFBOOK_FUZZING_SUBJECT"
  private static let named = CommandLine.arguments.dropFirst().first.flatMap(
    Subject.init(rawValue:))
  private static let subject =
    named ?? getenv(variable).flatMap { Subject(rawValue: String(cString: $0)) }

  static func run() -> Int32 {
    guard let subject else {
      for subject in Subject.allCases { print(subject.rawValue) }
      return CommandLine.arguments.count > 1 ? 2 : 0
    }
    setenv(variable, subject.rawValue, 1)
    // The runtime's handlers would start a debugger and hide the crash from the fuzzer's own.
    for number in [SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE] { signal(number, SIG_DFL) }
    let words = [CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(named == nil ? 1 : 2)
    var count = Int32(words.count)
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    return arguments.withUnsafeMutableBufferPointer { buffer in
      var start = buffer.baseAddress
      return LLVMFuzzerRunDriver(&count, &start) { data, size in
        Fuzzing.check(Array(UnsafeBufferPointer(start: data, count: size)))
        return 0
      }
    }
  }

  private static func check(_ input: [UInt8]) {
    do throws(Violation) {
      try subject?.check(input)
    } catch {
      // The fuzzer takes an abort for what it looks for: it writes the input down and stops.
      let message = "Violation: \(error)\n"
      write(STDERR_FILENO, message, message.utf8.count)
      abort()
    }
  }
}

exit(Fuzzing.run())
