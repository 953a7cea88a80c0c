// SPDX-License-Identifier: Apache-2.0

import Foundation
import SwiftPCI

// No name of the library is Foundation's.
let machine = Machine(
  source: Source(kind: .snapshot, location: "client"), system: OperatingSystem(family: .linux))
print(machine.functions.count, Date.now.timeIntervalSince1970 > 0)
