// SPDX-License-Identifier: Apache-2.0
//
// The calls that the shim's object makes, under the names that the build gives
// them (freebsd_open for open), answered as FreeBSD's kernel answers.

#include "kernel.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  F_EPERM = 1, F_ENOENT = 2, F_EINTR = 4, F_EIO = 5, F_ENXIO = 6, F_EBADF = 9, F_ENOMEM = 12,
  F_EACCES = 13, F_EFAULT = 14, F_EEXIST = 17, F_ENODEV = 19, F_EINVAL = 22, F_ENOTTY = 25,
  OPEN_WRITING = 2,
  // Descriptors of this kernel: bit 0 says that it was opened for writing.
  DESCRIPTOR_PCI = 1000, DESCRIPTOR_MEMORY = 2000, DESCRIPTOR_CONTROL = 3000,
};

struct played_kernel kernel;
static int last_error;

int *freebsd___error(void) { return &last_error; }

static int fail(int number) {
  last_error = number;
  return -1;
}

static uint64_t get(const uint8_t *bytes, size_t width) {
  uint64_t value = 0;
  for (size_t index = width; index > 0; index--) value = value << 8 | bytes[index - 1];
  return value;
}

static void put(uint8_t *bytes, size_t width, uint64_t value) {
  for (size_t index = 0; index < width; index++) bytes[index] = (uint8_t)(value >> (8 * index));
}

int freebsd_open(const char *path, int flags, ...) {
  if (kernel.interruptions > 0) {
    kernel.interruptions--;
    return fail(F_EINTR);
  }
  int is_writing = (flags & 3) == OPEN_WRITING;
  if (strcmp(path, "/dev/mem") == 0) {
    if (!kernel.is_root) return fail(F_EACCES);
    kernel.open_descriptors++;
    return DESCRIPTOR_MEMORY;
  }
  if (strcmp(path, "/dev/devctl2") == 0) {
    // root:wheel 0600.
    if (!kernel.has_control) return fail(F_ENOENT);
    if (!kernel.is_root) return fail(F_EACCES);
    kernel.open_descriptors++;
    return DESCRIPTOR_CONTROL;
  }
  if (strcmp(path, "/dev/pci") != 0 || !kernel.has_device) return fail(F_ENOENT);
  if (is_writing && !kernel.is_root) return fail(F_EACCES);
  if (is_writing && kernel.securelevel > 0) return fail(F_EPERM);
  kernel.open_descriptors++;
  return DESCRIPTOR_PCI + is_writing;
}

int freebsd_close(int descriptor) {
  (void)descriptor;
  if (kernel.open_descriptors == 0) return fail(F_EBADF);
  kernel.open_descriptors--;
  return 0;
}

static int getconf(uint8_t *io, size_t entry_size) {
  kernel.getconf_calls++;
  uint32_t patterns = (uint32_t)get(io + 4, 4), patterns_length = (uint32_t)get(io, 4);
  uint32_t room = (uint32_t)get(io + 16, 4) / (uint32_t)entry_size;
  uint8_t *matches = (uint8_t *)(uintptr_t)get(io + 24, 8);
  uint32_t offset = (uint32_t)get(io + 32, 4), generation = (uint32_t)get(io + 36, 4);
  put(io + 20, 4, 0);
  if (kernel.interruptions > 0) {
    kernel.interruptions--;
    return fail(F_EINTR);
  }
  if (kernel.reports_error) {
    put(io + 40, 4, 3);
    return 0;
  }
  // A pattern count at or above the number of functions is taken for a mistake.
  if (patterns_length != patterns * 56 || (patterns != 0 && patterns >= kernel.count)) {
    put(io + 40, 4, 3);
    return fail(F_EINVAL);
  }
  if (kernel.changes > 0 && offset != 0) {
    kernel.changes--;
    kernel.generation++;
  }
  if (offset != 0 && generation != kernel.generation) {
    put(io + 40, 4, 1);
    return 0;
  }
  put(io + 36, 4, kernel.generation);
  if (offset >= kernel.count) {
    put(io + 40, 4, 0);
    return 0;
  }
  uint32_t given = 0;
  while (offset < kernel.count && given < room && !kernel.stalls) {
    const struct played_function *function = &kernel.functions[offset++];
    if (function->is_gone) continue;
    // memcpy checks, under the sanitizer, that the shim's buffer holds it.
    memcpy(matches + given * entry_size, function->entry, entry_size);
    given++;
  }
  put(io + 20, 4, kernel.overclaims ? room + 1 : given);
  put(io + 32, 4, offset);
  put(io + 40, 4, offset < kernel.count ? 2 : 0);
  if (offset >= kernel.count && kernel.vanishing >= 0) {
    kernel.functions[kernel.vanishing].is_gone = 1;
    kernel.vanishing = -1;
  }
  return 0;
}

static struct played_function *find(const uint8_t *selector) {
  for (size_t index = 0; index < kernel.count; index++) {
    struct played_function *function = &kernel.functions[index];
    if (!function->is_gone && function->domain == get(selector, 4)
        && function->bus == selector[4] && function->device == selector[5]
        && function->function == selector[6])
      return function;
  }
  return NULL;
}

static int configuration(uint8_t *io, int is_writing) {
  kernel.read_calls++;
  struct played_function *function = find(io);
  int32_t reg = (int32_t)get(io + 8, 4), width = (int32_t)get(io + 12, 4);
  if ((width != 1 && width != 2 && width != 4) || reg < 0 || reg % width != 0)
    return fail(F_EINVAL);
  if (!function) return fail(F_ENODEV);
  if (is_writing) {
    kernel.writes++;
    if (reg + width <= 4096) put(function->configuration + reg, (size_t)width, get(io + 16, 4));
    return 0;
  }
  // Past the end the kernel reads all ones, without an error.
  uint64_t value =
      reg + width <= 4096 ? get(function->configuration + reg, (size_t)width) : 0xffffffff;
  put(io + 16, 4, value);
  return 0;
}

static int bar(uint8_t *io) {
  kernel.bar_calls++;
  struct played_function *function = find(io);
  if (!function) return fail(F_ENODEV);
  for (size_t index = 0; index < 7; index++) {
    const struct played_bar *bar = &function->bars[index];
    if (!bar->is_there || bar->reg != (int32_t)get(io + 8, 4)) continue;
    put(io + 12, 4, (uint64_t)bar->is_enabled);
    put(io + 16, 8, bar->base);
    put(io + 24, 8, bar->length);
    return 0;
  }
  return fail(F_EINVAL);
}

static int vpd(uint8_t *io) {
  kernel.vpd_calls++;
  struct played_function *function = find(io);
  if (!function) return fail(F_ENODEV);
  if (function->vpd_length == 0) return fail(F_ENXIO);
  size_t room = (size_t)get(io + 8, 8);
  put(io + 8, 8, function->vpd_length);
  if (room == 0) return 0;
  if (room < function->vpd_length) return fail(F_ENOMEM);
  memcpy((void *)(uintptr_t)get(io + 16, 8), function->vpd, function->vpd_length);
  return 0;
}

int freebsd_ioctl(int descriptor, unsigned long request, ...) {
  va_list arguments;
  va_start(arguments, request);
  uint8_t *io = va_arg(arguments, uint8_t *);
  va_end(arguments);
  kernel.ioctl_calls++;
  if (descriptor == DESCRIPTOR_CONTROL) {
    if (kernel.control_interruptions > 0) {
      kernel.control_interruptions--;
      return fail(F_EINTR);
    }
    if (kernel.witness) kernel.witness(0);
    int error = kernel_control(request, io);
    if (kernel.witness) kernel.witness(1);
    return error ? fail(error) : 0;
  }
  int is_writing = descriptor == DESCRIPTOR_PCI + 1;
  if (descriptor != DESCRIPTOR_PCI && !is_writing) return fail(F_EBADF);
  // Without write access the kernel answers three requests and refuses every
  // other one with EPERM, those it does not know among them.
  switch (request) {
  case 0xC0307005: if (kernel.answers_48) return getconf(io, 48); break;
  case 0xC030700A: if (kernel.answers_128) return getconf(io, 128); break;
  case 0xC0207006: return bar(io);
  case 0xC0187007: return vpd(io);
  case 0xC0147002: if (is_writing) return configuration(io, 0); break;
  case 0xC0147003: if (is_writing) return configuration(io, 1); break;
  case 0xC0147004:
    if (is_writing) {
      const struct played_function *function = find(io);
      if (!function) return fail(F_ENODEV);
      put(io + 16, 4, (uint64_t)function->is_attached);
      return 0;
    }
    break;
  default: break;
  }
  return fail(is_writing ? F_ENOTTY : F_EPERM);
}

int freebsd_modfind(const char *name) {
  if (strncmp(name, "pci/", 4) == 0 && kernel_has_driver(name + 4)) return 77;
  return fail(F_ENOENT);
}

int freebsd_kldload(const char *file) {
  // PRIV_KLD_LOAD, and securelevel_gt(0) (sys/kern/kern_linker.c, kern_kldload).
  if (!kernel.is_root || kernel.is_jail || kernel.securelevel > 0) return fail(F_EPERM);
  if (strcmp(file, "vmm") != 0) return fail(F_ENOENT);
  if (kernel_has_driver("ppt")) return fail(F_EEXIST);
  if (kernel.vmm_error) return fail(kernel.vmm_error);
  if (kernel.witness) kernel.witness(0);
  kernel_add_driver("ppt");
  if (kernel.witness) kernel.witness(1);
  return 5;
}

// Names become {1000, index}; {0, 4, 1000, index} asks for the type.
int freebsd_sysctlnametomib(const char *name, int *numbers, size_t *count) {
  for (size_t index = 0; index < kernel.sysctl_count; index++) {
    if (strcmp(kernel.sysctls[index].name, name) != 0) continue;
    if (*count < 2) return fail(F_ENOMEM);
    numbers[0] = 1000;
    numbers[1] = (int)index;
    *count = 2;
    return 0;
  }
  return fail(F_ENOENT);
}

static int hand_over(const uint8_t *value, size_t length, void *out, size_t *room) {
  if (!out) {
    *room = length;
    return 0;
  }
  size_t given = *room < length ? *room : length;
  if (given) memcpy(out, value, given);
  *room = given;
  return given < length ? fail(F_ENOMEM) : 0;
}

int freebsd_sysctl(
    const int *name, unsigned count, void *out, size_t *room, const void *in, size_t in_length) {
  if (in || in_length) return fail(F_EPERM);
  // CTL_NET, PF_ROUTE, 0, 0, NET_RT_DUMP, 0.
  if (count == 6 && name[0] == 4 && name[1] == 17 && name[4] == 1)
    return hand_over(kernel.routes, kernel.routes_length, out, room);
  int asks_type = count == 4 && name[0] == 0 && name[1] == 4;
  const int *rest = asks_type ? name + 2 : name;
  if ((!asks_type && count != 2) || rest[0] != 1000
      || rest[1] < 0 || (size_t)rest[1] >= kernel.sysctl_count)
    return fail(F_ENOENT);
  const struct played_sysctl *sysctl = &kernel.sysctls[rest[1]];
  if (!asks_type) return hand_over(sysctl->value, sysctl->length, out, room);
  uint8_t kind[8] = {0};
  // CTLFLAG_RD beside the type; then the format, which nobody here reads.
  put(kind, 4, 0x80000000u | sysctl->type);
  kind[4] = sysctl->type == 3 ? 'A' : 'I';
  return hand_over(kind, sizeof kind, out, room);
}

int freebsd_sysctlbyname(
    const char *name, void *out, size_t *room, const void *in, size_t in_length) {
  int numbers[2];
  size_t count = 2;
  if (freebsd_sysctlnametomib(name, numbers, &count) != 0) return -1;
  return freebsd_sysctl(numbers, 2, out, room, in, in_length);
}

int freebsd_kenv(int action, const char *name, char *value, int length) {
  (void)name;
  if (action != 3) return fail(F_EINVAL);
  if (!value || (size_t)length < kernel.environment_length)
    return (int)kernel.environment_length;
  if (kernel.environment_length) memcpy(value, kernel.environment, kernel.environment_length);
  return 0;
}

int freebsd_getfsstat(void *list, long size, int mode) {
  // struct statfs since FreeBSD 12 is 2,344 bytes long.
  enum { LENGTH = 2344, TYPE = 280, SOURCE = 296, DIRECTORY = 1320, NAME_LENGTH = 1024 };
  (void)mode;
  if (!list) return (int)kernel.mount_count;
  size_t room = (size_t)size / LENGTH;
  size_t given = room < kernel.mount_count ? room : kernel.mount_count;
  for (size_t index = 0; index < given; index++) {
    uint8_t *entry = (uint8_t *)list + index * LENGTH;
    memset(entry, 0, LENGTH);
    snprintf((char *)entry + TYPE, 16, "%s", kernel.mounts[3 * index]);
    snprintf((char *)entry + SOURCE, NAME_LENGTH, "%s", kernel.mounts[3 * index + 1]);
    snprintf((char *)entry + DIRECTORY, NAME_LENGTH, "%s", kernel.mounts[3 * index + 2]);
  }
  return (int)given;
}

struct name_index {
  unsigned index;
  const char *name;
};

struct name_index *freebsd_if_nameindex(void) {
  struct name_index *list = calloc(kernel.interface_count + 1, sizeof *list);
  if (!list) {
    last_error = F_ENOMEM;
    return NULL;
  }
  for (size_t index = 0; index < kernel.interface_count; index++) {
    list[index].index = (unsigned)index + 1;
    list[index].name = kernel.interfaces[index];
  }
  return list;
}

void freebsd_if_freenameindex(struct name_index *list) { free(list); }

long freebsd_pread(int descriptor, void *out, size_t length, int64_t offset) {
  if (descriptor != DESCRIPTOR_MEMORY) return fail(F_EBADF);
  uint64_t start = (uint64_t)offset;
  if (start < kernel.memory_start || start - kernel.memory_start >= kernel.memory_length)
    return fail(F_EFAULT);
  size_t at = (size_t)(start - kernel.memory_start);
  size_t left = kernel.memory_length - at;
  // In small pieces, as a driver may.
  size_t given = length < left ? length : left;
  if (given > 16) given = 16;
  memcpy(out, kernel.memory + at, given);
  return (long)given;
}

