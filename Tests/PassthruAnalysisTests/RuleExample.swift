// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost

@testable import PassthruAnalysis

/// A rule with a small host on which it speaks, and one on which it is silent.
///
/// The function that is judged is the first one added.
struct RuleExample: Sendable, CustomStringConvertible {
  var id: String
  var consumer: Consumer
  var allowing: Set<FunctionAddress> = []
  var speaks: @Sendable () -> SmallHost
  var isSilent: @Sendable () -> SmallHost

  var description: String { id }

  init(
    _ id: String, _ consumer: Consumer = .vfio,
    speaks: @escaping @Sendable (inout SmallHost) -> Void,
    isSilent: @escaping @Sendable (inout SmallHost) -> Void
  ) {
    self.id = id
    self.consumer = consumer
    func build(_ fill: @escaping @Sendable (inout SmallHost) -> Void) -> @Sendable () -> SmallHost {
      {
        var small = SmallHost(consumer == .bhyve ? .freebsd : .linux)
        fill(&small)
        return small
      }
    }
    self.speaks = build(speaks)
    self.isSilent = build(isSilent)
  }

  /// An example that differs in one function only.
  static func function(
    _ id: String, _ consumer: Consumer = .vfio, _ classCode: UInt32 = 0x020000,
    speaks: @escaping @Sendable (inout Function) -> Void,
    isSilent: @escaping @Sendable (inout Function) -> Void = { _ in }
  ) -> RuleExample {
    RuleExample(
      id, consumer,
      speaks: { $0.add("01:00.0", classCode) { speaks(&$0) } },
      isSilent: { $0.add("01:00.0", classCode) { isSilent(&$0) } })
  }

  /// An example that differs in a fact of the host only.
  static func host(
    _ id: String, _ consumer: Consumer = .vfio,
    speaks: @escaping @Sendable (inout Machine) -> Void,
    isSilent: @escaping @Sendable (inout Machine) -> Void = { _ in }
  ) -> RuleExample {
    RuleExample(
      id, consumer,
      speaks: {
        $0.add("01:00.0")
        speaks(&$0.host)
      },
      isSilent: {
        $0.add("01:00.0")
        isSilent(&$0.host)
      })
  }

  /// An example of what the host depends on.
  static func dependency(_ id: String, _ kind: HostDependency.Kind) -> RuleExample {
    let other: HostDependency.Kind = kind == .swap ? .fileSystem : .swap
    return .host(
      id,
      speaks: {
        $0.dependencies = [
          HostDependency(
            kind: kind, subject: "/", chain: ["vg0-root", "dm-0", "nvme0n1p3"],
            function: at("01:00.0"))
        ]
      },
      isSilent: {
        $0.dependencies = [
          HostDependency(kind: other, subject: "x", chain: [], function: at("01:00.0"))
        ]
      })
  }

  /// An example of the only device of a kind.
  static func only(_ id: String, _ classCode: UInt32) -> RuleExample {
    RuleExample(
      id,
      speaks: { $0.add("01:00.0", classCode) },
      isSilent: {
        $0.add("01:00.0", classCode)
        $0.add("02:00.0", classCode)
      })
  }
}

/// A window of a function.
func windowAt(
  _ index: UInt8, _ kind: BaseAddressRegister.Kind = .memory32, at address: UInt64? = 0xfe00_0000,
  size: UInt64?, isEnabled: Bool? = true
) -> BaseAddressRegister {
  BaseAddressRegister(
    index: index, kind: kind, isPrefetchable: false, isEnabled: isEnabled, address: address,
    size: size)
}

/// A configuration space with the capabilities that `fill` adds.
func space(header: UInt8 = 0, _ fill: (inout SpaceBuilder) -> Void) -> ConfigurationSpace {
  var builder = SpaceBuilder(header: header)
  fill(&builder)
  return builder.space()
}
