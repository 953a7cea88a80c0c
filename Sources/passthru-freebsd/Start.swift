// SPDX-License-Identifier: Apache-2.0

internal import PassthruCommand

/// Called by `main` with the process's arguments; gives back the exit status.
@_cdecl("passthru_main")
@unsafe
public func start(
  _ count: Int32, _ arguments: UnsafePointer<UnsafeMutablePointer<CChar>?>
) -> Int32 {
  var texts: [String] = []
  var index = 1
  while index < Int(count), let argument = unsafe arguments[index] {
    texts.append(unsafe String(cString: argument))
    index += 1
  }
  return Front(FreeBSDPlatform()).run(texts)
}
