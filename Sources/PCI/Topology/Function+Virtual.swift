// SPDX-License-Identifier: Apache-2.0

extension Function {
  /// Whether it shows itself to be a virtual function, its physical one recorded or not.
  ///
  /// A function number above 7 is an Alternative Routing ID (PCI Express Base 6.0, section
  /// 6.13). FreeBSD keeps the whole number (`pci0:1:0:17`), and what has one there is a
  /// virtual function: no card on record has more than eight physical ones.
  public var isKnownVirtual: Bool { physicalFunction != nil || address.function > 7 }
}
