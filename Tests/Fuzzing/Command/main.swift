import CLibFuzzer
import FuzzSubjects

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `parser-fuzz SUBJECT [options of libFuzzer] [folders of inputs]`; without a subject it lists them.
enum Fuzzing {
  static let subject = CommandLine.arguments.dropFirst().first.flatMap(Subject.init(rawValue:))

  static func run() -> Int32 {
    guard subject != nil else {
      for subject in Subject.allCases { print(subject.rawValue) }
      return CommandLine.arguments.count > 1 ? 2 : 0
    }
    let words = [CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)
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
