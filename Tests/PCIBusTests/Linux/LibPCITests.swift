// SPDX-License-Identifier: Apache-2.0

#if LibPCI
  import Foundation
  import PCI
  import PCIHost
  import TestCorpora
  import Testing

  @testable import PCIBus

  @Suite struct LibPCITests {
    /// Compares what libpci's sysfs method says with the sysfs scanner.
    private func compare(_ ours: Machine, _ theirs: Machine, drivers: String) {
      #expect(ours.functions.map(\.address) == theirs.functions.map(\.address))
      for (our, their) in zip(ours.functions, theirs.functions) {
        let name = our.address.description
        // Where a tree lacks `revision`, libpci takes it from configuration space.
        if our.identity.revisionID == nil {
          var identity = their.identity
          identity.revisionID = nil
          #expect(our.identity == identity, "\(name)")
        } else {
          #expect(our.identity == their.identity, "\(name)")
        }
        #expect(our.classCode == their.classCode, "\(name)")
        #expect(our.interrupt == their.interrupt, "\(name)")
        #expect(our.numaNode == their.numaNode, "\(name)")
        #expect(our.iommuGroup == their.iommuGroup, "\(name)")
        #expect(our.slotName == their.slotName, "\(name)")
        #expect(our.label == their.label, "\(name)")
        // libpci resolves the link to its end, and hwloc's trees lack the drivers.
        if FileManager.default.fileExists(atPath: drivers + "/" + name + "/driver") {
          #expect(our.driver == their.driver, "\(name)")
        }
        let windows = our.baseAddressRegisters.map { window in
          var window = window
          window.isEnabled = nil
          // A window of one byte is one of none to libpci 3.9 (`end > start`).
          if window.size == 1 { window.size = nil }
          // Its ROM addresses are at zero where the kernel has none: unassigned.
          if window.address == 0 { window.address = nil }
          return window
        }
        #expect(windows == their.baseAddressRegisters, "\(name)")
        if case .bridge(let above) = their.upstream, our.upstream != .unknown {
          #expect(our.upstream == .bridge(above), "\(name)")
        }
      }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/sys/bus/pci/devices")))
    func liveBus() throws {
      compare(
        try SysfsScanner().scan(), try LibPCIScanner().scan(), drivers: "/sys/bus/pci/devices")
    }

    @Test(.enabled(if: TestCorpora.isPresent), arguments: SysfsTrees.withConfiguration)
    func recordedTree(_ tree: String) throws {
      let folder = try TestCorpora.unpacked(tree)
      compare(
        try SysfsScanner(root: folder.path).scan(),
        try LibPCIScanner(location: folder.path).scan(),
        drivers: try SysfsTrees.devices(below: folder).path)
    }

    /// The method that has no file system below it: text of `lspci -x`.
    @Test(.enabled(if: TestCorpora.isPresent), arguments: TestCorpora.files("lspci-hex"))
    func dumps(_ file: URL) throws {
      let text = String(decoding: try TestCorpora.bytes(file), as: UTF8.self)
      // A heading begins with a hexadecimal address, and a space ends it.
      let headings = text.split(separator: "\n").filter {
        $0.prefixMatch(of: #/([0-9a-f]{4,6}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] /#) != nil
      }
      let host = try LibPCIScanner(method: .dump, location: file.path).scan()
      #expect(host.functions.count == headings.count)
      for function in host.functions {
        let space = try #require(function.configuration)
        #expect(space.word(at: 0) == function.identity.vendorID)
        #expect(function.headerType == space.headerType)
      }
    }

    @Test(arguments: ["/no/such/file", "/etc", "/dev/null"])
    func badDumpsAreErrorsOrEmpty(_ path: String) throws {
      do throws(ScanError) {
        let host = try LibPCIScanner(method: .dump, location: path).scan()
        #expect(host.functions.isEmpty)
      } catch {
        #expect(error.code == .failed)
        #expect(error.message.hasPrefix("libpci: "))
        #expect(error.path == path)
      }
    }

    @Test func malformedDumpIsAnError() throws {
      let tree = try SyntheticTree()
      try tree.write("dump", "00:00.0 Host bridge\n00: 86 80 zz\n")
      #expect(throws: ScanError.self) {
        try LibPCIScanner(method: .dump, location: tree.root.path + "/dump").scan()
      }
    }

    @Test func unknownMethodIsAnError() {
      do throws(ScanError) {
        _ = try LibPCIScanner(method: LibPCIMethod(name: "no-such-method")).scan()
        Issue.record("no error")
      } catch {
        #expect(error.code == .unsupported)
        #expect(error.message.contains("no-such-method"))
      }
    }

    /// Whatever this machine and library allow: a host or an error, never an end.
    @Test(arguments: LibPCIMethod.all.filter { $0 != .dump })
    func everyMethodAnswers(_ method: LibPCIMethod) {
      do throws(ScanError) {
        let host = try LibPCIScanner(method: method).scan()
        print("libpci \(method.name): \(host.functions.count) functions")
        #expect(host.source.kind == .libpci)
      } catch {
        print("libpci \(method.name): \(error)")
        #expect(!error.message.isEmpty && error.remedy != nil)
      }
    }

    @Test func functionWithoutFilesIsAGap() throws {
      let tree = try SyntheticTree()
      try tree.addFunction("pci0000:00/0000:00:02.0")
      let host = try LibPCIScanner(location: tree.root.path).scan()
      #expect(host.functions.count == 1)
      #expect(host.gaps.contains { $0.reason.hasPrefix("libpci") })
    }

    @Test func sessionsInSeveralThreadsKeepApart() async throws {
      let tree = try SyntheticTree()
      try tree.write("dump", "00:00.0 Host bridge\n00: 86 80 zz\n")
      let path = tree.root.path + "/dump"
      await withTaskGroup(of: Bool.self) { group in
        for index in 0..<64 {
          group.addTask {
            let method = index % 2 == 0 ? LibPCIMethod.dump : .sysfs
            let host = try? LibPCIScanner(
              method: method, location: index % 2 == 0 ? path : nil
            ).scan()
            return index % 2 == 0 ? host == nil : true
          }
        }
        for await isRight in group { #expect(isRight) }
      }
    }
  }
#endif
