// SPDX-License-Identifier: Apache-2.0

/// What is right above a function.
public enum Upstream: Hashable, Sendable {
  /// A root bus: a host bridge of the machine.
  case rootBus(BusAddress)
  /// A bridge, or the endpoint whose domain the function is in (Intel VMD).
  case bridge(FunctionAddress)
  /// Not recorded.
  case unknown
}
