import OffbookCLI

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// Without /proc the standard library finds no words at all on Linux, not even the program's name.
guard !CommandLine.arguments.isEmpty else {
  perror("Error: The words of the command can't be read; is /proc mounted? The system says")
  exit(1)
}
exit(Program.run(arguments: Array(CommandLine.arguments.dropFirst())))
