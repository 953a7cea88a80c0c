// SPDX-License-Identifier: Apache-2.0
//
// Drivers given to devices and taken from them: /dev/devctl2, what devctl(8)
// speaks to (sys/kern/subr_bus.c).

#include "Platform.h"

#if DEVPCI_SUPPORTED

#include "ControlLayout.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/param.h>
#include <sys/ioctl.h>
#include <sys/linker.h>
#include <sys/module.h>
#include <unistd.h>

/// Sends one request, with its own descriptor.
///
/// An interrupted request is not sent again: how far the kernel came with it is
/// not known, and the caller has to look.
static devpci_status request(
    unsigned long number, int32_t call, const char *device, const char *driver, int32_t flags) {
  struct kernel_devreq wanted;
  memset(&wanted, 0, sizeof wanted);
  size_t length = device ? strlen(device) : 0;
  // A name cut short could be another device's.
  if (length == 0 || length >= sizeof wanted.name) return devpci_ended(EINVAL, call);
  memcpy(wanted.name, device, length);
  wanted.flags = flags;
  // The kernel only reads it.
  wanted.argument.data = (void *)(uintptr_t)driver;
  // Reading is enough: who may is a matter of privilege, not of the descriptor.
  int descriptor;
  do {
    descriptor = open("/dev/devctl2", O_RDONLY | O_CLOEXEC);
  } while (descriptor < 0 && errno == EINTR);
  if (descriptor < 0) return devpci_ended(errno, DEVPCI_CALL_CONTROL_OPEN);
  int32_t error = ioctl(descriptor, number, &wanted) < 0 ? errno : 0;
  (void)close(descriptor);
  return devpci_ended(error, call);
}

devpci_status devpci_set_driver(const char *device, const char *driver, int32_t is_forced) {
  if (!driver || !*driver) return devpci_ended(EINVAL, DEVPCI_CALL_SET_DRIVER);
  return request(
      REQUEST_SET_DRIVER, DEVPCI_CALL_SET_DRIVER, device, driver, is_forced ? FLAG_DETACH : 0);
}

devpci_status devpci_clear_driver(const char *device, int32_t is_forced) {
  return request(
      REQUEST_CLEAR_DRIVER, DEVPCI_CALL_CLEAR_DRIVER, device, NULL,
      is_forced ? FLAG_DETACH : 0);
}

devpci_status devpci_attach(const char *device) {
  return request(REQUEST_ATTACH, DEVPCI_CALL_ATTACH, device, NULL, 0);
}

devpci_status devpci_detach(const char *device, int32_t is_forced) {
  return request(
      REQUEST_DETACH, DEVPCI_CALL_DETACH, device, NULL, is_forced ? FLAG_DETACH : 0);
}

devpci_status devpci_rescan(const char *bus) {
  return request(REQUEST_RESCAN, DEVPCI_CALL_RESCAN, bus, NULL, 0);
}

devpci_status devpci_delete(const char *device, int32_t is_forced) {
  return request(
      REQUEST_DELETE, DEVPCI_CALL_DELETE, device, NULL, is_forced ? FLAG_DETACH : 0);
}

devpci_status devpci_reset(const char *device, int32_t detaches) {
  return request(REQUEST_RESET, DEVPCI_CALL_RESET, device, NULL, detaches ? FLAG_DETACH : 0);
}

devpci_status devpci_has_driver(const char *driver, int32_t *has) {
  *has = 0;
  // As long a driver's name as devctl takes.
  char name[sizeof "pci/" + 127];
  int length = driver ? snprintf(name, sizeof name, "pci/%s", driver) : -1;
  if (length < 0 || (size_t)length >= sizeof name)
    return devpci_ended(EINVAL, DEVPCI_CALL_MODFIND);
  *has = modfind(name) >= 0;
  return devpci_ended(*has || errno == ENOENT ? 0 : errno, DEVPCI_CALL_MODFIND);
}

devpci_status devpci_load_module(const char *module) {
  int32_t error = kldload(module) < 0 ? errno : 0;
  return devpci_ended(error == EEXIST ? 0 : error, DEVPCI_CALL_KLDLOAD);
}

#endif
