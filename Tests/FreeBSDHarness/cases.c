// SPDX-License-Identifier: Apache-2.0
//
// Asks the shim's FreeBSD object everything, over the played kernel.
// Arguments: the folders of recordings.

#include "CDevPCI.h"
#include "checks.h"
#include "kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int checks, failures;

static int32_t open_as(int for_writing) {
  int32_t descriptor = -1;
  devpci_status status = devpci_open(for_writing, &descriptor);
  CHECK_STATUS(status, 0, DEVPCI_CALL_NONE);
  return descriptor;
}

// Lists with a buffer of so many entries and checks the order and the count.
static devpci_status list_count(uint32_t entries, int for_writing, uint32_t *count) {
  int32_t descriptor = open_as(for_writing);
  devpci_function *functions = NULL;
  devpci_status status = devpci_list(descriptor, entries, &functions, count);
  if (status.number == 0)
    for (uint32_t index = 0; index < *count; index++)
      CHECK(functions[index].unit == (uint64_t)index || kernel.generation != 7);
  devpci_free(functions);
  devpci_close(descriptor);
  CHECK(kernel.open_descriptors == 0);
  return status;
}

static void fill(uint32_t count) {
  kernel_reset();
  // 256 buses of 32 devices of 8 functions in a domain.
  for (uint32_t index = 0; index < count; index++)
    kernel_add(0x10000 * (index >> 16), (uint8_t)(index >> 8), (uint8_t)(index >> 3 & 31),
        (uint8_t)(index & 7), 0x8086, (uint16_t)index, "em", index);
}

static void counts(void) {
  static const uint32_t sizes[] = {1, 2, 3, 255, 256, 257, 5000};
  static const uint32_t buffers[] = {0, 1, 2, 8, 255, 4096};
  for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++)
    for (size_t buffer = 0; buffer < sizeof buffers / sizeof *buffers; buffer++)
      for (int layout = 0; layout < 2; layout++)
        for (int for_writing = 0; for_writing < 2; for_writing++) {
          fill(sizes[size]);
          kernel.answers_128 = layout;
          uint32_t count = 0;
          CHECK_STATUS(list_count(buffers[buffer], for_writing, &count), 0, DEVPCI_CALL_NONE);
          CHECK(count == sizes[size]);
          // One question a buffer, and one more where the new layout is refused.
          uint32_t entries = buffers[buffer] ? buffers[buffer] : 256;
          uint32_t filled = (sizes[size] + entries - 1) / entries;
          CHECK(kernel.getconf_calls == filled);
          CHECK(kernel.ioctl_calls == filled + (layout == 0));
        }
  kernel_reset();
  uint32_t count = 1;
  CHECK_STATUS(list_count(0, 0, &count), 0, DEVPCI_CALL_NONE);
  CHECK(count == 0);
}

static void fields(void) {
  kernel_reset();
  // A virtual function under ARI in a domain of Intel's VMD.
  struct played_function *virtual = kernel_add(0x10000, 5, 0, 131, 0x8086, 0x1520, "", 0);
  virtual->entry[18] = 2, virtual->entry[19] = 3, virtual->entry[20] = 4, virtual->entry[21] = 5;
  virtual->entry[8] = 0x80;
  virtual->entry[10] = 0x34, virtual->entry[11] = 0x12;
  virtual->entry[12] = 0x78, virtual->entry[13] = 0x56;
  // A name without its zero byte, and a unit beyond 32 bits.
  struct played_function *long_name =
      kernel_add(0, 0, 31, 7, 0x1234, 0x5678, "abcdefghijklmnop", 0x123456789ull);
  long_name->entry[38] = 'q';
  // A bridge of a kernel that reports bus numbers.
  struct played_function *bridge = kernel_add(0, 0, 1, 0, 0x8086, 1, "pcib", 1);
  bridge->entry[8] = 1, bridge->entry[56] = 66, bridge->entry[64] = 3, bridge->entry[65] = 9;
  bridge->entry[48] = 1;
  bridge->entry[49] = bridge->entry[50] = bridge->entry[51] = 0;
  // The same of a kernel that does not: the spare bytes mean nothing.
  struct played_function *old_bridge = kernel_add(0, 0, 2, 0, 0x8086, 1, "pcib", 2);
  old_bridge->entry[8] = 1, old_bridge->entry[64] = 3, old_bridge->entry[65] = 9;

  int32_t descriptor = open_as(0);
  devpci_function *found = NULL;
  uint32_t count = 0;
  CHECK_STATUS(devpci_list(descriptor, 0, &found, &count), 0, DEVPCI_CALL_NONE);
  CHECK(count == 4);
  if (count == 4) {
    CHECK(found[0].domain == 0x10000 && found[0].bus == 5 && found[0].device == 0);
    CHECK(found[0].function == 131 && found[0].header_type == 0 && found[0].driver[0] == 0);
    CHECK(found[0].base_class == 2 && found[0].sub_class == 3);
    CHECK(found[0].interface == 4 && found[0].revision == 5);
    CHECK(found[0].subvendor == 0x1234 && found[0].subdevice == 0x5678);
    CHECK(found[0].vendor == 0x8086 && found[0].device_id == 0x1520);
    CHECK(found[0].has_numa_domain == 0 && found[0].has_buses == 0);
    CHECK(strcmp(found[1].driver, "abcdefghijklmnopq") == 0);
    CHECK(found[1].unit == 0x123456789ull);
    CHECK(found[2].has_buses == 1 && found[2].secondary_bus == 3);
    CHECK(found[2].subordinate_bus == 9);
    CHECK(found[2].has_numa_domain == 1 && found[2].numa_domain == 1);
    CHECK(found[3].has_buses == 0);
  }
  devpci_free(found);
  // The old layout has the head alone.
  kernel.answers_128 = 0;
  CHECK_STATUS(devpci_list(descriptor, 3, &found, &count), 0, DEVPCI_CALL_NONE);
  CHECK(count == 4);
  if (count == 4) {
    CHECK(found[2].has_buses == 0 && found[2].has_numa_domain == 0);
    CHECK(found[2].header_type == 1 && found[1].unit == 0x123456789ull);
  }
  devpci_free(found);
  devpci_close(descriptor);
}

static void bad_lists(void) {
  uint32_t count = 0;
  // Changed in the middle, and read again from the start.
  fill(100);
  kernel.changes = 1;
  CHECK_STATUS(list_count(8, 0, &count), 0, DEVPCI_CALL_NONE);
  CHECK(count == 100);
  fill(100);
  kernel.changes = 15;
  CHECK_STATUS(list_count(8, 0, &count), 0, DEVPCI_CALL_NONE);
  CHECK(count == 100);
  // Never settling: a bounded number of questions, and an error.
  fill(100);
  kernel.changes = 1 << 30;
  CHECK_STATUS(list_count(8, 0, &count), DEVPCI_EBUSY, DEVPCI_CALL_LIST_UNSETTLED);
  CHECK(count == 0);
  CHECK(kernel.getconf_calls <= 64);
  fill(100);
  kernel.stalls = 1;
  CHECK_STATUS(list_count(8, 0, &count), DEVPCI_EIO, DEVPCI_CALL_LIST_STALLED);
  fill(100);
  kernel.overclaims = 1;
  CHECK_STATUS(list_count(8, 0, &count), DEVPCI_EOVERFLOW, DEVPCI_CALL_LIST_TOO_LONG);
  fill(100);
  kernel.reports_error = 1;
  CHECK_STATUS(list_count(8, 0, &count), DEVPCI_EIO, DEVPCI_CALL_GETCONF);
  // A kernel that knows neither request, by both kinds of descriptor.
  fill(3);
  kernel.answers_48 = kernel.answers_128 = 0;
  CHECK_STATUS(list_count(0, 0, &count), DEVPCI_EPERM, DEVPCI_CALL_NO_KNOWN_LAYOUT);
  fill(3);
  kernel.answers_48 = kernel.answers_128 = 0;
  CHECK_STATUS(list_count(0, 1, &count), DEVPCI_ENOTTY, DEVPCI_CALL_NO_KNOWN_LAYOUT);
  // A kernel built without COMPAT_FREEBSD14.
  fill(3);
  kernel.answers_48 = 0;
  CHECK_STATUS(list_count(0, 0, &count), 0, DEVPCI_CALL_NONE);
  CHECK(count == 3);
  // Signals in between are not errors.
  fill(3);
  kernel.interruptions = 5;
  CHECK_STATUS(list_count(0, 0, &count), 0, DEVPCI_CALL_NONE);
  CHECK(count == 3);
}

static void refusals(void) {
  int32_t descriptor = 0;
  fill(2);
  kernel.has_device = 0;
  CHECK_STATUS(devpci_open(0, &descriptor), DEVPCI_ENOENT, DEVPCI_CALL_OPEN);
  CHECK(descriptor == -1);
  fill(2);
  kernel.is_root = 0;
  CHECK_STATUS(devpci_open(1, &descriptor), DEVPCI_EACCES, DEVPCI_CALL_OPEN);
  fill(2);
  kernel.securelevel = 1;
  CHECK_STATUS(devpci_open(1, &descriptor), DEVPCI_EPERM, DEVPCI_CALL_OPEN);

  // Read-only: lists and sizes, but no configuration space, for root too.
  fill(2);
  kernel.functions[0].bars[0] = (struct played_bar){0x10, 1, 1, 0xfd000008, 0x1000000};
  descriptor = open_as(0);
  devpci_address first = {0, 0, 0, 0};
  uint32_t value = 77, done = 77;
  uint8_t bytes[64];
  int32_t attached = 77;
  devpci_bar bar = {0};
  CHECK_STATUS(devpci_get_bar(descriptor, first, 0x10, &bar), 0, DEVPCI_CALL_NONE);
  CHECK(bar.base == 0xfd000008 && bar.length == 0x1000000 && bar.is_enabled == 1);
  CHECK_STATUS(
      devpci_get_bar(descriptor, first, 0x14, &bar), DEVPCI_EINVAL, DEVPCI_CALL_GETBAR);
  CHECK_STATUS(
      devpci_read(descriptor, first, 0, 4, &value), DEVPCI_EPERM, DEVPCI_CALL_READ);
  CHECK(value == 77);
  CHECK_STATUS(devpci_read_configuration(descriptor, first, bytes, 64, &done), DEVPCI_EPERM,
      DEVPCI_CALL_READ);
  CHECK(done == 0);
  CHECK_STATUS(
      devpci_write(descriptor, first, 4, 2, 0), DEVPCI_EPERM, DEVPCI_CALL_WRITE);
  CHECK_STATUS(
      devpci_attached(descriptor, first, &attached), DEVPCI_EPERM, DEVPCI_CALL_ATTACHED);
  CHECK(attached == 77 && kernel.writes == 0);
  devpci_close(descriptor);
}

static void configuration(void) {
  fill(2);
  struct played_function *played = &kernel.functions[0];
  for (size_t index = 0; index < 4096; index++)
    played->configuration[index] = (uint8_t)(index * 7 + (index >> 8));
  int32_t descriptor = open_as(1);
  devpci_address first = {0, 0, 0, 0}, absent = {0, 9, 0, 0};
  uint32_t value = 0, done = 0;
  uint8_t bytes[4096];
  memset(bytes, 0, sizeof bytes);
  CHECK_STATUS(devpci_read_configuration(descriptor, first, bytes, 4096, &done), 0,
      DEVPCI_CALL_NONE);
  CHECK(done == 4096 && memcmp(bytes, played->configuration, 4096) == 0);
  CHECK_STATUS(devpci_read(descriptor, first, 3, 1, &value), 0, DEVPCI_CALL_NONE);
  CHECK(value == played->configuration[3]);
  CHECK_STATUS(devpci_read(descriptor, first, 0xffe, 2, &value), 0, DEVPCI_CALL_NONE);
  CHECK(value == (uint32_t)(played->configuration[0xfff] << 8 | played->configuration[0xffe]));
  // Widths, alignment and places that the kernel refuses.
  static const int wrong[][2] = {{0, 8}, {0, 3}, {0, 0}, {1, 2}, {2, 4}, {-4, 4}, {0, -1}};
  for (size_t index = 0; index < sizeof wrong / sizeof *wrong; index++)
    CHECK_STATUS(devpci_read(descriptor, first, wrong[index][0], wrong[index][1], &value),
        DEVPCI_EINVAL, DEVPCI_CALL_READ);
  CHECK_STATUS(devpci_read(descriptor, first, 4096, 4, &value), 0, DEVPCI_CALL_NONE);
  CHECK(value == 0xffffffff);
  CHECK_STATUS(
      devpci_read(descriptor, absent, 0, 4, &value), DEVPCI_ENODEV, DEVPCI_CALL_READ);
  CHECK_STATUS(devpci_read_configuration(descriptor, first, bytes, 4100, &done),
      DEVPCI_EINVAL, DEVPCI_CALL_READ);
  CHECK_STATUS(devpci_read_configuration(descriptor, first, bytes, 62, &done), DEVPCI_EINVAL,
      DEVPCI_CALL_READ);
  CHECK_STATUS(devpci_write(descriptor, first, 4, 2, 0xabcd), 0, DEVPCI_CALL_NONE);
  CHECK(played->configuration[4] == 0xcd && played->configuration[5] == 0xab);
  CHECK(played->configuration[6] == bytes[6]);
  CHECK_STATUS(devpci_write(descriptor, first, 5, 2, 0), DEVPCI_EINVAL, DEVPCI_CALL_WRITE);
  int32_t attached = 0;
  CHECK_STATUS(devpci_attached(descriptor, first, &attached), 0, DEVPCI_CALL_NONE);
  CHECK(attached == 1);
  CHECK_STATUS(devpci_attached(descriptor, absent, &attached), DEVPCI_ENODEV,
      DEVPCI_CALL_ATTACHED);
  devpci_close(descriptor);
}

static void vanishing(void) {
  fill(3);
  kernel.vanishing = 1;
  int32_t descriptor = open_as(1);
  devpci_function *functions = NULL;
  uint32_t count = 0, value = 0;
  CHECK_STATUS(devpci_list(descriptor, 0, &functions, &count), 0, DEVPCI_CALL_NONE);
  CHECK(count == 3);
  devpci_address gone = {0, 0, 0, 1}, here = {0, 0, 0, 2};
  devpci_bar bar;
  CHECK_STATUS(devpci_read(descriptor, gone, 0, 4, &value), DEVPCI_ENODEV, DEVPCI_CALL_READ);
  CHECK_STATUS(
      devpci_get_bar(descriptor, gone, 0x10, &bar), DEVPCI_ENODEV, DEVPCI_CALL_GETBAR);
  CHECK_STATUS(devpci_read(descriptor, here, 0, 4, &value), 0, DEVPCI_CALL_NONE);
  devpci_free(functions);
  devpci_close(descriptor);
}

static void vital_product_data(void) {
  fill(2);
  static const uint8_t data[] = {0, 0, 1, 4, 'c', 'a', 'r', 'd', 'S', 'N', 0, 2, '1', '2'};
  memcpy(kernel.functions[1].vpd, data, sizeof data);
  kernel.functions[1].vpd_length = sizeof data;
  int32_t descriptor = open_as(0);
  devpci_address none = {0, 0, 0, 0}, some = {0, 0, 0, 1}, absent = {1, 0, 0, 0};
  uint8_t *bytes = NULL;
  size_t length = 0;
  CHECK_STATUS(
      devpci_list_vpd(descriptor, none, &bytes, &length), DEVPCI_ENXIO, DEVPCI_CALL_LISTVPD);
  CHECK(!bytes && length == 0);
  CHECK_STATUS(devpci_list_vpd(descriptor, some, &bytes, &length), 0, DEVPCI_CALL_NONE);
  CHECK(length == sizeof data && bytes && memcmp(bytes, data, sizeof data) == 0);
  devpci_free(bytes);
  CHECK_STATUS(devpci_list_vpd(descriptor, absent, &bytes, &length), DEVPCI_ENODEV,
      DEVPCI_CALL_LISTVPD);
  devpci_close(descriptor);
}

static int sysctl_is(const char *name, const char *expected) {
  uint8_t *bytes = NULL;
  size_t length = 0;
  devpci_status status = devpci_sysctl(name, &bytes, &length);
  int is_same = status.number == 0 && length == strlen(expected)
                && memcmp(bytes, expected, length) == 0;
  if (!is_same) printf("%s: %d %.*s\n", name, status.number, (int)length, (const char *)bytes);
  devpci_free(bytes);
  return is_same;
}

static void facts(void) {
  kernel_reset();
  kernel_set_sysctl("kern.osreldate", "1500068");
  kernel_set_sysctl("kern.securelevel", "-1");
  kernel_set_sysctl("hw.physmem", "137438953472");
  kernel_set_sysctl("dev.em.0.%parent", "pci1");
  kernel_set_sysctl("dev.em.0.%location", "slot=0 function=0 dbsf=pci0:1:0:0");
  kernel_set_sysctl("empty", "");
  // A structure stays the bytes that it is.
  kernel_set_sysctl("opaque", "raw");
  kernel.sysctls[kernel.sysctl_count - 1].type = 5;
  CHECK(sysctl_is("kern.osreldate", "1500068"));
  CHECK(sysctl_is("kern.securelevel", "-1"));
  CHECK(sysctl_is("hw.physmem", "137438953472"));
  CHECK(sysctl_is("dev.em.0.%parent", "pci1"));
  CHECK(sysctl_is("dev.em.0.%location", "slot=0 function=0 dbsf=pci0:1:0:0"));
  CHECK(sysctl_is("empty", ""));
  uint8_t *bytes = NULL;
  size_t length = 0;
  CHECK_STATUS(devpci_sysctl("opaque", &bytes, &length), 0, DEVPCI_CALL_NONE);
  CHECK(length == 4 && memcmp(bytes, "raw", 4) == 0);
  devpci_free(bytes);
  CHECK_STATUS(
      devpci_sysctl("hw.vmm", &bytes, &length), DEVPCI_ENOENT, DEVPCI_CALL_SYSCTL);
  CHECK(!bytes);

  static const char environment[] = "pptdevs=10/0/1\0hint.em.2.at=pci0:11:0:0\0";
  kernel.environment = environment;
  kernel.environment_length = sizeof environment - 1;
  CHECK_STATUS(devpci_kernel_environment(&bytes, &length), 0, DEVPCI_CALL_NONE);
  CHECK(length > sizeof environment && memcmp(bytes, environment, sizeof environment) == 0);
  devpci_free(bytes);

  static const char *const mounts[] = {
      "zfs", "zroot/ROOT/default", "/", "devfs", "devfs", "/dev",
      "ufs", "/dev/ada1p2", "/data with space"};
  kernel.mounts = mounts;
  kernel.mount_count = 3;
  CHECK_STATUS(devpci_mounts(&bytes, &length), 0, DEVPCI_CALL_NONE);
  const char *next = (const char *)bytes;
  for (size_t index = 0; index < 9 && next; index++) {
    CHECK(strcmp(next, mounts[index]) == 0);
    next += strlen(next) + 1;
  }
  CHECK((size_t)(next - (const char *)bytes) == length);
  devpci_free(bytes);

  static const uint8_t routes[] = {1, 2, 3, 4, 5, 6, 7, 8};
  kernel.routes = routes;
  kernel.routes_length = sizeof routes;
  CHECK_STATUS(devpci_routes(&bytes, &length), 0, DEVPCI_CALL_NONE);
  CHECK(length == sizeof routes && memcmp(bytes, routes, length) == 0);
  devpci_free(bytes);

  static const char *const interfaces[] = {"em0", "lo0"};
  kernel.interfaces = interfaces;
  kernel.interface_count = 2;
  CHECK_STATUS(devpci_interfaces(&bytes, &length), 0, DEVPCI_CALL_NONE);
  CHECK(length == 16 && memcmp(bytes, "\1\0\0\0em0\0\2\0\0\0lo0\0", 16) == 0);
  devpci_free(bytes);
}

// A table with a checksum that adds up.
static size_t add_table(uint8_t *at, const char *signature, const uint8_t *body, size_t length) {
  memset(at, 0, 36);
  memcpy(at, signature, 4);
  at[4] = (uint8_t)(36 + length);
  memcpy(at + 36, body, length);
  uint8_t sum = 0;
  for (size_t index = 0; index < 36 + length; index++) sum = (uint8_t)(sum + at[index]);
  at[9] = (uint8_t)-sum;
  return 36 + length;
}

static void firmware(void) {
  static uint8_t memory[1024];
  static const uint8_t dmar[] = {38, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  uint8_t *bytes = NULL;
  size_t length = 0;
  for (int revision = 0; revision <= 2; revision += 2) {
    kernel_reset();
    memset(memory, 0, sizeof memory);
    kernel.memory = memory;
    kernel.memory_start = 0xf0000;
    kernel.memory_length = sizeof memory;
    kernel_set_sysctl("machdep.acpi_root", "983040");
    // The shim reads a number of eight bytes.
    kernel.sysctls[0].length = 8;
    memset(kernel.sysctls[0].value + 4, 0, 4);
    memcpy(memory, "RSD PTR ", 8);
    memory[15] = (uint8_t)revision;
    int width = revision == 2 ? 8 : 4;
    int place = revision == 2 ? 24 : 16;
    memory[place] = 0x40, memory[place + 2] = 0x0f;
    uint8_t sum = 0;
    for (int index = 0; index < 20; index++) sum = (uint8_t)(sum + memory[index]);
    memory[8] = (uint8_t)-sum;
    // The first entry points where no memory is.
    uint8_t entries[24] = {0};
    entries[3] = 0x7f;
    entries[width] = 0x00, entries[width + 1] = 0x01, entries[width + 2] = 0x0f;
    entries[2 * width] = 0x80, entries[2 * width + 1] = 0x01, entries[2 * width + 2] = 0x0f;
    add_table(memory + 0x40, revision == 2 ? "XSDT" : "RSDT", entries, (size_t)(3 * width));
    add_table(memory + 0x100, "FACP", dmar, 4);
    add_table(memory + 0x180, "DMAR", dmar, sizeof dmar);
    CHECK_STATUS(devpci_acpi_table("DMAR", &bytes, &length), 0, DEVPCI_CALL_NONE);
    CHECK(length == 48 && bytes && memcmp(bytes, "DMAR", 4) == 0 && bytes[36] == 38);
    devpci_free(bytes);
    CHECK_STATUS(devpci_acpi_table("IVRS", &bytes, &length), DEVPCI_ENOENT, DEVPCI_CALL_ACPI);
    memory[0x181 + 40] ^= 1;
    CHECK_STATUS(devpci_acpi_table("DMAR", &bytes, &length), DEVPCI_EINVAL, DEVPCI_CALL_ACPI);
    // A length that leaves memory, and one shorter than a header.
    memory[0x184] = 0xff, memory[0x185] = 0x0f;
    CHECK_STATUS(devpci_acpi_table("DMAR", &bytes, &length), 14, DEVPCI_CALL_ACPI);
    memory[0x184] = 35, memory[0x185] = 0;
    CHECK_STATUS(devpci_acpi_table("DMAR", &bytes, &length), DEVPCI_EINVAL, DEVPCI_CALL_ACPI);
    memory[0x44] = 0xff, memory[0x45] = 0xff, memory[0x46] = 0xff;
    CHECK_STATUS(
        devpci_acpi_table("DMAR", &bytes, &length), DEVPCI_EINVAL, DEVPCI_CALL_MEMORY);
    memory[0] = 'X';
    CHECK_STATUS(devpci_acpi_table("DMAR", &bytes, &length), DEVPCI_EINVAL, DEVPCI_CALL_ACPI);
    kernel.is_root = 0;
    CHECK_STATUS(
        devpci_acpi_table("DMAR", &bytes, &length), DEVPCI_EACCES, DEVPCI_CALL_MEMORY);
    CHECK(kernel.open_descriptors == 0);
  }
  kernel_reset();
  CHECK_STATUS(devpci_acpi_table("DMAR", &bytes, &length), DEVPCI_ENOENT, DEVPCI_CALL_SYSCTL);
}

// Every function that the kernel listed, as the recording's decoded lines say.
static void recording(const char *folder) {
  kernel_reset();
  kernel_load(folder);
  char path[4096], line[1024];
  snprintf(path, sizeof path, "%s/devpci.txt", folder);
  FILE *file = fopen(path, "r");
  CHECK(file != NULL);
  if (!file) return;
  int32_t descriptor = open_as(1);
  devpci_function *functions = NULL;
  uint32_t count = 0, seen = 0;
  CHECK_STATUS(devpci_list(descriptor, 8, &functions, &count), 0, DEVPCI_CALL_NONE);
  CHECK(count == kernel.count);
  while (fgets(line, sizeof line, file)) {
    unsigned domain, bus, device, number, header, subvendor, subdevice, vendor, id, class,
        revision;
    char name[32];
    unsigned long long unit;
    if (sscanf(line,
            "dev %*u sel=%u:%u:%u:%u hdr=%x sub=%x:%x id=%x:%x class=%x rev=%x name='%31[^']",
            &domain, &bus, &device, &number, &header, &subvendor, &subdevice, &vendor, &id,
            &class, &revision, name) < 11)
      continue;
    const char *quote = strstr(line, "name=''");
    if (quote) name[0] = 0;
    CHECK(sscanf(strstr(line, "unit="), "unit=%llu", &unit) == 1);
    CHECK(seen < count);
    if (seen >= count) break;
    const devpci_function *found = &functions[seen++];
    CHECK(found->domain == domain && found->bus == bus && found->device == device);
    CHECK(found->function == number && found->header_type == header);
    CHECK(found->subvendor == subvendor && found->subdevice == subdevice);
    CHECK(found->vendor == vendor && found->device_id == id && found->revision == revision);
    CHECK((unsigned)(found->base_class << 16 | found->sub_class << 8 | found->interface) == class);
    CHECK(strcmp(found->driver, name) == 0 && found->unit == unit);
    // The first eight bytes of configuration space are the identity again.
    devpci_address address = {
        found->domain, found->bus, found->device, found->function};
    uint32_t value = 0;
    CHECK_STATUS(devpci_read(descriptor, address, 0, 4, &value), 0, DEVPCI_CALL_NONE);
    CHECK(value == (uint32_t)(id << 16 | vendor));
    int32_t attached = -1;
    CHECK_STATUS(devpci_attached(descriptor, address, &attached), 0, DEVPCI_CALL_NONE);
    CHECK(attached == (name[0] != 0));
  }
  CHECK(seen == count && count > 0);
  devpci_free(functions);
  devpci_close(descriptor);
  fclose(file);
  printf("%s: %u functions, %s layout\n", folder, count, kernel.answers_128 ? "128" : "48");
}

int main(int count, char **arguments) {
  CHECK(devpci_is_supported() == 1);
  counts();
  fields();
  bad_lists();
  refusals();
  configuration();
  vanishing();
  vital_product_data();
  facts();
  firmware();
  for (int index = 1; index < count; index++) recording(arguments[index]);
  driver_control(count - 1, arguments + 1);
  files();
  kernel_reset();
  printf("freebsd-harness: %d checks, %d failed\n", checks, failures);
  return failures == 0 ? 0 : 1;
}
