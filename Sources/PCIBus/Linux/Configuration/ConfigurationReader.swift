// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost

/// Reads configuration space of named functions through sysfs.
///
/// Unlike a scan this touches hardware: every double word is a transaction on
/// the bus, and the bridge above a sleeping function is resumed
/// (drivers/pci/pci.c, `pci_config_pm_runtime_get`). It is therefore done for
/// the functions a user names, and not for one in D3cold, which would be
/// powered up.
public struct ConfigurationReader: Hashable, Sendable {
  /// The sysfs root, as `SysfsScanner` takes it.
  public let root: String
  /// Whether functions in D3cold are read too, which wakes them.
  public let wakes: Bool

  /// Makes a reader for a root.
  public init(root: String = "/sys", wakes: Bool = false) {
    self.root = root
    self.wakes = wakes
  }

  /// Reads configuration space of functions and completes their records with it.
  ///
  /// Sets `configuration`, and from it the header type, the multi-function
  /// bit, the revision, bridges' bus numbers and which BARs are enabled.
  /// What could not be read becomes a gap: a function in D3cold, one that is
  /// gone, and the 64 bytes (128 of a CardBus bridge) that a reader without
  /// CAP_SYS_ADMIN gets.
  ///
  /// `positions` are those in `host.functions`; one out of range is passed over.
  public func read(_ positions: some Sequence<Int>, into host: inout Machine) {
    let location: SysfsLocation
    do throws(ScanError) { location = try SysfsLocation(at: root) } catch {
      host.gaps.append(
        Gap(.host, "configuration", reason: error.message, remedy: error.remedy))
      return
    }
    let devices = Directory.openOrNone(location.bus + "/devices")
    var buffer = ReadBuffer(capacity: ConfigurationSpace.extendedSize)
    for position in positions where host.functions.indices.contains(position) {
      let address = host.functions[position].address
      let path = address.sysfsName
      let device: Directory
      do throws(ErrorNumber) { device = try devices.directory(path) } catch {
        host.gaps.append(
          Gap(
            .function(address), "configuration",
            reason: error.meansVanished ? "the function is gone" : error.reason,
            remedy: error.meansVanished ? "scan again" : "read it as root"))
        continue
      }
      if !wakes, let reason = Self.sleeps(device, &buffer) {
        host.gaps.append(
          Gap(
            .function(address), "configuration", reason: reason,
            remedy: "wake it with --wake, or use it first"))
        continue
      }
      let size = device.attributes.size("config")
      switch device.read("config", into: &buffer) {
      case .read: break
      case .absent:
        host.gaps.append(
          Gap(
            .function(address), "configuration", reason: "no config file was recorded",
            remedy: "record /sys as root"))
        continue
      case .failed(let error):
        host.gaps.append(
          Gap(.function(address), "configuration", reason: "config: " + error.reason))
        continue
      }
      let space = ConfigurationSpace(buffer.copy)
      host.functions[position].complete(with: space)
      if let gap = Self.shortness(of: space, size: size, isLive: location.isLive, address) {
        host.gaps.append(gap)
      }
    }
    if host.functions.allSatisfy({ $0.configuration != nil }) {
      host.gaps.removeAll { $0.subject == .host && $0.fact == "configuration" }
    }
  }

  /// Why a function must not be read; `nil` where it may.
  private static func sleeps(
    _ device: borrowing Directory, _ buffer: inout ReadBuffer
  ) -> String? {
    if device.read("power_state", into: &buffer) == .read {
      return buffer.storage.span.extracting(first: buffer.count).matches("D3cold", at: 0)
        ? "it is in D3cold, and reading would power it up" : nil
    }
    // Before Linux 5.11 only runtime power management tells.
    guard device.read(path: "power/runtime_status", into: &buffer) == .read else { return nil }
    return buffer.storage.span.extracting(first: buffer.count).matches("suspended", at: 0)
      ? "it is suspended, perhaps in D3cold, and reading could power it up" : nil
  }

  private static func shortness(
    of space: ConfigurationSpace, size: Int?, isLive: Bool, _ address: FunctionAddress
  ) -> Gap? {
    if space.isAllOnes {
      return Gap(
        .function(address), "configuration",
        reason: "all \(space.count) bytes read as ff: the function does not answer",
        remedy: "it may be gone or without power: scan again")
    }
    // The file of a running kernel has the true size, a recorded one its own.
    let expected = isLive ? size ?? ConfigurationSpace.conventionalSize : 256
    guard space.count < expected else { return nil }
    return Gap(
      .function(address), "configuration",
      reason: "read \(space.count) of \(isLive ? String(expected) : "256 or 4096") bytes",
      remedy: isLive ? "run as root" : "record /sys as root")
  }
}

extension FunctionAddress {
  /// The name of the function's directory: the lower three bits of `devfn` are
  /// the function there, even under ARI (drivers/pci/probe.c, `pci_setup_device`).
  var sysfsName: String {
    FunctionAddress(domain: domain, bus: bus, deviceFunction: deviceFunction).description
  }
}

extension Function {
  /// Completes the record with what configuration space says.
  mutating func complete(with space: ConfigurationSpace) {
    configuration = space
    guard !space.isAllOnes else { return }
    if let revision = space.byte(at: 0x08), identity.revisionID == nil {
      identity.revisionID = revision
    }
    // A virtual function's header type, command register and BARs say
    // nothing: its physical function decides (PCI Express Base 6.0, section 9.3.4).
    guard physicalFunction == nil else { return }
    if let type = space.headerType {
      headerType = type
      if let byte = space.byte(at: 0x0e), byte[bit: 7] { isMultiFunction = true }
      if isMultiFunction == nil { isMultiFunction = false }
    }
    if let buses = space.bridgeBuses, buses.isValid(above: address.bus) { bridge = buses }
    guard let command = space.command else { return }
    for index in baseAddressRegisters.indices {
      let bar = baseAddressRegisters[index]
      guard bar.address != nil else { continue }
      if bar.kind == .expansionROM {
        // A register that reads zero answers nowhere; one that was not read tells nothing.
        let isRead = headerType.map { space.count >= bar.offset(in: $0) + 4 } == true
        baseAddressRegisters[index].isEnabled = isRead ? space.expansionROM?.isEnabled == true : nil
      } else {
        baseAddressRegisters[index].isEnabled =
          bar.isMemory ? command.isMemorySpaceEnabled : command.isIOSpaceEnabled
      }
    }
    if baseAddressRegisters.isEmpty, space.count >= 64 {
      // A recording without `resource`: the registers tell where, but not how large.
      baseAddressRegisters = space.baseAddressRegisters
    }
  }
}
