// SPDX-License-Identifier: Apache-2.0
//
// FreeBSD's /dev/pci behind portable types. On other systems every call
// answers that it is unsupported.

#ifndef CDEVPCI_H
#define CDEVPCI_H

/// Whether this build can reach /dev/pci: 1 on FreeBSD, 0 elsewhere.
int cdevpci_is_supported(void);

#endif
