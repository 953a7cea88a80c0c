// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PCINames
internal import PassthruAnalysis
internal import PassthruConfig
public import PassthruReport

extension Invocation {
  /// Does what is asked with a host.
  ///
  /// - Parameters:
  ///   - host: The host; for `diff` the first of two.
  ///   - other: The second host of `diff`.
  ///   - names: The names of a pci.ids; without one, numbers are shown.
  ///   - rows: Makes the rows of a list, all at once where it is left out.
  public func run(
    on host: Host, comparedWith other: Host? = nil, names: NameDatabase?,
    rows: ListRows.Maker = { count, make in [make(0..<count)] }
  ) -> CommandResult {
    guard format != .pciconf || subcommand == .list else {
      return .failure(
        .usage, "\(subcommand.rawValue) has no form of pciconf's: use --format text or json")
    }
    do throws(SelectorError) {
      let names = DeviceNames(names)
      switch subcommand {
      case .list: return try list(host, names, rows: rows)
      case .show: return try show(host, names)
      case .tree: return try tree(host, names)
      case .groups: return try groups(host, names)
      case .check: return try check(host, names)
      case .plan: return try plan(host, names)
      case .emit: return try emit(host)
      case .targets: return Self.targets(format)
      case .rules: return Self.rules(format)
      case .fields: return CommandResult(FieldReport.catalogue())
      case .lint: return .failure(.usage, "lint needs a file: passthru lint /boot/loader.conf")
      case .rom: return .failure(.usage, "rom needs a file: passthru rom card.rom")
      case .snapshot: return snapshot(host)
      case .diff:
        guard let other else {
          return .failure(.usage, "diff compares two hosts: name two recordings")
        }
        return difference(host, other, names)
      case .bind, .unbind, .restore, .reset, .rescan, .remove, .vfs, .watch:
        return .failure(
          .usage, "\(subcommand.rawValue) needs a running kernel: leave out --from")
      }
    } catch {
      return .failure(.usage, error.description)
    }
  }

  /// Does what is asked of a subcommand that needs no host.
  public func runWithoutHost() -> CommandResult {
    guard format != .pciconf else {
      return .failure(
        .usage, "\(subcommand.rawValue) has no form of pciconf's: use --format text or json")
    }
    if let explainedRule { return Self.explain(explainedRule, style) }
    switch subcommand {
    case .rules: return Self.rules(format)
    case .fields: return CommandResult(FieldReport.catalogue())
    default: return Self.targets(format)
    }
  }

  /// The functions whose names are shown, by position: a list hides some.
  public func functionsToName(in host: Host) -> [Int] {
    guard subcommand == .list, format == .text, selectors.isEmpty, !showsAll else {
      return Array(host.functions.indices)
    }
    return ListReport.shownByDefault(host)
  }

  /// The functions whose configuration space the subcommand needs, by position.
  ///
  /// A live scan reads none; the front reads these before `run`. Empty for
  /// what the kernel has cached, so that nothing is woken.
  public func functionsToRead(in host: Host) -> [Int] {
    // FreeBSD's kernel reports neither groups nor capabilities: verdicts and
    // groups rest on every port's own registers, and reading them wakes nothing.
    if host.source.kind == .devpci, subcommand != .tree, subcommand != .diff,
      subcommand != .show
    {
      return Array(host.functions.indices)
    }
    // pciconf -c prints the capabilities of all that it lists.
    if format == .pciconf {
      return selectors.isEmpty
        ? Array(host.functions.indices) : (try? host.select(all: selectors)) ?? []
    }
    switch subcommand {
    case .show: return (try? host.select(all: selectors)) ?? []
    case .snapshot: return Array(host.functions.indices)
    case .check, .plan, .emit:
      // bhyve's rules look at capabilities; vfio's answers are the kernel's.
      guard (consumer ?? Consumer(for: host)) == .bhyve else { return [] }
      return selectors.isEmpty
        ? Array(host.functions.indices) : (try? host.select(all: selectors)) ?? []
    case .groups: return portsAndSiblings(of: host)
    case .list, .tree, .targets, .rules, .fields, .lint, .rom, .diff, .bind, .unbind, .restore,
      .reset, .rescan, .remove, .vfs, .watch:
      return []
    }
  }

  /// The functions whose ACS decides on groups: bridges, and functions of several.
  ///
  /// Virtual functions have groups of their own by the path above them.
  private func portsAndSiblings(of host: Host) -> [Int] {
    host.functions.indices.filter { index in
      let function = host.functions[index]
      guard function.physicalFunction == nil else { return false }
      return function.isBridge != false || function.isMultiFunction != false
    }
  }

  /// The positions that the selectors name, or `fallback` where there are none.
  func selection(
    in host: Host, fallback: [Int]
  ) throws(SelectorError) -> [Int] {
    selectors.isEmpty ? fallback : try host.select(all: selectors)
  }

  /// The consumer to judge for.
  func consumer(of host: Host) -> Consumer { consumer ?? Consumer(for: host) }

  /// The addresses that `--allow` names.
  func allowedAddresses(in host: Host) throws(SelectorError) -> Set<FunctionAddress> {
    var addresses = Set<FunctionAddress>()
    for index in try host.select(all: allowed) { addresses.insert(host.functions[index].address) }
    return addresses
  }

  /// The status that verdicts on selected functions give.
  func status(of verdicts: [Verdict]) -> ExitStatus {
    verdicts.contains { $0 == .blocked || $0 == .unknown } ? .blocked : .done
  }
}
