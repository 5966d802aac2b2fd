import ScriptFormats
import ScriptModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads an SRT file and writes it again through the library: `SubRipBenchmark IN OUT`.
///
/// Prints the milliseconds of each step and the peak memory, to be set beside `convert.c`.
func run() throws -> Int32 {
  guard CommandLine.arguments.count > 2 else { return 2 }
  let clock = ContinuousClock()
  var marks = [clock.now]
  guard var bytes = file(CommandLine.arguments[1]) else { return 1 }
  marks.append(clock.now)
  var options = ReadOptions()
  options.fileName = CommandLine.arguments[1]
  let document = try ScriptReading.read(bytes, options: options).document
  bytes = []
  let afterReading = peakMemory()
  marks.append(clock.now)
  let written = try ScriptWriting.write(document, options: WriteOptions(format: .srt))
  marks.append(clock.now)
  guard let output = fopen(CommandLine.arguments[2], "wb") else { return 1 }
  let count = fwrite(written.bytes, 1, written.bytes.count, output)
  guard fclose(output) == 0, count == written.bytes.count else { return 1 }
  marks.append(clock.now)
  let steps = zip(marks, marks.dropFirst()).map { $1 - $0 }
  let names = ["load", "read", "write and verify", "save"]
  for (name, step) in zip(names, steps) { print("\(name): \(step / .milliseconds(1)) ms") }
  print(
    "\(document.entries.count) captions, peak \(peakMemory()) MiB, after reading \(afterReading) MiB"
  )
  return 0
}

/// The most memory that the process has had, in MiB.
func peakMemory() -> Int {
  var usage = rusage()
  getrusage(numericCast(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss / 1024
}

/// The bytes of a file, in one allocation of its size.
func file(_ path: String) -> [UInt8]? {
  guard let input = fopen(path, "rb") else { return nil }
  defer { fclose(input) }
  fseek(input, 0, SEEK_END)
  let size = ftell(input)
  rewind(input)
  return [UInt8](unsafeUninitializedCapacity: max(size, 0)) { buffer, count in
    count = fread(buffer.baseAddress, 1, buffer.count, input)
  }
}

exit(try run())
