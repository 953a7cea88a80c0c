// SPDX-License-Identifier: Apache-2.0

extension Target {
  /// Every target, in the order `passthru targets` lists them.
  public static let all: [Target] = []
}
