// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruReport

extension CommonOptions {
  /// What a change prints that is not carried out.
  func shown(_ report: ChangeReport, _ host: Machine, status: ExitStatus) -> CommandResult {
    guard format == .text else {
      return .json(status: status) { report.write(into: &$0, isApplied: false) }
    }
    return CommandResult(report.text(style, host: host, isDryRun: true), status: status)
  }
}
