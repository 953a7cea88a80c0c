// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
internal import PassthruConfig
internal import PassthruReport

extension Invocation {
  /// Reads configuration files and says what is wrong in them.
  ///
  /// - Parameters:
  ///   - files: The files, in the user's order.
  ///   - host: The host they are for; `nil` leaves out what needs one. Files of
  ///     another system than the host's are read without it.
  /// - Returns: A line for each fault; status 1 where there is any.
  public func lint(_ files: [InputFile], host: Host?) -> CommandResult {
    var marks: [(path: String, kind: ConfigurationKind, findings: [LintFinding])] = []
    for file in files {
      let kind: ConfigurationKind
      if let fileKind {
        guard let named = ConfigurationKind(rawValue: fileKind) else {
          let known = ConfigurationKind.allCases.map { $0.rawValue }.joined(separator: " ")
          return .failure(
            .usage,
            "there is no kind \(displayText(fileKind.utf8)) of file: the kinds are " + known)
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
      marks.append((file.path, kind, PassthruConfig.lint(file.bytes, kind: kind, host: known)))
    }
    let status: ExitStatus = marks.contains { !$0.findings.isEmpty } ? .blocked : .done
    guard format == .text else {
      var json = JSONWriter(isIndented: true)
      json.object { json in
        json.member("schema", "passthru.lint/1")
        json.array("files") { json in
          for mark in marks {
            json.object { json in
              json.member("path", mark.path)
              json.member("kind", mark.kind.rawValue)
              json.array("findings") { json in
                for finding in mark.findings {
                  json.object { json in
                    json.member("line", finding.line)
                    json.member("id", finding.id)
                    json.member("reason", finding.reason)
                    json.member("remedy", finding.remedy)
                  }
                }
              }
            }
          }
        }
      }
      return CommandResult(output: json.bytes, status: status)
    }
    var text = ""
    for mark in marks {
      for finding in mark.findings {
        text +=
          "\(displayText(mark.path.utf8)):\(finding.line): \(finding.reason) [\(finding.id)]\n"
        text += "    -> \(finding.remedy)\n"
      }
      if mark.findings.isEmpty {
        text += "\(displayText(mark.path.utf8)): no fault found (read as \(mark.kind.rawValue))\n"
      }
    }
    return CommandResult(text, status: status)
  }
}

extension ConfigurationKind {
  /// Whether a file of this kind would be on a host.
  fileprivate func isFor(_ host: Host) -> Bool {
    switch self {
    case .loaderConf, .rcConf, .vmBhyve, .bhyve, .bhyveConfig, .iohyve:
      host.system.family == .freebsd || host.system.family == .dragonfly
    case .modprobe, .udev, .kernelCommandLine, .libvirt, .qemu, .proxmox, .xen, .unraid:
      host.system.family == .linux
    case .esxi: false
    }
  }
}
