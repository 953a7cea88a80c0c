// SPDX-License-Identifier: Apache-2.0
//
// Sysctls, the kernel environment, mounts, routes and interfaces.

#include "Platform.h"

#if DEVPCI_SUPPORTED

#include <sys/types.h>

#include <errno.h>
#include <inttypes.h>
#include <kenv.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/param.h>
#include <sys/socket.h>
#include <sys/sysctl.h>

enum {
  // The mesh of a machine with hundreds of disks is some megabytes.
  MAXIMUM_ANSWER = 1 << 26,
  ATTEMPTS = 8,
};

/// Fetches a sysctl whose size can grow between asking for it and reading it.
static int32_t fetch(const int *name, unsigned count, uint8_t **bytes, size_t *length) {
  for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
    size_t room = 0;
    if (sysctl(name, count, NULL, &room, NULL, 0) != 0) return errno;
    if (room > MAXIMUM_ANSWER) return EFBIG;
    room += room / 8 + 64;
    uint8_t *buffer = calloc(1, room);
    if (!buffer) return ENOMEM;
    size_t got = room;
    if (sysctl(name, count, buffer, &got, NULL, 0) == 0) {
      *bytes = buffer;
      *length = got < room ? got : room;
      return 0;
    }
    int number = errno;
    free(buffer);
    if (number != ENOMEM) return number;
  }
  return ENOMEM;
}

/// The type of a sysctl: CTLTYPE_*, from what the kernel says of its format.
static unsigned type_of(const int *name, size_t count) {
  // {0, 4} asks for kind and format: sysctl(3) does not document it, sysctl(8)
  // is made of it (sys/kern/kern_sysctl.c, sysctl_sysctl_oidfmt).
  int question[CTL_MAXNAME + 2] = {0, 4};
  uint8_t answer[256];
  size_t length = sizeof answer;
  uint32_t kind;
  memcpy(question + 2, name, count * sizeof *name);
  if (sysctl(question, (unsigned)count + 2, answer, &length, NULL, 0) != 0
      || length < sizeof kind)
    return 0;
  memcpy(&kind, answer, sizeof kind);
  return kind & CTLTYPE;
}

/// Writes the number that the bytes hold as text; 0 where they hold none.
static int number_text(unsigned type, const uint8_t *bytes, size_t length, char *text, size_t room) {
  int is_signed = 1;
  size_t width;
  switch (type) {
  case CTLTYPE_INT: width = 4; break;
  case CTLTYPE_UINT: width = 4; is_signed = 0; break;
  case CTLTYPE_LONG: width = 8; break;
  case CTLTYPE_ULONG: width = 8; is_signed = 0; break;
  case CTLTYPE_S8: width = 1; break;
  case CTLTYPE_U8: width = 1; is_signed = 0; break;
  case CTLTYPE_S16: width = 2; break;
  case CTLTYPE_U16: width = 2; is_signed = 0; break;
  case CTLTYPE_S32: width = 4; break;
  case CTLTYPE_U32: width = 4; is_signed = 0; break;
  case CTLTYPE_S64: width = 8; break;
  case CTLTYPE_U64: width = 8; is_signed = 0; break;
  default: return 0;
  }
  if (length < width) return 0;
  uint64_t value = 0;
  for (size_t index = width; index > 0; index--) value = value << 8 | bytes[index - 1];
  if (!is_signed) {
    (void)snprintf(text, room, "%" PRIu64, value);
  } else {
    uint64_t sign = (uint64_t)1 << (8 * width - 1);
    (void)snprintf(text, room, "%" PRId64, (int64_t)((value ^ sign) - sign));
  }
  return 1;
}

devpci_status devpci_sysctl(const char *name, uint8_t **bytes, size_t *length) {
  *bytes = NULL;
  *length = 0;
  int numbers[CTL_MAXNAME];
  size_t count = CTL_MAXNAME;
  if (sysctlnametomib(name, numbers, &count) != 0)
    return devpci_ended(errno, DEVPCI_CALL_SYSCTL);
  int32_t number = fetch(numbers, (unsigned)count, bytes, length);
  if (number != 0) return devpci_ended(number, DEVPCI_CALL_SYSCTL);
  unsigned type = type_of(numbers, count);
  char text[32];
  if (number_text(type, *bytes, *length, text, sizeof text)) {
    // fetch leaves at least 64 bytes of room.
    *length = strlen(text);
    memcpy(*bytes, text, *length);
  } else if (type == CTLTYPE_STRING) {
    *length = strnlen((const char *)*bytes, *length);
  }
  return devpci_ended(0, 0);
}

devpci_status devpci_kernel_environment(uint8_t **bytes, size_t *length) {
  *bytes = NULL;
  *length = 0;
  for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
    int needed = kenv(KENV_DUMP, NULL, NULL, 0);
    if (needed < 0) return devpci_ended(errno, DEVPCI_CALL_KENV);
    int room = needed + 256;
    uint8_t *buffer = calloc(1, (size_t)room);
    if (!buffer) return devpci_ended(ENOMEM, DEVPCI_CALL_ALLOCATE);
    int still_needed = kenv(KENV_DUMP, NULL, (char *)buffer, room);
    if (still_needed < 0) {
      int number = errno;
      free(buffer);
      return devpci_ended(number, DEVPCI_CALL_KENV);
    }
    if (still_needed <= room) {
      *bytes = buffer;
      *length = (size_t)room;
      return devpci_ended(0, 0);
    }
    free(buffer);
  }
  return devpci_ended(ENOMEM, DEVPCI_CALL_KENV);
}

struct text {
  uint8_t *bytes;
  size_t length, capacity;
};

static int32_t add(struct text *text, const void *bytes, size_t length) {
  if (length > MAXIMUM_ANSWER - text->length) return EFBIG;
  if (text->length + length > text->capacity) {
    size_t capacity = text->capacity * 2 + length + 256;
    uint8_t *grown = realloc(text->bytes, capacity);
    if (!grown) return ENOMEM;
    text->bytes = grown;
    text->capacity = capacity;
  }
  memcpy(text->bytes + text->length, bytes, length);
  text->length += length;
  return 0;
}

static devpci_status finish(
    struct text *text, int32_t number, int32_t call, uint8_t **bytes, size_t *length) {
  if (number != 0) {
    free(text->bytes);
    return devpci_ended(number, call);
  }
  *bytes = text->bytes;
  *length = text->length;
  return devpci_ended(0, 0);
}

devpci_status devpci_mounts(uint8_t **bytes, size_t *length) {
  *bytes = NULL;
  *length = 0;
  int count = getfsstat(NULL, 0, MNT_NOWAIT);
  if (count < 0) return devpci_ended(errno, DEVPCI_CALL_GETFSSTAT);
  size_t room = (size_t)count + 16;
  struct statfs *list = calloc(room, sizeof *list);
  if (!list) return devpci_ended(ENOMEM, DEVPCI_CALL_ALLOCATE);
  count = getfsstat(list, (long)(room * sizeof *list), MNT_NOWAIT);
  int32_t number = count < 0 ? errno : 0;
  struct text text = {0};
  for (int index = 0; index < count && number == 0; index++) {
    const char *parts[3] = {
        list[index].f_fstypename, list[index].f_mntfromname, list[index].f_mntonname};
    size_t rooms[3] = {
        sizeof list[index].f_fstypename, sizeof list[index].f_mntfromname,
        sizeof list[index].f_mntonname};
    for (int part = 0; part < 3 && number == 0; part++) {
      number = add(&text, parts[part], strnlen(parts[part], rooms[part]));
      if (number == 0) number = add(&text, "", 1);
    }
  }
  free(list);
  return finish(&text, number, DEVPCI_CALL_GETFSSTAT, bytes, length);
}

devpci_status devpci_routes(uint8_t **bytes, size_t *length) {
  *bytes = NULL;
  *length = 0;
  const int name[6] = {CTL_NET, PF_ROUTE, 0, 0, 1 /* NET_RT_DUMP */, 0};
  return devpci_ended(fetch(name, 6, bytes, length), DEVPCI_CALL_SYSCTL);
}

devpci_status devpci_interfaces(uint8_t **bytes, size_t *length) {
  *bytes = NULL;
  *length = 0;
  struct if_nameindex *list = if_nameindex();
  if (!list) return devpci_ended(errno, DEVPCI_CALL_SYSCTL);
  struct text text = {0};
  int32_t number = 0;
  for (struct if_nameindex *next = list; next->if_name && number == 0; next++) {
    uint8_t index[4];
    for (int part = 0; part < 4; part++) index[part] = (uint8_t)(next->if_index >> (8 * part));
    number = add(&text, index, sizeof index);
    if (number == 0) number = add(&text, next->if_name, strlen(next->if_name) + 1);
  }
  if_freenameindex(list);
  return finish(&text, number, DEVPCI_CALL_SYSCTL, bytes, length);
}

#endif
