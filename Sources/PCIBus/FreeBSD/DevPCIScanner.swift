// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

/// Reads the FreeBSD machine that the program runs on, through /dev/pci.
///
/// Listing functions and their BARs needs no privilege; configuration space
/// needs root, and `kern.securelevel` at 0 or below. On every other system the
/// scanner cannot be made.
public struct DevPCIScanner: Sendable {
  private let kernel: LiveKernel

  /// Opens /dev/pci, for writing where that is allowed.
  ///
  /// Throws `ScanError` with code `source.missing` in a jail, where the node is
  /// hidden, and `source.unsupported` on other systems.
  public init() throws(ScanError) {
    do {
      kernel = try LiveKernel()
    } catch {
      throw ScanError(error)
    }
  }

  /// Lists every function in the kernel's order.
  ///
  /// Nothing here reads configuration space but the bus numbers of bridges, and
  /// those only where the kernel does not report them.
  public func scan(_ options: ScanOptions = .full) throws(ScanError) -> Machine {
    do {
      return try FreeBSDScanner(kernel).scan(options)
    } catch {
      throw ScanError(error)
    }
  }

  /// Reads configuration space of the functions at these positions of the host.
  ///
  /// What cannot be read is a gap of the host.
  public func readConfiguration(into host: inout Machine, of positions: [Int]) {
    FreeBSDScanner(kernel).readConfiguration(into: &host, of: positions)
  }

  /// The vital product data of a function; `nil` where it has none.
  ///
  /// Elements of a two-byte keyword, a byte of flags (1 identifies, 2 may be
  /// written), a length byte and the data (PCIOCLISTVPD). Serial numbers are
  /// among them.
  public func vitalProductData(of address: FunctionAddress) throws(ScanError) -> [UInt8]? {
    do {
      return try kernel.vitalProductData(of: address)
    } catch {
      guard error.number != KernelError.noAddress else { return nil }
      throw ScanError(error)
    }
  }
}
