// SPDX-License-Identifier: Apache-2.0

#include "CDevPCI.h"

int cdevpci_is_supported(void) {
#ifdef __FreeBSD__
  return 1;
#else
  return 0;
#endif
}
