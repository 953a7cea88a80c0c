// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

/// Hyper-V's Discrete Device Assignment, as a PowerShell script.
///
/// Windows names a device by its path: each hop is device and function, two
/// hexadecimal digits each, below the root bus.
enum HyperV: ReversibleTarget {
  static let name = "hyperv"
  static let summary = "a PowerShell script for Hyper-V's Discrete Device Assignment"
  static let platform = TargetPlatform.other
  static let namesIdentifiers = true

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    try request.refuse([.slot, .rom, .bootIndex], consumer: "Hyper-V")
    var document = ConfigurationDocument(text: "")
    let paths = try locationPaths(request, functions)
    let space = MemorySpace(functions)
    var lines = ["$ErrorActionPreference = 'Stop'", "$guest = '\(request.guest)'"]
    lines.append(
      "Set-VM -Name $guest -AutomaticStopAction TurnOff -GuestControlledCacheTypes $true"
        + " -LowMemoryMappedIoSpace \(space.low) -HighMemoryMappedIoSpace \(space.high)")
    for (function, path) in zip(functions, paths) {
      let vendor = function.identity.vendorID.hexadecimal(width: 4).uppercased()
      let device = function.identity.deviceID.hexadecimal(width: 4).uppercased()
      lines += [
        "# \(function.address)", "$path = '\(path)'",
        "$device = Get-PnpDevice -PresentOnly | Where-Object {"
          + " ($_ | Get-PnpDeviceProperty DEVPKEY_Device_LocationPaths).Data -contains $path }",
        "if ($device.InstanceId -notlike 'PCI\\VEN_\(vendor)&DEV_\(device)*') {"
          + " throw \"$path is another device\" }",
        "Disable-PnpDevice -InstanceId $device.InstanceId -Confirm:$false",
        "Dismount-VMHostAssignableDevice -Force -LocationPath $path",
        "Add-VMAssignableDevice -LocationPath $path -VMName $guest",
      ]
    }
    document.text = text(lines)
    document.losses = request.separateSlotsLoss(functions, consumer: "Hyper-V")
    document.warnings.append("Windows Server only; the guest is off, and has no dynamic memory")
    document.warnings.append(
      "PCIROOT(0) is the first root bus: Windows shows the paths in the device's properties")
    if !space.isKnown {
      document.warnings.append(
        "the sizes of the BARs are not known here: 3 GB low and 33280 MB high are Microsoft's"
          + " example")
    }
    return document
  }

  static func undo(
    _ request: ConfigurationRequest, _ functions: [Function]
  ) throws(ConfigurationError) -> [String] {
    var lines: [String] = []
    for path in try locationPaths(request, functions) {
      lines += [
        "$path = '\(path)'",
        "Remove-VMAssignableDevice -LocationPath $path -VMName '\(request.guest)'",
        "Mount-VMHostAssignableDevice -LocationPath $path",
        "Get-PnpDevice -PresentOnly | Where-Object {"
          + " ($_ | Get-PnpDeviceProperty DEVPKEY_Device_LocationPaths).Data -contains $path }"
          + " | Enable-PnpDevice -Confirm:$false",
      ]
    }
    return lines
  }

  /// Windows' paths, from the tree.
  static func locationPaths(
    _ request: ConfigurationRequest, _ functions: [Function]
  ) throws(ConfigurationError) -> [String] {
    let topology = Topology(request.host)
    let positions = AddressIndex(request.host.functions)
    var paths: [String] = []
    for function in functions {
      guard let index = positions.position(of: function.address), topology.path(of: index) != nil
      else {
        throw ConfigurationError(
          "the place of \(function.address) in the tree is not known, and Hyper-V names devices"
            + " by it",
          remedy: "record the host with its bridges' bus numbers, or read the path in Windows")
      }
      let chain = topology.ancestors(of: index).reversed() + [index]
      let root = chain.first.map { request.host.functions[$0].address }
      guard let root, root.domain == 0, root.bus == 0 else {
        throw ConfigurationError(
          "\(function.address) is not below root bus 0, and Windows' number of another root bus"
            + " is the firmware's",
          remedy: "read the location path in the device's properties in Windows")
      }
      var path = "PCIROOT(0)"
      for step in chain {
        let address = request.host.functions[step].address
        let hop =
          address.device.hexadecimal(width: 2) + address.function.hexadecimal(width: 2)
        path += "#PCI(" + hop.uppercased() + ")"
      }
      paths.append(path)
    }
    return paths
  }

  /// The address space that the functions' memory BARs need.
  struct MemorySpace {
    /// Below 4 GiB, in PowerShell's spelling.
    var low = "3GB"
    /// Above.
    var high = "33280MB"
    /// Whether both come from the sizes of the BARs.
    var isKnown = false

    private static let mebibyte: UInt64 = 1 << 20

    init(_ functions: [Function]) {
      var below: UInt64 = 0
      var above: UInt64 = 0
      for function in functions {
        for bar in function.baseAddressRegisters where bar.isMemory {
          guard let size = bar.size, size <= 1 << 48 else { return }
          // A guest places a BAR on a multiple of its own size.
          if bar.kind == .memory64 { above += size } else { below += size }
        }
      }
      guard below + above > 0 else { return }
      // 128 MB are taken before any device; twice the sum allows for alignment.
      low = Self.rounded(2 * below + 128 * Self.mebibyte, to: 128)
      high = Self.rounded(2 * above + 512 * Self.mebibyte, to: 512)
      isKnown = true
    }

    private static func rounded(_ bytes: UInt64, to step: UInt64) -> String {
      let unit = step * mebibyte
      return "\((bytes + unit - 1) / unit * step)MB"
    }
  }
}
