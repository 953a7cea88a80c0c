// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis
internal import PassthruConfig

/// An error as a result, for functions that return one or the other.
struct RequestFailure: Error {
  let result: CommandResult
}

extension Invocation {
  func emit(_ host: Host) throws(SelectorError) -> CommandResult {
    guard let name = target, let target = Target.named(name) else {
      let known = Target.all.map { $0.name }.joined(separator: " ")
      return .failure(
        .usage,
        self.target.map { "there is no target \(displayText($0.utf8)): the targets are " + known }
          ?? "emit needs a target, one of " + known)
    }
    guard !selectors.isEmpty else {
      return .failure(.usage, "emit needs a function: passthru emit \(name) 0a:00.0 --guest NAME")
    }
    guard let guest = validGuest else { return Self.guestFailure(guest) }
    var request: ConfigurationRequest
    switch self.request(on: host, guest: guest) {
    case .success(let made): request = made
    case .failure(let failure): return failure.result
    }
    let indices = try host.select(all: selectors)
    let consumer = emittingConsumer(target.platform, host)
    let tables = HostTables(
      host: host, consumer: consumer, allowing: try allowedAddresses(in: host))
    let judged = indices.map { Assessment(of: $0, in: tables) }
    let blocked = judged.filter { $0.verdict == .blocked }
    let reasons = blocked.map { assessment in
      assessment.address.description + " is blocked: "
        + (assessment.findings.first { $0.severity == .blocker }?.evidence ?? "")
    }
    if !blocked.isEmpty && !isForced {
      return .failure(
        .blocked,
        reasons.joined(separator: "; ") + ": choose another device, or write it all the same "
          + "with --force")
    }
    request.remarks = reasons
    request.devices = indices.map { host.functions[$0].address }.sorted()
    if consumer == .bhyve {
      request.renumbered =
        PassthruAnalysis.plan(request.devices, guest: guest, tables: tables).renumbered
    }
    do throws(ConfigurationError) {
      if let existingFile { return try merge(target, request, into: existingFile) }
      let document: ConfigurationDocument
      if isUndo {
        guard let undo = try target.undo(request) else {
          return .failure(
            .usage,
            "\(name) has nothing to undo by itself: take the text that emit printed out again")
        }
        document = undo
      } else {
        document = try target.emit(request)
      }
      var messages = document.losses.map { "passthru: lost: " + $0 }
      messages.append(contentsOf: document.warnings.map { "passthru: warning: " + $0 })
      guard format == .text else {
        return CommandResult(output: Self.json(document, name, request), messages: messages)
      }
      return CommandResult(document.text, messages: messages)
    } catch {
      return .failure(.blocked, name + ": " + error.reason + ": " + error.remedy)
    }
  }

  /// Works the configuration into an existing file: shows the difference, or has it replaced.
  private func merge(
    _ target: Target, _ request: ConfigurationRequest, into file: InputFile
  ) throws(ConfigurationError) -> CommandResult {
    guard let merged = try target.merge(request, into: file.bytes) else {
      return .failure(
        .usage,
        "\(target.name) is not worked into files: paste what emit prints without --into")
    }
    var messages = merged.losses.map { "passthru: lost: " + $0 }
    messages.append(contentsOf: merged.warnings.map { "passthru: warning: " + $0 })
    let difference = UnifiedDiff(path: file.path, old: file.bytes, new: merged.bytes).bytes
    if difference.isEmpty {
      messages.append("passthru: \(displayText(file.path.utf8)) has it all: nothing to change")
    }
    var result = CommandResult(output: difference, messages: messages)
    if writesFile && !difference.isEmpty {
      result.replacement = InputFile(path: file.path, bytes: merged.bytes)
    }
    return result
  }

  /// A configuration for FreeBSD is judged as bhyve would, on whatever host it is written.
  private func emittingConsumer(_ platform: TargetPlatform, _ host: Host) -> Consumer {
    if let consumer { return consumer }
    switch platform {
    case .freebsd: return .bhyve
    case .linux, .hypervisor, .cluster: return .vfio
    case .other: return Consumer(for: host)
    }
  }

  /// The request with the choices of the options.
  func request(on host: Host, guest: String) -> Result<ConfigurationRequest, RequestFailure> {
    var request = ConfigurationRequest(host: host, devices: [], guest: guest)
    if let guestSlot {
      let parts = guestSlot.split(separator: ":", omittingEmptySubsequences: false)
      guard let slot = UInt8(parts[0]), slot < 32, parts.count <= 2,
        parts.count == 1 || UInt8(parts[1]).map({ $0 < 8 }) == true
      else {
        return .failure(
          RequestFailure(
            result: .failure(
              .usage,
              "\(displayText(guestSlot.utf8)) is no guest slot: write SLOT or SLOT:FUNCTION, "
                + "0 to 31 and 0 to 7")))
      }
      request.guestSlot = slot
      request.guestFunction = parts.count == 2 ? UInt8(parts[1]) : nil
    }
    if let version {
      var numbers: [Int] = []
      for part in version.split(separator: ".", omittingEmptySubsequences: false) {
        guard let number = Int(part), number >= 0 else {
          return .failure(
            RequestFailure(
              result: .failure(
                .usage, "\(displayText(version.utf8)) is no version: write numbers and points")))
        }
        numbers.append(number)
      }
      request.version = numbers
    }
    request.romFile = romFile
    request.bootIndex = bootIndex
    request.release = release
    return .success(request)
  }

  private static func json(
    _ document: ConfigurationDocument, _ target: String, _ request: ConfigurationRequest
  ) -> [UInt8] {
    var json = JSONWriter(isIndented: true)
    json.object { json in
      json.member("schema", "passthru.emit/1")
      json.member("target", target)
      json.member("guest", request.guest)
      json.member("devices", request.devices.map { $0.description })
      json.member("path", document.path)
      json.member("text", document.text)
      json.member("losses", document.losses)
      json.member("warnings", document.warnings)
    }
    return json.bytes
  }

  /// The list of targets, which needs no host.
  public static func targets(_ format: OutputFormat) -> CommandResult {
    guard format == .text else {
      var json = JSONWriter(isIndented: true)
      json.object { json in
        json.member("schema", "passthru.targets/1")
        json.array("targets") { json in
          for target in Target.all {
            json.object { json in
              json.member("name", target.name)
              json.member("platform", target.platform.rawValue)
              json.member("summary", target.summary)
            }
          }
        }
      }
      return CommandResult(output: json.bytes)
    }
    let width = (Target.all.map { $0.name.utf8.count }.max() ?? 0) + 2
    var text = ""
    for target in Target.all {
      let padding = String(repeating: " ", count: width - target.name.utf8.count)
      text += target.name + padding + target.summary + "\n"
    }
    return CommandResult(text)
  }
}
