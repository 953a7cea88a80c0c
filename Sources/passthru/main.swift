// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import PassthruCommand
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

// A reader that goes away (`passthru | head`) is no error of ours.
signal(SIGPIPE, SIG_IGN)

do {
  if let list = ListWithoutParser.execution(Array(CommandLine.arguments.dropFirst())) {
    try list.run()
    exit(OutputFailure.status(0))
  }
  var command = try Passthru.parseAsRoot()
  try command.run()
  exit(OutputFailure.status(0))
} catch let code as ExitCode {
  // What there was to say has been said.
  exit(OutputFailure.status(code.rawValue))
} catch {
  let status = Passthru.exitCode(for: error)
  // Help and the version end with 0 and go to standard output as they are.
  if status.rawValue == 64 {
    let message = Passthru.message(for: error)
    FileContents.print(
      Array("passthru: \(message): passthru --help shows what it takes\n".utf8),
      to: .standardError)
    exit(64)
  }
  FileContents.print(Array((Passthru.fullMessage(for: error) + "\n").utf8), to: .standardOutput)
  exit(OutputFailure.status(status.rawValue))
}
