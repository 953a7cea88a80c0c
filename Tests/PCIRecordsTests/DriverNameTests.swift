// SPDX-License-Identifier: Apache-2.0

import PCI
import PCIHost
import PCIRecords
import Testing

/// Where a driver's name ends and its unit begins.
@Suite struct DriverNameTests {
  /// The binding of the first of these devices, and whether it is said to be ambiguous.
  private func reading(_ names: String...) throws -> (driver: DriverBinding?, isAmbiguous: Bool) {
    let text = names.enumerated().map { index, name in
      "\(name)@pci0:1:\(index):0:\tclass=0x020000 card=0x0 chip=0x10d38086 rev=0x00 hdr=0x00\n"
    }.joined()
    let host = try Machine(recording: Array(text.utf8), location: "test")
    let address = host.functions[0].address
    return (
      host.functions[0].driver,
      host.gaps(of: address).contains { $0.fact == "driver.unit" }
    )
  }

  @Test(arguments: [
    ("em0", "em", 0), ("em10", "em", 10), ("mlx5_core1", "mlx5_core", 1), ("t5nex0", "t5nex", 0),
    ("ig4iic2", "ig4iic", 2), ("vgapci0", "vgapci", 0), ("none_such3", "none_such", 3),
    // rtw88 was seen on FreeBSD 13.1, tn40 on 12.1.
    ("rtw880", "rtw88", 0), ("rtw881", "rtw88", 1), ("rtw890", "rtw89", 0), ("tn400", "tn40", 0),
    // A unit has no leading zero.
    ("foo00", "foo0", 0),
  ])
  func partedNames(_ name: String, _ driver: String, _ unit: Int) throws {
    let found = try reading(name)
    #expect(found.driver == DriverBinding(name: driver, unit: unit))
    #expect(!found.isAmbiguous)
  }

  @Test func noneIsNoDriver() throws {
    for name in ["none0", "none191", "none4096"] {
      let found = try reading(name)
      #expect(found.driver == nil)
      #expect(!found.isAmbiguous)
    }
  }

  /// The name stands as it is, without a unit, and a gap says why.
  @Test(arguments: ["e10000", "foo100", "mt79210", "foo012", "em"])
  func ambiguousNames(_ name: String) throws {
    let found = try reading(name)
    #expect(found.driver == DriverBinding(name: name))
    #expect(found.isAmbiguous)
  }

  /// A unit that the number of devices explains is believed.
  @Test func manyDevicesExplainALargeUnit() throws {
    let names = (0..<30).map { "igb\(59 - $0)" }
    let text = names.enumerated().map { index, name in
      "\(name)@pci0:\(index):0:0:\tclass=0x020000 card=0x0 chip=0x10d38086 rev=0x00 hdr=0x00\n"
    }.joined()
    let host = try Machine(recording: Array(text.utf8), location: "test")
    #expect(host.functions[0].driver == DriverBinding(name: "igb", unit: 59))
  }
}
