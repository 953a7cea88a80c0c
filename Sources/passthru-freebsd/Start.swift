// SPDX-License-Identifier: Apache-2.0

internal import PCIBus
internal import PassthruCommand

#if hasFeature(Embedded)
  /// Called by `main` with the process's arguments; gives back the exit status.
  @_cdecl("passthru_main")
  @unsafe
  public func start(
    _ count: Int32, _ arguments: UnsafePointer<UnsafeMutablePointer<CChar>?>
  ) -> Int32 {
    SystemProcess.ignoreClosedPipes()
    var texts: [String] = []
    var index = 1
    while index < Int(count), let argument = unsafe arguments[index] {
      texts.append(unsafe String(cString: argument))
      index += 1
    }
    return Front(FreeBSDPlatform()).run(texts)
  }
#else
  internal import Glibc

  /// Where the program starts that a FreeBSD host's own Swift toolchain built.
  @main
  enum Start {
    static func main() {
      SystemProcess.ignoreClosedPipes()
      exit(Front(FreeBSDPlatform()).run(Array(CommandLine.arguments.dropFirst())))
    }
  }
#endif
