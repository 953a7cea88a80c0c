// SPDX-License-Identifier: Apache-2.0

import PCI

let space = ConfigurationSpace([UInt8](repeating: 0xff, count: 64))
print(space.isAllOnes, FunctionAddress("0000:01:00.0")?.description ?? "-")
