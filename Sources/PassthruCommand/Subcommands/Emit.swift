// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost
internal import PassthruAnalysis
internal import PassthruConfig
internal import PassthruReport

/// The subcommand `emit`.
struct Emit: GuestSubcommand {
  static let declaration = SubcommandDeclaration(
    "emit", "The configuration text for one consumer; `passthru targets` lists them.",
    takes: "a target and a function", need: .host,
    examples: [
      .init("emit libvirt 0a:00.0 --guest web", "the text for one consumer"),
      .init(
        "emit loader.conf em1 --guest fw --into /boot/loader.conf",
        "the difference it makes to a file; --write replaces it"),
      .init("emit bhyve em1 --guest fw --undo", "the way back"),
    ])
  static let options: [CommandOption<Self>] =
    guestOptions + [
      .flag("--with-group", "Take along what must go together with the functions.") {
        $0.takesGroup = true
      },
      .flag("--force", "Write it although something is in the way.") { $0.isForced = true },
      .flag("--undo", "Print the way back; with --into, take it out of the file.") {
        $0.isUndo = true
      },
      .value(
        "--into", "FILE", "Show the difference that working it into this file makes.",
        completes: .files
      ) { $0.into = $1 },
      .flag("--write", "With --into: replace the file, keeping a backup beside it.") {
        $0.writesFile = true
      },
    ]
  static let arguments: [CommandArgument<Self>] = [
    .init(
      "TARGET", "The consumer: bhyve, vm-bhyve, qemu, libvirt...",
      completes: .words { Target.all.map { $0.name } }
    ) { $0.target = $1[0] },
    .selectors(count: 1...Int.max, "The functions to give to the guest."),
  ]

  var common = CommonOptions()
  var guest = GuestOptions()
  /// The target's name.
  var target = ""
  /// Take along what must go together.
  var takesGroup = false
  /// Write a configuration although something is in the way.
  var isForced = false
  /// Print the way back and not the way there.
  var isUndo = false
  /// The existing file to work the text into.
  var into: String?
  /// Replace the existing file and do not only show the difference.
  var writesFile = false

  func validate() throws(ArgumentError) {
    if writesFile, into == nil { throw ArgumentError("--write goes with --into FILE") }
  }

  func work(on system: PlatformKind) -> Work {
    var reading = ReadingRequest(common) {
      (sources: ReadingRequest.Sources, _: ListRows.Maker) throws(SelectorError) in
      guard let host = sources.hosts.first else { return CommandResult("") }
      return try self.emit(host, into: sources.files.first)
    }
    reading.configuration = common.judged
    reading.naming = .nothing
    if let into { reading.files = [into] }
    return .reading(reading)
  }

  private func emit(_ host: Machine, into file: InputFile?) throws(SelectorError) -> CommandResult {
    guard let target = Target.named(target) else {
      let names = Target.all.map { $0.name }
      let guess = Spelling.nearest(to: self.target, among: names)
      return .failure(
        .usage,
        "there is no target \(displayText(self.target.utf8)): "
          + (guess.map { "did you mean \($0)? " } ?? "") + "the targets are "
          + names.joined(separator: " "))
    }
    var request: ConfigurationRequest
    var guest = guest
    if !target.namesGuest, guest.name == nil { guest.name = "guest" }
    do throws(ArgumentError) { request = try guest.request(on: host) } catch {
      return error.result
    }
    let selected = try host.select(all: common.selectors).map { host.functions[$0].address }
    let consumer = common.consumer ?? target.consumer(on: host)
    let allowed = try common.allowedAddresses(in: host)
    let plan = HostTables(host: host, consumer: consumer, allowing: allowed)
      .plan(for: selected, guest: request.guest)
    do throws(ConfigurationRefusal) {
      request = try plan.request(
        for: target, choices: request, takesGroup: takesGroup || isUndo,
        allowing: isForced || isUndo ? Set(plan.devices) : allowed)
    } catch {
      return refusal(error, of: selected, target)
    }
    if isUndo { request.devices = takesGroup ? plan.devices : selected.sorted() }
    let status: ExitStatus = request.unknowns.isEmpty ? .done : .blocked
    do throws(ConfigurationError) {
      if let file { return try merge(target, request, into: file, status) }
      let document: ConfigurationDocument
      if isUndo {
        guard let undo = try target.undo(request) else {
          return .failure(
            .usage,
            "\(target.name) has nothing to undo by itself: take the text that emit printed out again"
          )
        }
        document = undo
      } else {
        document = try target.emit(request)
      }
      var messages = document.losses.map { "passthru: lost: " + $0 }
      messages.append(contentsOf: document.warnings.map { "passthru: warning: " + $0 })
      guard common.format == .text else {
        return .json(messages: messages, status: status) {
          EmitDocument(document, target: target.name, request: request).write(into: &$0)
        }
      }
      return CommandResult(document.text, messages: messages, status: status)
    } catch {
      return .failure(.blocked, target.name + ": " + error.reason + ": " + error.remedy)
    }
  }

  /// Why nothing is written, and what to do.
  private func refusal(
    _ refusal: ConfigurationRefusal, of selected: [FunctionAddress], _ target: Target
  ) -> CommandResult {
    switch refusal {
    case .incomplete(let missing):
      .failure(
        .blocked,
        Self.listed(selected) + (selected.count == 1 ? " goes" : " go") + " only together with "
          + Self.listed(missing) + ": take them along with --with-group, name them too, or write "
          + "it without them with --force")
    case .blocked:
      .failure(
        .blocked,
        refusal.description
          + ": choose another device, or write it all the same with --force")
    case .target: .failure(.blocked, target.name + ": " + refusal.description)
    }
  }

  /// The first of some addresses, and how many more there are.
  private static func listed(_ addresses: [FunctionAddress]) -> String {
    let shown = addresses.prefix(8).map { $0.description }.joined(separator: " ")
    return addresses.count > 8 ? shown + " and \(addresses.count - 8) more" : shown
  }

  /// Works the configuration into an existing file: shows the difference, or has it replaced.
  private func merge(
    _ target: Target, _ request: ConfigurationRequest, into file: InputFile,
    _ status: ExitStatus
  ) throws(ConfigurationError) -> CommandResult {
    let worked =
      try isUndo
      ? target.unmerge(request, from: file.bytes) : target.merge(request, into: file.bytes)
    guard let merged = worked else {
      return .failure(
        .usage,
        isUndo
          ? "\(target.name) is not taken out of files: --undo without --into prints the way back"
          : "\(target.name) is not worked into files: paste what emit prints without --into")
    }
    var messages = merged.losses.map { "passthru: lost: " + $0 }
    messages.append(contentsOf: merged.warnings.map { "passthru: warning: " + $0 })
    let difference = UnifiedDiff(path: file.path, old: file.bytes, new: merged.bytes).bytes
    if difference.isEmpty {
      messages.append(
        "passthru: \(displayText(file.path.utf8)) has "
          + (isUndo ? "nothing of it: nothing to take out" : "it all: nothing to change"))
    }
    var result = CommandResult(output: difference, messages: messages, status: status)
    if writesFile && !difference.isEmpty {
      result.replacement = InputFile(path: file.path, bytes: merged.bytes)
    }
    return result
  }
}
