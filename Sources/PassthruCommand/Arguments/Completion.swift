// SPDX-License-Identifier: Apache-2.0

public import PCIHost

/// What a shell may offer where an argument is being typed.
public enum Completion: Sendable {
  /// Nothing: only the user can know it.
  case nothing
  /// Names of files, which the shell finds itself.
  case files
  /// Names of directories, which the shell finds itself.
  case directories
  /// These words.
  case words(@Sendable () -> [String])
  /// Words that depend on the host.
  case live(@Sendable (Machine) -> [String])

  /// Every way to name a function of the host.
  static let selector = Completion.live(Candidates.selectors)
}
