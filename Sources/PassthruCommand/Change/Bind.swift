// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIDrivers
internal import PCIHost
internal import PassthruAnalysis
internal import PassthruReport

/// The subcommand `bind`.
struct Bind: ChangingSubcommand {
  static let declaration = SubcommandDeclaration(
    "bind", "Give functions to vfio-pci or ppt, as one transaction.", takes: "a function",
    need: .kernel,
    examples: [
      .init("bind 0a:00.0 --with-group", "what it would do, with what must go along"),
      .init("bind 0a:00.0 --with-group --apply", "do it"),
    ], obstacle: needsKernel)
  static let options: [CommandOption<Self>] =
    [
      .value(
        "--driver", "NAME", "Give them to this driver; by default vfio-pci, on FreeBSD ppt.",
        completes: .words { ["vfio-pci", "ppt", "pci-stub"] }
      ) { $0.driver = $1 },
      .flag("--with-group", "Take along what must go together.") { $0.takesGroup = true },
      .flag("--force", "Do it although a fact is not known.") { $0.isForced = true },
    ] + changeOptions
  static let arguments: [CommandArgument<Self>] = [.selectors(count: 1...Int.max, "The functions.")]

  var common = CommonOptions()
  var change = ChangeOptions()
  /// The driver to give functions to; `nil` is the consumer's own.
  var driver: String?
  /// Take along what must go together.
  var takesGroup = false
  /// Do it although a fact is not known.
  var isForced = false

  func decide(_ situation: ChangeSituation) throws(SelectorError) -> ChangeDecision {
    let host = situation.host
    let interface = situation.interface
    let names = situation.names
    // Nothing new is begun where an earlier change was cut off.
    if let message = situation.journal.offer {
      return .refused(.failure(.blocked, message))
    }
    let selected = try chosen(host)
    let driver = self.driver ?? (common.consumer(of: host) == .bhyve ? "ppt" : "vfio-pci")
    guard Self.isDriverName(driver) else {
      return .refused(.failure(.usage, "\(displayText(driver.utf8)) cannot name a driver"))
    }
    let tables = HostTables(
      host: host, consumer: common.consumer(of: host),
      allowing: try common.allowedAddresses(in: host))
    let plan = tables.plan(for: selected, guest: "")
    // Another driver, as for tests or DPDK, gives a guest nothing: there a function can go
    // alone, and what only a guest would miss can be overridden.
    let handsOver = common.consumer(of: host).owns(
      driver: driver, variants: host.linux?.passthroughModules ?? [])
    let devices = handsOver && takesGroup ? plan.devices : selected
    var report = ChangeReport("bind", interface)
    if handsOver { report.missing = plan.devices.filter { !devices.contains($0) } }
    for assessment in plan.assessments where devices.contains(assessment.address) {
      let isThere = host.function(at: assessment.address)?.driver?.name == driver
      add(
        assessment, to: &report, beside: Set(devices), handsOver: handsOver, isThere: isThere)
    }
    var units = FreeUnits(of: driver, on: host)
    for address in devices {
      guard let function = host.function(at: address) else { continue }
      let isThere = function.driver?.name == driver
      let unit = interface == .devctl && !isThere ? units.next() : function.driver?.unit
      let holder = DriverBinding(name: driver, unit: unit)
      report.items.append(item(function, to: holder.description, names))
    }
    // ppt is in vmm's file; which file another driver of FreeBSD is in is not known.
    let module = interface == .sysfs ? driver : driver == "ppt" ? "vmm" : nil
    let transaction = DriverTransaction(
      devices.compactMap { host.function(at: $0) }, driver: driver, interface: interface,
      module: situation.hasDriver(driver) ? nil : module, deadline: Int64(change.deadline) * 1000)
    if interface == .devctl, !transaction.open.isEmpty {
      report.notes.append(
        "no other device's unit changes; this lasts until the machine starts again, and "
          + "passthru emit loader.conf is for longer")
    }
    if transaction.open.contains(where: { $0.before.override != nil && interface == .sysfs }) {
      report.notes.append("an override of before is replaced, and put back by restore")
    }
    report.undo =
      "passthru restore " + devices.map { interface.spelling($0) }.joined(separator: " ")
      + " --apply"
    return ready(.transaction(transaction), report, host)
  }

  /// Sorts what was found of a function into what refuses and what a person should know.
  ///
  /// `handsOver` says that the driver gives functions to guests, `isThere` that it holds
  /// this one already.
  private func add(
    _ assessment: Assessment, to report: inout ChangeReport, beside chosen: Set<FunctionAddress>,
    handsOver: Bool, isThere: Bool
  ) {
    for finding in assessment.findings {
      switch finding.severity {
      case .blocker:
        // The module is loaded as the first step.
        if finding.id == "kernel.module" { continue }
        // igb takes its virtual functions along when it lets go, and no way back
        // brings them back (seen on 82576, Linux 6.1): they have to go first. A guest
        // that has a function keeps it, and keeps the kernel waiting.
        let takesFromGuest = finding.id == "dev.pf-with-vfs" || finding.id == Self.guestInUse
        let takes =
          takesFromGuest || finding.id.hasPrefix("host.") || finding.id == "dev.bridge"
        let isNote =
          finding.resolution == .change && (!takesFromGuest || isThere)
          || !handsOver && !takes && isForced
        if finding.resolution == .together {
          // What is missing is listed as such.
          if handsOver, report.missing.isEmpty, !finding.related.allSatisfy(chosen.contains) {
            report.refusals.append(ChangeReport.Refusal(assessment.address, finding))
          }
        } else if isNote {
          report.notes.append(finding.evidence + ": " + finding.remedy)
        } else {
          var finding = finding
          if !handsOver, !takes {
            finding.remedy += "; or add --force, where no guest is to have it"
          } else if isForced {
            finding.remedy += "; --force does not change that"
          }
          report.refusals.append(ChangeReport.Refusal(assessment.address, finding))
        }
      case .unknown where finding.isDecisive && !isForced:
        var finding = finding
        finding.remedy += finding.remedy.isEmpty ? "or add --force" : ", or add --force"
        report.refusals.append(ChangeReport.Refusal(assessment.address, finding))
      default: continue
      }
    }
  }

  /// Letters, digits, `-` and `_`: what kernels name drivers with, and no path.
  private static func isDriverName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count < 64
      && name.utf8.allSatisfy {
        switch $0 {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x5f: true
        default: false
        }
      }
  }
}
