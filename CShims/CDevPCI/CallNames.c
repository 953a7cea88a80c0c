// SPDX-License-Identifier: Apache-2.0

#include "CDevPCI.h"

const char *devpci_call_name(int32_t call) {
  switch ((devpci_call)call) {
  case DEVPCI_CALL_NONE: return "nothing";
  case DEVPCI_CALL_UNSUPPORTED: return "/dev/pci on this system";
  case DEVPCI_CALL_OPEN: return "open /dev/pci";
  case DEVPCI_CALL_GETCONF: return "PCIOCGETCONF";
  case DEVPCI_CALL_NO_KNOWN_LAYOUT: return "PCIOCGETCONF in both known layouts";
  case DEVPCI_CALL_LIST_UNSETTLED: return "PCIOCGETCONF while the list changes";
  case DEVPCI_CALL_LIST_STALLED: return "PCIOCGETCONF without progress";
  case DEVPCI_CALL_LIST_TOO_LONG: return "PCIOCGETCONF with too long an answer";
  case DEVPCI_CALL_READ: return "PCIOCREAD";
  case DEVPCI_CALL_WRITE: return "PCIOCWRITE";
  case DEVPCI_CALL_GETBAR: return "PCIOCGETBAR";
  case DEVPCI_CALL_LISTVPD: return "PCIOCLISTVPD";
  case DEVPCI_CALL_ATTACHED: return "PCIOCATTACHED";
  case DEVPCI_CALL_SYSCTL: return "sysctl";
  case DEVPCI_CALL_KENV: return "kenv";
  case DEVPCI_CALL_GETFSSTAT: return "getfsstat";
  case DEVPCI_CALL_MEMORY: return "read /dev/mem";
  case DEVPCI_CALL_ACPI: return "the ACPI tables";
  case DEVPCI_CALL_ALLOCATE: return "malloc";
  case DEVPCI_CALL_FILE: return "a file";
  case DEVPCI_CALL_CONTROL_OPEN: return "open /dev/devctl2";
  case DEVPCI_CALL_SET_DRIVER: return "DEV_SET_DRIVER";
  case DEVPCI_CALL_CLEAR_DRIVER: return "DEV_CLEAR_DRIVER";
  case DEVPCI_CALL_ATTACH: return "DEV_ATTACH";
  case DEVPCI_CALL_DETACH: return "DEV_DETACH";
  case DEVPCI_CALL_RESCAN: return "DEV_RESCAN";
  case DEVPCI_CALL_DELETE: return "DEV_DELETE";
  case DEVPCI_CALL_RESET: return "DEV_RESET";
  case DEVPCI_CALL_MODFIND: return "modfind";
  case DEVPCI_CALL_KLDLOAD: return "kldload";
  }
  return "an unknown call";
}
