// SPDX-License-Identifier: Apache-2.0

public import PCI

/// A change of drivers that happens whole or not at all.
///
/// It is a value: `steps` says what it would do. `apply` does it, and puts
/// everything back in reverse where a step fails; `rollBack` does so later. What
/// was there before is in a journal on disk before the first write, so that
/// `DriverJournal` can put it back after a crash.
///
/// Whether a function should change hands at all is not decided here: that is
/// the analysis, which knows what the host needs.
public struct DriverTransaction: Hashable, Sendable {
  /// What happens to each function, in order.
  public var changes: [DriverChange]
  /// How the kernel is told.
  public var interface: DriverInterface
  /// The driver's module, where it has to be loaded first.
  public var module: String?
  /// How long one step may take, in milliseconds.
  ///
  /// The kernel waits for a driver to let go, as for a mounted disk. No call
  /// can be taken back: a step that took longer is followed by the way back.
  public var deadline: Int64

  /// Plans a change of the functions' drivers.
  ///
  /// - Parameters:
  ///   - functions: The functions as they are now, in the order of the changes.
  ///   - driver: The driver that they are to have; `nil` lets the kernel choose.
  ///   - interface: How the kernel is told.
  ///   - module: The module to load first.
  ///   - deadline: How long one step may take, in milliseconds.
  public init(
    _ functions: [Function], driver: String?, interface: DriverInterface, module: String? = nil,
    deadline: Int64 = 30_000
  ) {
    changes = functions.map { function in
      DriverChange(
        address: function.address,
        before: DeviceState(
          vendorID: function.identity.vendorID, deviceID: function.identity.deviceID,
          driver: function.driver, override: function.driverOverride),
        driver: driver)
    }
    self.interface = interface
    self.module = module
    self.deadline = deadline
  }

  /// The changes that have something to do.
  public var open: [DriverChange] { changes.filter { !$0.isDone } }

  /// What it does, in order.
  ///
  /// On Linux first the overrides of all functions, so that nothing else can
  /// take one while its group changes hands; then all are let go, then taken.
  public var steps: [DeviceStep] {
    let open = open
    guard !open.isEmpty else { return [] }
    var steps: [DeviceStep] = []
    if let module { steps.append(.perform(.loadModule(module))) }
    switch interface {
    case .sysfs:
      for change in open where change.before.override != change.driver {
        steps.append(.perform(.override(change.address, driver: change.driver)))
      }
      for change in open {
        guard let driver = change.before.driver else { continue }
        steps.append(.perform(.unbind(change.address, driver: driver.name)))
      }
      for change in open {
        steps.append(.perform(.probe(change.address)))
        steps.append(.verify(change.address, driver: change.driver))
      }
    case .devctl:
      for change in open {
        if let driver = change.driver {
          steps.append(.perform(.setDriver(change.address, driver: driver)))
        } else {
          steps.append(.perform(.clearDriver(change.address)))
        }
        steps.append(.verify(change.address, driver: change.driver))
      }
    }
    return steps
  }
}
