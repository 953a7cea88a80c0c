// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruConfig
internal import PassthruReport

/// The subcommand `lint`.
struct Lint: SubcommandOptions {
  static let declaration = SubcommandDeclaration(
    "lint", "What is wrong in configuration files, generated or hand-written.",
    takes: "a file", need: .host,
    examples: [
      .init("lint /boot/loader.conf", "for this machine"),
      .init("lint guest.xml --from host.json", "for the recorded one"),
    ])
  static let options: [CommandOption<Self>] = [
    .value(
      "--kind", "KIND", "Read the files as this kind.",
      completes: .words { ConfigurationKind.allCases.map { $0.rawValue } }
    ) { $0.kind = $1 },
    .flag("--no-host", "Judge the files by no machine, not even this one.") {
      $0.judgesByNoHost = true
    },
  ]
  static let arguments: [CommandArgument<Self>] = [
    .init("FILE", count: 1...Int.max, "The files.", completes: .files) { $0.files = $1 }
  ]

  var common = CommonOptions()
  /// The kind that the files are read as; `nil` is told by name and content.
  var kind: String?
  /// Judge the files by no machine.
  var judgesByNoHost = false
  /// The files.
  var files: [String] = []

  func work(on system: PlatformKind) -> Work {
    var reading = ReadingRequest(common) { sources, _ in
      self.lint(sources.files, host: self.judgesByNoHost ? nil : sources.hosts.first)
    }
    // Without a recording the live host helps where it can be read.
    reading.isOptional = common.from == nil
    if common.from == nil { reading.depth = .verdicts }
    reading.naming = .nothing
    reading.files = files
    return .reading(reading)
  }

  /// A line for each finding; status 1 where one is a fault.
  ///
  /// Files of another system than the host's are read without it.
  private func lint(_ files: [InputFile], host: Machine?) -> CommandResult {
    var isJudged = false
    var marks: [(path: String, kind: ConfigurationKind, findings: [LintFinding])] = []
    for file in files {
      let kind: ConfigurationKind
      if let name = self.kind {
        guard let named = ConfigurationKind(rawValue: name) else {
          let known = ConfigurationKind.allCases.map { $0.rawValue }.joined(separator: " ")
          return .failure(
            .usage,
            "there is no kind \(displayText(name.utf8)) of file: the kinds are " + known)
        }
        kind = named
      } else {
        guard let told = ConfigurationKind(path: file.path, bytes: file.bytes) else {
          let known = ConfigurationKind.allCases.map { $0.rawValue }.joined(separator: " ")
          return .failure(
            .unreadable,
            "\(displayText(file.path.utf8)): what kind of file this is cannot be told: "
              + "name it with --kind, one of " + known)
        }
        kind = told
      }
      let known = host.flatMap { kind.isFor($0) ? $0 : nil }
      var findings = PassthruConfig.lint(file.bytes, kind: kind, host: known)
      // Which machine a file is for is not known then: it may be another.
      for index in findings.indices
      where common.from == nil
        && (findings[index].id.hasPrefix("host.") || findings[index].id == "vfio.ids-absent")
      {
        findings[index].severity = .risk
      }
      isJudged = isJudged || known != nil
      marks.append((file.path, kind, findings))
    }
    let status: ExitStatus =
      marks.contains { mark in
        mark.findings.contains { $0.severity == .fault }
      } ? .blocked : .done
    guard common.format == .text else {
      return .json(status: status) {
        LintDocument(marks, judgedBy: isJudged ? host : nil).write(into: &$0)
      }
    }
    var text = ""
    for mark in marks {
      for finding in mark.findings {
        let weight = finding.severity == .fault ? "" : finding.severity.rawValue + ": "
        text +=
          "\(displayText(mark.path.utf8)):\(finding.line): \(weight)\(finding.reason)"
          + " [\(finding.id)]\n"
        text += "    -> \(finding.remedy)\n"
      }
      if mark.findings.isEmpty {
        text += "\(displayText(mark.path.utf8)): no fault found (read as \(mark.kind.rawValue))\n"
      }
    }
    if isJudged, common.from == nil {
      text +=
        "Judged by the devices of this machine: --from names another, --no-host none.\n"
    }
    return CommandResult(text, status: status)
  }
}

extension ConfigurationKind {
  /// Whether a file of this kind would be on a host.
  fileprivate func isFor(_ host: Machine) -> Bool {
    switch self {
    case .loaderConf, .rcConf, .vmBhyve, .bhyve, .bhyveConfig, .iohyve:
      host.system.family == .freebsd || host.system.family == .dragonfly
    case .modprobe, .udev, .kernelCommandLine, .libvirt, .qemu, .proxmox, .xen, .unraid:
      host.system.family == .linux
    case .esxi: false
    }
  }
}
