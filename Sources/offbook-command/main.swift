import OffbookCLI

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

exit(Program.run(arguments: Array(CommandLine.arguments.dropFirst())))
