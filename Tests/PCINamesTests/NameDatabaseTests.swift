// SPDX-License-Identifier: Apache-2.0

import PCI
import PCINames
import Testing

/// A small file, written by hand in the format of the PCI ID Project.
@Suite struct NameDatabaseTests {
  private static let text = """
    # A comment
    8086  Intel Corporation
    \t1521  I350 Gigabit Network Connection
    \t\t1028 1f60  Intel GbE 4P I350crNDC
    \t\t8086 0001  Ethernet Server Adapter I350-T4
    # in between
    \t1522  I350 Gigabit Fiber
    \t\t8086 0001  another board
    1af4  Red Hat, Inc.
    \t1041  Virtio 1.0 network device
    8086  Intel, a second time
    \tffff  not to be found

    C 02  Network controller
    \t00  Ethernet controller
    C 0c  Serial bus controller
    \t03  USB controller
    \t\t30  XHCI
    ffff  Illegal Vendor ID
    """
  private let names = NameDatabase(bytes: Array(text.utf8))

  @Test func vendors() {
    #expect(names.vendorCount == 3)
    #expect(!names.isEmpty)
    #expect(names.vendor(0x8086) == "Intel Corporation")
    #expect(names.vendor(0x1af4) == "Red Hat, Inc.")
    #expect(names.vendor(0xffff) == "Illegal Vendor ID")
    #expect(names.vendor(0x1234) == nil)
    #expect(names.vendor(0x0000) == nil)
  }

  @Test func devices() {
    #expect(names.device(0x1521, vendor: 0x8086) == "I350 Gigabit Network Connection")
    #expect(names.device(0x1522, vendor: 0x8086) == "I350 Gigabit Fiber")
    #expect(names.device(0x1041, vendor: 0x8086) == nil)
    #expect(names.device(0x1041, vendor: 0x1af4) == "Virtio 1.0 network device")
    #expect(names.device(0xffff, vendor: 0x8086) == nil)
    // A sub-class is no device of the last vendor.
    #expect(names.device(0x0000, vendor: 0x1af4) == nil)
  }

  @Test func subsystems() {
    func board(_ vendor: UInt16, _ device: UInt16, of chip: UInt16) -> String? {
      names.subsystem(device, subsystemVendor: vendor, device: chip, vendor: 0x8086)
    }
    #expect(board(0x1028, 0x1f60, of: 0x1521) == "Intel GbE 4P I350crNDC")
    #expect(board(0x8086, 0x0001, of: 0x1521) == "Ethernet Server Adapter I350-T4")
    #expect(board(0x8086, 0x0001, of: 0x1522) == "another board")
    #expect(board(0x1028, 0x1f60, of: 0x1522) == nil)
    #expect(board(0x8086, 0x1522, of: 0x1522) == "I350 Gigabit Fiber")
  }

  @Test func classes() {
    let usb = names.classNames(ClassCode(rawValue: 0x0c0330))
    #expect(usb.baseClass == "Serial bus controller")
    #expect(usb.subClass == "USB controller")
    #expect(usb.programmingInterface == "XHCI")
    let ethernet = names.classNames(ClassCode(rawValue: 0x020001))
    #expect(ethernet.subClass == "Ethernet controller")
    #expect(ethernet.programmingInterface == nil)
    #expect(names.classNames(ClassCode(rawValue: 0x990000)) == ClassNames())
  }

  /// FreeBSD's pci_vendors of before 2012 parts id and name by tabs; files from
  /// Windows end lines with CR LF; some start with a byte order mark.
  @Test(arguments: [
    "8086\tIntel Corporation\n\t1521\tI350\n", "8086  Intel Corporation\r\n\t1521  I350\r\n",
    "\u{feff}8086  Intel Corporation\n\t1521  I350", "8086  Intel Corporation\n\n#\n\t1521 I350",
  ])
  func otherSpellings(_ text: String) {
    let names = NameDatabase(bytes: Array(text.utf8))
    #expect(names.vendor(0x8086) == "Intel Corporation")
    #expect(names.device(0x1521, vendor: 0x8086) == "I350")
  }

  @Test func namesCannotDriveATerminal() {
    let names = NameDatabase(bytes: Array("8086  In\u{1b}[31mtel\u{7}\n".utf8))
    #expect(names.vendor(0x8086) == "In [31mtel")
  }

  @Test(arguments: ["", "\n", "8086", "8086  ", "8086  \n", "80", "C ", "C 0", "C 02", "\t\t\t\t"])
  func damagedFileGivesNoNames(_ text: String) {
    let names = NameDatabase(bytes: Array(text.utf8))
    #expect(names.vendor(0x8086) == nil)
    #expect(names.device(0x1521, vendor: 0x8086) == nil)
    #expect(
      names.subsystem(1, subsystemVendor: 2, device: 0x1521, vendor: 0x8086) == nil)
    #expect(names.classNames(ClassCode(rawValue: 0x020000)).baseClass == nil)
  }

  @Test func everyPrefixOfAFileIsSafe() {
    let bytes = Array(Self.text.utf8)
    for count in 0...bytes.count {
      let names = NameDatabase(bytes: Array(bytes[..<count]))
      _ = names.device(0x1522, vendor: 0x8086)
      _ = names.subsystem(1, subsystemVendor: 0x8086, device: 0x1522, vendor: 0x8086)
      _ = names.classNames(ClassCode(rawValue: 0x0c0330))
    }
    #expect(NameDatabase(bytes: bytes).vendorCount == 3)
  }

  /// Sorted or not, every device is found; a line without an id hides none.
  @Test(arguments: [
    ["0001", "0002", "1521", "abcd", "ffff"], ["ffff", "1521", "0002", "abcd", "0001"],
    ["0001", "1521", "0002", "abcd", "ffff"], ["0001", "0002", "1521", "ABCD", "FFFF"],
    ["0001", "zzzz", "0002", "1521", "abcd", "ffff"],
  ])
  func devicesInAnyOrder(_ ids: [String]) {
    let boards = (0..<40).map { "\t\t8086 00\($0 + 10)  board \($0)\n" }.joined()
    let lines = ids.map { "\t\($0)  device \($0)\n# note\n" + boards }.joined()
    let names = NameDatabase(
      bytes: Array("1000  first\n\t0001  its\n8086  Intel\n\(lines)9000  last\n\t0003  its\n".utf8))
    for id in ids where id != "zzzz" {
      let device = UInt16(id, radix: 16) ?? 0
      #expect(names.device(device, vendor: 0x8086) == "device \(id)")
      #expect(
        names.subsystem(0x0049, subsystemVendor: 0x8086, device: device, vendor: 0x8086)
          == "board 39")
    }
    for absent in [0x0000, 0x0003, 0x1520, 0x1522, 0xfffe] as [UInt16] {
      #expect(names.device(absent, vendor: 0x8086) == nil)
    }
    #expect(names.device(0x0003, vendor: 0x9000) == "its")
  }

  @Test func longNameIsCut() {
    let names = NameDatabase(bytes: Array(("8086  " + String(repeating: "x", count: 5000)).utf8))
    #expect(names.vendor(0x8086)?.utf8.count == 256)
  }

  @Test func fileThatIsNoListIsEmpty() {
    #expect(NameDatabase(bytes: Array("<html>not found</html>\n".utf8)).isEmpty)
    #expect(NameDatabase(bytes: []).isEmpty)
  }
}
