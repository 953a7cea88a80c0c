// SPDX-License-Identifier: Apache-2.0

internal import PCIBus
internal import PassthruCommand

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

SystemProcess.ignoreClosedPipes()
exit(Front(LinuxPlatform()).run(Array(CommandLine.arguments.dropFirst())))
