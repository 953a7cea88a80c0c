// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import Testing

@testable import PassthruConfig

/// Where Debian 12's Xen has its parser.
private let xlutil = "/usr/lib/x86_64-linux-gnu/libxlutil.so.4.17"

/// libxlutil, Xen's own parser of xl.cfg, called through Python's ctypes.
@Suite(.enabled(if: Programs.haveFile(xlutil)))
struct XenValidatorTests {
  /// Reads a configuration and prints what each word of `pci` means.
  ///
  /// The head of `libxl_device_pci` of Xen 4.17: function, device and bus in a
  /// byte each, the domain, the virtual slot's devfn, the mask of functions.
  static let script = """
    import ctypes, sys
    x = ctypes.CDLL(sys.argv[1])
    x.xlu_cfg_init.restype = ctypes.c_void_p
    libc = ctypes.CDLL(None)
    stderr = ctypes.c_void_p.in_dll(libc, 'stderr')
    cfg = ctypes.c_void_p(x.xlu_cfg_init(stderr, b'test'))
    data = sys.stdin.buffer.read()
    if x.xlu_cfg_readdata(cfg, data, len(data)):
        sys.exit(2)
    items = ctypes.c_void_p()
    count = ctypes.c_int()
    if x.xlu_cfg_get_list(cfg, b'pci', ctypes.byref(items), ctypes.byref(count), 0):
        sys.exit(3)
    x.xlu_cfg_get_listitem.restype = ctypes.c_char_p
    for index in range(count.value):
        word = x.xlu_cfg_get_listitem(items, index)
        device = (ctypes.c_uint8 * 512)()
        if x.xlu_pci_parse_spec_string(cfg, device, word):
            sys.exit(4)
        raw = bytes(device[:16])
        print('%04x:%02x:%02x.%x' % (int.from_bytes(raw[4:8], 'little'), raw[2], raw[1], raw[0]),
              int.from_bytes(raw[8:12], 'little') >> 3, hex(int.from_bytes(raw[12:16], 'little')))
    """

  func parse(_ text: String) throws -> Programs.Outcome {
    try Programs.run("python3", ["-c", Self.script, xlutil], input: text)
  }

  @Test(
    arguments: [
      (["0b:00.0"], nil, ["0000:0b:00.0 0 0x1"]),
      (["0b:00.0"], 0x15, ["0000:0b:00.0 21 0x1"]),
      (["0a:00.0", "0a:00.1"], nil, ["0000:0a:00.0 0 0xffffffff"]),
      (["0a:00.0", "0a:00.1"], 9, ["0000:0a:00.0 9 0xffffffff"]),
      (["0a:00.1", "0b:00.0"], 0x15, ["0000:0a:00.1 21 0x1", "0000:0b:00.0 22 0x1"]),
    ] as [([String], UInt8?, [String])])
  func xenReadsTheList(_ devices: [String], _ slot: UInt8?, _ expected: [String]) throws {
    var request = ConfigurationRequest(
      host: SampleHost.workstation, devices: devices.map { SampleHost.address($0) }, guest: "g")
    request.guestSlot = slot
    let document = try Xen.emit(request)
    let outcome = try parse(document.text)
    #expect(outcome.status == 0, "\(outcome.errors)\(document.text)")
    #expect(outcome.output.split(separator: "\n").map(String.init) == expected)
  }

  @Test func xenIsAbleToRefuse() throws {
    #expect(try parse("pci = [ '0000:0a:00.0,perm=1' ]\n").status == 4)
    #expect(try parse("pci = [ '0000:0a:00' ]\n").status == 4)
    #expect(try parse("pci = [ '0000:0a:00.0'\n").status == 2)
  }
}
