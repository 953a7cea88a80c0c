// SPDX-License-Identifier: Apache-2.0
//
// ACPI tables out of physical memory, as acpidump(8) reads them. ACPI
// Specification 6.5, sections 5.2.5 to 5.2.8.

#include "Platform.h"

#if DEVPCI_SUPPORTED

#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysctl.h>
#include <unistd.h>

enum {
  HEADER_LENGTH = 36,
  MAXIMUM_TABLE = 1 << 20,
  MAXIMUM_TABLES = 1024,
};

static uint64_t number_at(const uint8_t *bytes, size_t width) {
  uint64_t value = 0;
  for (size_t index = width; index > 0; index--) value = value << 8 | bytes[index - 1];
  return value;
}

static int32_t read_physical(int descriptor, uint64_t address, uint8_t *bytes, size_t length) {
  size_t done = 0;
  if (address > INT64_MAX - length) return EINVAL;
  while (done < length) {
    ssize_t got = pread(descriptor, bytes + done, length - done, (off_t)(address + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) return EIO;
    done += (size_t)got;
  }
  return 0;
}

static int sums_to_zero(const uint8_t *bytes, size_t length) {
  uint8_t sum = 0;
  for (size_t index = 0; index < length; index++) sum = (uint8_t)(sum + bytes[index]);
  return sum == 0;
}

/// Reads the table at an address; EINVAL where what is there is none.
static int32_t read_table(int descriptor, uint64_t address, uint8_t **bytes, size_t *length) {
  uint8_t header[HEADER_LENGTH];
  int32_t number = read_physical(descriptor, address, header, sizeof header);
  if (number != 0) return number;
  uint64_t size = number_at(header + 4, 4);
  if (size < HEADER_LENGTH || size > MAXIMUM_TABLE) return EINVAL;
  uint8_t *table = malloc((size_t)size);
  if (!table) return ENOMEM;
  number = read_physical(descriptor, address, table, (size_t)size);
  if (number == 0 && !sums_to_zero(table, (size_t)size)) number = EINVAL;
  if (number != 0) {
    free(table);
    return number;
  }
  *bytes = table;
  *length = (size_t)size;
  return 0;
}

devpci_status devpci_acpi_table(const char *signature, uint8_t **bytes, size_t *length) {
  *bytes = NULL;
  *length = 0;
  unsigned long root = 0;
  size_t size = sizeof root;
  if (sysctlbyname("machdep.acpi_root", &root, &size, NULL, 0) != 0)
    return devpci_ended(errno, DEVPCI_CALL_SYSCTL);
  if (root == 0) return devpci_ended(ENOENT, DEVPCI_CALL_ACPI);
  int descriptor = open("/dev/mem", O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return devpci_ended(errno, DEVPCI_CALL_MEMORY);

  uint8_t pointer[36] = {0};
  uint8_t *list = NULL;
  size_t list_length = 0, entry_width = 4;
  int32_t call = DEVPCI_CALL_MEMORY;
  int32_t number = read_physical(descriptor, root, pointer, 20);
  if (number == 0 && (memcmp(pointer, "RSD PTR ", 8) != 0 || !sums_to_zero(pointer, 20))) {
    number = EINVAL;
    call = DEVPCI_CALL_ACPI;
  }
  if (number == 0) {
    uint64_t address = number_at(pointer + 16, 4);
    if (pointer[15] >= 2) {
      number = read_physical(descriptor, root, pointer, sizeof pointer);
      if (number == 0 && number_at(pointer + 24, 8) != 0) {
        address = number_at(pointer + 24, 8);
        entry_width = 8;
      }
    }
    if (number == 0) number = read_table(descriptor, address, &list, &list_length);
  }
  if (number == 0) {
    size_t count = (list_length - HEADER_LENGTH) / entry_width;
    if (count > MAXIMUM_TABLES) count = MAXIMUM_TABLES;
    number = ENOENT;
    call = DEVPCI_CALL_ACPI;
    for (size_t index = 0; index < count && number == ENOENT; index++) {
      uint64_t address = number_at(list + HEADER_LENGTH + index * entry_width, entry_width);
      uint8_t name[4];
      // A table that cannot be read is not the one asked for.
      if (read_physical(descriptor, address, name, sizeof name) == 0
          && memcmp(name, signature, sizeof name) == 0)
        number = read_table(descriptor, address, bytes, length);
    }
  }
  free(list);
  (void)close(descriptor);
  return devpci_ended(number, call);
}

#endif
