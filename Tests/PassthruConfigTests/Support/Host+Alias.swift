// SPDX-License-Identifier: Apache-2.0

import PCIHost

/// Foundation has a `Host` too.
typealias Host = PCIHost.Host
