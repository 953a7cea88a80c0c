// SPDX-License-Identifier: Apache-2.0

#ifndef CDEVPCI_PLATFORM_H
#define CDEVPCI_PLATFORM_H

#include "CDevPCI.h"

// The layouts are those of 64-bit kernels; a 32-bit one has others.
#if defined(__FreeBSD__) && defined(__LP64__)
#define DEVPCI_SUPPORTED 1
#else
#define DEVPCI_SUPPORTED 0
#endif

static inline devpci_status devpci_ended(int32_t number, int32_t call) {
  devpci_status status = {number, number == 0 ? DEVPCI_CALL_NONE : call};
  return status;
}

#endif
