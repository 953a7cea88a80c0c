// SPDX-License-Identifier: Apache-2.0

/// What became of the question whether to change the host.
public enum ChangeDecision: Hashable, Sendable {
  /// Something is in the way, or there is nothing to do: what to print.
  case refused(CommandResult)
  /// It can be done.
  case ready(HostChange)
}
