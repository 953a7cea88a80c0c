// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis

/// The steps on a FreeBSD host: ppt at boot, then a guest of bhyve's.
struct FreeBSDSteps: Sendable {
  private var texts: TargetTexts

  /// Where names of interfaces and disks usually stand.
  ///
  /// rc.conf(5), pf.conf(5), fstab(5), loader.conf(5), device.hints(5),
  /// jail.conf(5), devd.conf(5) and vm-bhyve's switches.
  static let filesWithNames = [
    "/etc/rc.conf", "/etc/rc.conf.local", "/etc/rc.conf.d", "/etc/pf.conf", "/etc/ipfw.rules",
    "/etc/fstab", "/etc/jail.conf", "/etc/devd.conf", "/etc/dhclient.conf", "/etc/sysctl.conf",
    "/boot/loader.conf", "/boot/device.hints", "/usr/local/etc",
  ]

  init(_ request: ConfigurationRequest) { texts = TargetTexts(request: request) }

  mutating func write(into plan: inout Plan) {
    if let step = firmwareStep() { plan.steps.append(step) }
    guard let loader = texts.document(LoaderConf.self) else {
      plan.steps = []
      plan.warnings += texts.refusals
      return
    }
    plan.steps.append(
      Plan.Step(
        action: "Hand \(names(plan.devices)) to ppt at boot", place: LoaderConf.path,
        lines: lines(of: loader), notes: loader.warnings))
    let hasHints = loader.text.includes("\nhint.")
    if let step = renamingStep(plan.renumbered, hasHints) { plan.steps.append(step) }
    plan.steps.append(checkStep(plan.devices))
    let ways = [
      texts.alternative(Iohyve.self), texts.alternative(VMBhyve.self),
      texts.alternative(Bhyve.self),
    ].compactMap { $0 }
    if !ways.isEmpty {
      plan.steps.append(
        Plan.Step(action: "Give it to the guest, by one of these", alternatives: ways))
    }
    plan.undo += undoSteps(plan, hasHints)
    plan.warnings += texts.refusals
  }

  /// The driver units where the recording has them, the triples otherwise.
  private func names(_ devices: [FunctionAddress]) -> String {
    devices.map { address in
      guard let driver = texts.request.host.function(at: address)?.driver else {
        return address.bhyveTriple
      }
      return "\(driver) (\(address.bhyveTriple))"
    }.joined(separator: ", ")
  }

  private func firmwareStep() -> Plan.Step? {
    let host = texts.request.host
    guard host.iommu.isEnabled != true, host.iommu.isPresent != true else { return nil }
    let (unit, table) =
      switch host.hasAMDProcessor {
      case true: ("the IOMMU", "IVRS")
      case false: ("VT-d", "DMAR")
      case nil: ("VT-d (Intel) or AMD-Vi", "-E 'DMAR|IVRS'")
      }
    return Plan.Step(
      action: "See that the firmware has \(unit) on: this must print a line",
      place: "a root shell", lines: ["acpidump -t | grep " + table],
      notes: ["where it prints nothing, turn it on in the firmware's setup first"])
  }

  /// What the next boot renames, and a command that finds where it matters.
  private func renamingStep(_ moves: [Renumbering], _ hasHints: Bool) -> Plan.Step? {
    let moves = moves.filter { $0.driver != "ppt" }
    guard !moves.isEmpty else { return nil }
    let changes = moves.map { "\($0.driver)\($0.from) becomes \($0.driver)\($0.to)" }
    var words: [String] = []
    for name in moves.flatMap({ ["\($0.driver)\($0.from)"] + $0.names }) where !words.contains(name)
    {
      words.append(name)
    }
    return Plan.Step(
      action: (hasHints ? "Unless the hints above keep the names: " : "")
        + "\(listed(changes)) at the next boot. Edit what names them",
      place: "a root shell",
      lines: [
        "grep -rnwE '\(words.joined(separator: "|"))' \(Self.filesWithNames.joined(separator: " "))"
      ],
      notes: [
        "a line that names one of them means another device after the reboot; VLANs (em1.10),"
          + " bridges, lagg and vm-bhyve's switches name them too"
      ])
  }

  private func checkStep(_ devices: [FunctionAddress]) -> Plan.Step {
    var notes: [String] = []
    for address in devices {
      guard let identity = texts.request.host.function(at: address)?.identity else { continue }
      let device = identity.deviceID.hexadecimal(width: 4)
      let vendor = identity.vendorID.hexadecimal(width: 4)
      let ids =
        (texts.request.freeBSDRelease ?? 14) >= 13
        ? "vendor=0x\(vendor) device=0x\(device)" : "chip=0x\(device)\(vendor)"
      notes.append("it must print pptN@\(address.freeBSDSelector): with \(ids)")
    }
    notes.append(
      "other numbers there are another device: cards that came or went move the bus numbers, and"
        + " pptdevs does not follow")
    return Plan.Step(
      action: "Reboot, then see that ppt has it", place: "a root shell",
      lines: ["shutdown -r now", "pciconf -l | grep ^ppt"], notes: notes)
  }

  private func undoSteps(_ plan: Plan, _ hasHints: Bool) -> [Plan.Step] {
    var triples: [String] = []
    for address in plan.devices { triples.append(address.bhyveTriple) }
    let alternatives = [
      Plan.Alternative(tool: Iohyve.name, lines: texts.undoLines(Iohyve.self)),
      Plan.Alternative(
        tool: VMBhyve.name, place: VMBhyve.path(of: plan.guest), lines: [],
        notes: [
          "take out the lines with \(triples.joined(separator: " ")) and renumber those after them"
        ]),
      Plan.Alternative(
        tool: Bhyve.name, lines: [], notes: ["take the -s arguments out again"]),
    ]
    return [
      Plan.Step(action: "Take it from the guest", alternatives: alternatives),
      Plan.Step(
        action: "Take the entries out of loader.conf again (\(triples.joined(separator: " "))),"
          + (hasHints ? " and the hints," : "") + " and reboot", place: LoaderConf.path),
      Plan.Step(
        action: "Or give it back now, for this boot only", place: "a root shell",
        lines: plan.devices.map {
          Devctl.giveBack($0, texts.request.host.function(at: $0)?.driver?.name)
        }),
    ]
  }
}

/// Words as an enumeration: `a, b and c`.
func listed(_ words: [String]) -> String {
  guard words.count > 1, let last = words.last else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " and " + last
}
