// SPDX-License-Identifier: Apache-2.0

#include "Platform.h"

#if DEVPCI_SUPPORTED

#include "Layouts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
  // A busy hotplug controller settles in far fewer; a list that does not is said.
  LIST_ATTEMPTS = 16,
  DEFAULT_ENTRIES = 256,
  // Beyond any machine: a bound for a kernel, or a harness, gone wrong.
  MAXIMUM_FUNCTIONS = 1 << 20,
  MAXIMUM_VPD = 1 << 20,
};

int32_t devpci_is_supported(void) { return 1; }

devpci_status devpci_open(int32_t for_writing, int32_t *descriptor) {
  *descriptor = -1;
  int opened;
  do {
    opened = open("/dev/pci", (for_writing ? O_RDWR : O_RDONLY) | O_CLOEXEC);
  } while (opened < 0 && errno == EINTR);
  if (opened < 0) return devpci_ended(errno, DEVPCI_CALL_OPEN);
  *descriptor = opened;
  return devpci_ended(0, 0);
}

void devpci_close(int32_t descriptor) {
  if (descriptor >= 0) (void)close(descriptor);
}

void devpci_free(void *allocated) { free(allocated); }

static int32_t ask(int32_t descriptor, unsigned long request, void *argument) {
  int answer;
  do {
    answer = ioctl(descriptor, request, argument);
  } while (answer < 0 && errno == EINTR);
  return answer < 0 ? errno : 0;
}

static struct kernel_selector selector(devpci_address address) {
  struct kernel_selector made = {
      .domain = address.domain,
      .bus = address.bus,
      .device = address.device,
      .function = address.function,
  };
  return made;
}

static void translate(const uint8_t *entry, size_t entry_size, devpci_function *out) {
  struct kernel_conf_head head;
  memcpy(&head, entry, sizeof head);
  memset(out, 0, sizeof *out);
  out->domain = head.selector.domain;
  out->bus = head.selector.bus;
  out->device = head.selector.device;
  out->function = head.selector.function;
  out->header_type = head.header_type & 0x7f;
  out->vendor = head.vendor;
  out->device_id = head.device_id;
  out->subvendor = head.subvendor;
  out->subdevice = head.subdevice;
  out->base_class = head.base_class;
  out->sub_class = head.sub_class;
  out->interface = head.interface;
  out->revision = head.revision;
  out->unit = head.unit;
  memcpy(out->driver, head.name, sizeof head.name);
  out->driver[sizeof head.name] = 0;
  if (entry_size != sizeof(struct kernel_conf_128)) return;
  struct kernel_conf_128 whole;
  memcpy(&whole, entry, sizeof whole);
  if (whole.reported_length >= offsetof(struct kernel_conf_128, reported_length)) {
    // The kernel says -1 where the firmware names no domain.
    out->has_numa_domain = whole.numa_domain >= 0;
    out->numa_domain = whole.numa_domain;
  }
  int is_bridge = out->header_type == 1 || out->header_type == 2;
  if (is_bridge && whole.reported_length >= offsetof(struct kernel_conf_128, spare)) {
    out->has_buses = 1;
    out->secondary_bus = whole.secondary_bus;
    out->subordinate_bus = whole.subordinate_bus;
  }
}

struct growing_list {
  devpci_function *functions;
  uint32_t count, capacity;
};

static int32_t append(
    struct growing_list *list, const uint8_t *entries, uint32_t count, size_t entry_size) {
  if (count > MAXIMUM_FUNCTIONS - list->count) return EFBIG;
  if (list->count + count > list->capacity) {
    uint32_t capacity = list->capacity ? list->capacity * 2 : DEFAULT_ENTRIES;
    while (capacity < list->count + count) capacity *= 2;
    devpci_function *grown = realloc(list->functions, capacity * sizeof *grown);
    if (!grown) return ENOMEM;
    list->functions = grown;
    list->capacity = capacity;
  }
  for (uint32_t index = 0; index < count; index++)
    translate(entries + index * entry_size, entry_size, &list->functions[list->count++]);
  return 0;
}

/// Reads the list with one of the two requests.
///
/// *is_refused tells that the kernel does not know the request.
static devpci_status list_with(
    int32_t descriptor, unsigned long request, size_t entry_size, uint32_t entries,
    struct growing_list *list, int *is_refused) {
  uint8_t *buffer = calloc(entries, entry_size);
  if (!buffer) return devpci_ended(ENOMEM, DEVPCI_CALL_ALLOCATE);
  devpci_status status = devpci_ended(EBUSY, DEVPCI_CALL_LIST_UNSETTLED);
  uint32_t offset = 0, generation = 0;
  int attempts = 0;
  *is_refused = 0;
  list->count = 0;
  for (;;) {
    struct kernel_conf_io io = {
        .match_length = (uint32_t)(entries * entry_size),
        .matches = buffer,
        .offset = offset,
        .generation = generation,
    };
    int32_t number = ask(descriptor, request, &io);
    if (number != 0) {
      // ENOTTY on a read-write descriptor; a read-only one answers every
      // request that it does not know to be harmless with EPERM (12.1 and 15).
      *is_refused = list->count == 0 && attempts == 0
                    && (number == ENOTTY || number == ENODEV || number == EPERM);
      status = devpci_ended(number, DEVPCI_CALL_GETCONF);
      break;
    }
    if (io.status == GETCONF_LIST_CHANGED) {
      if (++attempts == LIST_ATTEMPTS) break;
      offset = generation = list->count = 0;
      continue;
    }
    if (io.status != GETCONF_LAST_DEVICE && io.status != GETCONF_MORE_DEVS) {
      status = devpci_ended(EIO, DEVPCI_CALL_GETCONF);
      break;
    }
    if (io.match_count > entries) {
      status = devpci_ended(EOVERFLOW, DEVPCI_CALL_LIST_TOO_LONG);
      break;
    }
    number = append(list, buffer, io.match_count, entry_size);
    if (number != 0) {
      status = devpci_ended(
          number, number == ENOMEM ? DEVPCI_CALL_ALLOCATE : DEVPCI_CALL_LIST_TOO_LONG);
      break;
    }
    if (io.status == GETCONF_LAST_DEVICE) {
      status = devpci_ended(0, 0);
      break;
    }
    // More, but none given: asking again would never end.
    if (io.match_count == 0) {
      status = devpci_ended(EIO, DEVPCI_CALL_LIST_STALLED);
      break;
    }
    offset = io.offset;
    generation = io.generation;
  }
  free(buffer);
  return status;
}

devpci_status devpci_list(
    int32_t descriptor, uint32_t entries_per_call, devpci_function **functions,
    uint32_t *count) {
  *functions = NULL;
  *count = 0;
  uint32_t entries = entries_per_call == 0 ? DEFAULT_ENTRIES : entries_per_call;
  if (entries > MAXIMUM_FUNCTIONS) entries = MAXIMUM_FUNCTIONS;
  struct growing_list list = {0};
  int is_refused = 0;
  devpci_status status = list_with(
      descriptor, REQUEST_GETCONF_128, sizeof(struct kernel_conf_128), entries, &list,
      &is_refused);
  if (is_refused) {
    status = list_with(
        descriptor, REQUEST_GETCONF_48, sizeof(struct kernel_conf_head), entries, &list,
        &is_refused);
    if (is_refused) status.call = DEVPCI_CALL_NO_KNOWN_LAYOUT;
  }
  if (status.number != 0) {
    free(list.functions);
    return status;
  }
  *functions = list.functions;
  *count = list.count;
  return status;
}

static devpci_status configuration(
    int32_t descriptor, unsigned long request, int32_t call, devpci_address address,
    int32_t offset, int32_t width, uint32_t *value) {
  struct kernel_io io = {
      .selector = selector(address), .offset = offset, .width = width, .data = *value};
  int32_t number = ask(descriptor, request, &io);
  if (number == 0) *value = io.data;
  return devpci_ended(number, call);
}

devpci_status devpci_read(
    int32_t descriptor, devpci_address address, int32_t offset, int32_t width,
    uint32_t *value) {
  uint32_t read = 0;
  devpci_status status = configuration(
      descriptor, REQUEST_READ, DEVPCI_CALL_READ, address, offset, width, &read);
  if (status.number == 0) {
    if (width == 1) read &= 0xff;
    if (width == 2) read &= 0xffff;
    *value = read;
  }
  return status;
}

devpci_status devpci_write(
    int32_t descriptor, devpci_address address, int32_t offset, int32_t width, uint32_t value) {
  return configuration(
      descriptor, REQUEST_WRITE, DEVPCI_CALL_WRITE, address, offset, width, &value);
}

devpci_status devpci_read_configuration(
    int32_t descriptor, devpci_address address, uint8_t *bytes, uint32_t length,
    uint32_t *done) {
  *done = 0;
  if (length > 4096 || length % 4 != 0) return devpci_ended(EINVAL, DEVPCI_CALL_READ);
  for (uint32_t offset = 0; offset < length; offset += 4) {
    uint32_t value = 0;
    devpci_status status = devpci_read(descriptor, address, (int32_t)offset, 4, &value);
    if (status.number != 0) return status;
    for (uint32_t index = 0; index < 4; index++)
      bytes[offset + index] = (uint8_t)(value >> (8 * index));
    *done = offset + 4;
  }
  return devpci_ended(0, 0);
}

devpci_status devpci_get_bar(
    int32_t descriptor, devpci_address address, int32_t offset, devpci_bar *bar) {
  struct kernel_bar_io io = {.selector = selector(address), .offset = offset};
  int32_t number = ask(descriptor, REQUEST_GETBAR, &io);
  if (number == 0) {
    bar->base = io.base;
    bar->length = io.length;
    bar->is_enabled = io.is_enabled != 0;
  }
  return devpci_ended(number, DEVPCI_CALL_GETBAR);
}

devpci_status devpci_list_vpd(
    int32_t descriptor, devpci_address address, uint8_t **bytes, size_t *length) {
  *bytes = NULL;
  *length = 0;
  // Asked with no room, the kernel answers how much it takes.
  struct kernel_vpd_io io = {.selector = selector(address)};
  int32_t number = ask(descriptor, REQUEST_LISTVPD, &io);
  if (number != 0) return devpci_ended(number, DEVPCI_CALL_LISTVPD);
  if (io.length == 0) return devpci_ended(ENXIO, DEVPCI_CALL_LISTVPD);
  if (io.length > MAXIMUM_VPD) return devpci_ended(EOVERFLOW, DEVPCI_CALL_LISTVPD);
  size_t room = io.length;
  uint8_t *buffer = calloc(1, room);
  if (!buffer) return devpci_ended(ENOMEM, DEVPCI_CALL_ALLOCATE);
  io.selector = selector(address);
  io.data = buffer;
  number = ask(descriptor, REQUEST_LISTVPD, &io);
  if (number == 0 && io.length > room) number = EOVERFLOW;
  if (number != 0) {
    free(buffer);
    return devpci_ended(number, DEVPCI_CALL_LISTVPD);
  }
  *bytes = buffer;
  *length = io.length;
  return devpci_ended(0, 0);
}

devpci_status devpci_attached(
    int32_t descriptor, devpci_address address, int32_t *is_attached) {
  uint32_t value = 0;
  devpci_status status = configuration(
      descriptor, REQUEST_ATTACHED, DEVPCI_CALL_ATTACHED, address, 0, 0, &value);
  if (status.number == 0) *is_attached = value != 0;
  return status;
}

#endif
