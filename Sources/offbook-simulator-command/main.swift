import BackendSimulator

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

exit(SimulatorCommand.run(arguments: Array(CommandLine.arguments.dropFirst())))
