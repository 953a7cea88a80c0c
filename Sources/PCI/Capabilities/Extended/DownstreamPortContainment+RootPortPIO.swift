// SPDX-License-Identifier: Apache-2.0

extension DownstreamPortContainment {
  /// The rows of the five RP PIO registers: how requests of the root port failed.
  ///
  /// PCI Express Base 6.0, section 7.9.14.6.
  static var rootPortPIORows: [RegisterTable.Row] {
    [
      .flag(0, "configurationUnsupportedRequest"),
      .flag(1, "configurationCompleterAbort"),
      .flag(2, "configurationTimeout"),
      .flag(8, "ioUnsupportedRequest"),
      .flag(9, "ioCompleterAbort"),
      .flag(10, "ioTimeout"),
      .flag(16, "memoryUnsupportedRequest"),
      .flag(17, "memoryCompleterAbort"),
      .flag(18, "memoryTimeout"),
    ]
  }
}
