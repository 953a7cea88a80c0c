// SPDX-License-Identifier: Apache-2.0

/// Where a front runs.
public enum PlatformKind: Hashable, Sendable {
  /// On Linux.
  case linux
  /// On FreeBSD.
  case freeBSD
  /// In a browser.
  case web
}
