// SPDX-License-Identifier: Apache-2.0

internal import PassthruCommand

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

// A reader that goes away (`passthru | head`) is no error of ours.
signal(SIGPIPE, SIG_IGN)
exit(Front(HostPlatform()).run(Array(CommandLine.arguments.dropFirst())))
