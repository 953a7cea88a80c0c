// SPDX-License-Identifier: Apache-2.0

/// The version of the command.
public enum Version {
  /// As `--version` prints it.
  public static let text = "0.1.0"
}
