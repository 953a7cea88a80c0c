// SPDX-License-Identifier: Apache-2.0

#include "Platform.h"

#if !DEVPCI_SUPPORTED

#include <stdlib.h>

static devpci_status unsupported(void) {
  return devpci_ended(DEVPCI_ENOSYS, DEVPCI_CALL_UNSUPPORTED);
}

static devpci_status no_bytes(uint8_t **bytes, size_t *length) {
  *bytes = NULL;
  *length = 0;
  return unsupported();
}

int32_t devpci_is_supported(void) { return 0; }

devpci_status devpci_open(int32_t for_writing, int32_t *descriptor) {
  (void)for_writing;
  *descriptor = -1;
  return unsupported();
}

void devpci_close(int32_t descriptor) { (void)descriptor; }

void devpci_free(void *allocated) { free(allocated); }

devpci_status devpci_list(
    int32_t descriptor, uint32_t entries_per_call, devpci_function **functions,
    uint32_t *count) {
  (void)descriptor, (void)entries_per_call;
  *functions = NULL;
  *count = 0;
  return unsupported();
}

devpci_status devpci_read(
    int32_t descriptor, devpci_address address, int32_t offset, int32_t width,
    uint32_t *value) {
  (void)descriptor, (void)address, (void)offset, (void)width, (void)value;
  return unsupported();
}

devpci_status devpci_write(
    int32_t descriptor, devpci_address address, int32_t offset, int32_t width, uint32_t value) {
  (void)descriptor, (void)address, (void)offset, (void)width, (void)value;
  return unsupported();
}

devpci_status devpci_read_configuration(
    int32_t descriptor, devpci_address address, uint8_t *bytes, uint32_t length,
    uint32_t *done) {
  (void)descriptor, (void)address, (void)bytes, (void)length;
  *done = 0;
  return unsupported();
}

devpci_status devpci_get_bar(
    int32_t descriptor, devpci_address address, int32_t offset, devpci_bar *bar) {
  (void)descriptor, (void)address, (void)offset, (void)bar;
  return unsupported();
}

devpci_status devpci_list_vpd(
    int32_t descriptor, devpci_address address, uint8_t **bytes, size_t *length) {
  (void)descriptor, (void)address;
  return no_bytes(bytes, length);
}

devpci_status devpci_attached(
    int32_t descriptor, devpci_address address, int32_t *is_attached) {
  (void)descriptor, (void)address, (void)is_attached;
  return unsupported();
}

devpci_status devpci_sysctl(const char *name, uint8_t **bytes, size_t *length) {
  (void)name;
  return no_bytes(bytes, length);
}

devpci_status devpci_kernel_environment(uint8_t **bytes, size_t *length) {
  return no_bytes(bytes, length);
}

devpci_status devpci_mounts(uint8_t **bytes, size_t *length) { return no_bytes(bytes, length); }

devpci_status devpci_routes(uint8_t **bytes, size_t *length) { return no_bytes(bytes, length); }

devpci_status devpci_interfaces(uint8_t **bytes, size_t *length) {
  return no_bytes(bytes, length);
}

devpci_status devpci_acpi_table(const char *signature, uint8_t **bytes, size_t *length) {
  (void)signature;
  return no_bytes(bytes, length);
}

devpci_status devpci_set_driver(const char *device, const char *driver, int32_t is_forced) {
  (void)device, (void)driver, (void)is_forced;
  return unsupported();
}

devpci_status devpci_clear_driver(const char *device, int32_t is_forced) {
  (void)device, (void)is_forced;
  return unsupported();
}

devpci_status devpci_attach(const char *device) {
  (void)device;
  return unsupported();
}

devpci_status devpci_detach(const char *device, int32_t is_forced) {
  (void)device, (void)is_forced;
  return unsupported();
}

devpci_status devpci_rescan(const char *bus) {
  (void)bus;
  return unsupported();
}

devpci_status devpci_delete(const char *device, int32_t is_forced) {
  (void)device, (void)is_forced;
  return unsupported();
}

devpci_status devpci_reset(const char *device, int32_t detaches) {
  (void)device, (void)detaches;
  return unsupported();
}

devpci_status devpci_has_driver(const char *driver, int32_t *has) {
  (void)driver;
  *has = 0;
  return unsupported();
}

devpci_status devpci_load_module(const char *module) {
  (void)module;
  return unsupported();
}

#endif
