// SPDX-License-Identifier: Apache-2.0

import SwiftPassthru

let bytes = [UInt8](
  """
  em0@pci0:1:0:0: class=0x020000 rev=0x00 hdr=0x00 vendor=0x8086 device=0x10d3 subvendor=0x8086 subdevice=0xa01f
  """.utf8)

// This machine, where its bus can be read; and a recording: any text or snapshot.
let live = try? Machine.live()
let machine = try Machine(recording: bytes)
print(live.map { "\($0.functions.count) functions here" } ?? "no bus here")

for nic in machine.functions(in: .network) {
  print(nic.address, nic.driver?.name ?? "-")
  if let assessment = machine.assessment(of: nic.address, for: .vfio) {
    print(assessment.verdict, assessment.findings.count > 0)
  }
  let plan = try machine.plan(for: [nic.address], guest: "web", consumer: .vfio)
  let text = try plan.configuration(for: .libvirt)
  print(text.text)
}

// What happens to the machine from now on; a program would stay in this loop.
let watching = Task {
  for try await change in machine.changes() { print(change) }
}
watching.cancel()
