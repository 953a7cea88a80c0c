// SPDX-License-Identifier: Apache-2.0

/// A file that a front has read for a subcommand.
public struct InputFile: Hashable, Sendable {
  /// Its path, as the user named it.
  public var path: String
  /// Its bytes.
  public var bytes: [UInt8]

  /// Pairs a path with what is there.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// The files of a FreeBSD host that name units, below /etc or /boot.
  ///
  /// rc.conf(5), pf.conf(5), fstab(5), loader.conf(5), device.hints(5) and the
  /// rest of what names interfaces, disks and buses.
  public static let namesThatHoldUnits = [
    "rc.conf", "rc.conf.local", "pf.conf", "ipfw.rules", "ipfw.conf", "fstab", "jail.conf",
    "devd.conf", "dhclient.conf", "sysctl.conf", "hostapd.conf", "rtadvd.conf", "snmpd.conf",
    "loader.conf", "loader.conf.local", "device.hints",
  ]
}
