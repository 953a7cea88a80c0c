// SPDX-License-Identifier: Apache-2.0

import PCIBus
import PCIHost

let scanner = LibPCIScanner(method: .sysfs)
print((try? scanner.scan())?.functions.count ?? -1)
