// SPDX-License-Identifier: Apache-2.0
//
// The kernel's side of /dev/devctl2: devices, the drivers that bid for them, and
// units, as sys/kern/subr_bus.c of FreeBSD 12.1 and later keeps them. Offsets and
// requests are numbers here, as in kernel.c.

#include "kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  F_EPERM = 1, F_ENOENT = 2, F_ENXIO = 6, F_EFAULT = 14, F_EBUSY = 16, F_EINVAL = 22,
  F_ENOTTY = 25, F_ENAMETOOLONG = 63,
  NAME = 22, UNIT = 40, FLAGS = 128, DATA = 136, DETACH = 1,
};

static char *name_of(struct played_function *function) { return (char *)function->entry + NAME; }

static uint64_t unit_of(const struct played_function *function) {
  uint64_t unit = 0;
  for (int index = 7; index >= 0; index--) unit = unit << 8 | function->entry[UNIT + index];
  return unit;
}

static void name(struct played_function *function, const char *driver, uint64_t unit) {
  memset(name_of(function), 0, 17);
  snprintf(name_of(function), 17, "%s", driver);
  for (int index = 0; index < 8; index++)
    function->entry[UNIT + index] = (uint8_t)(unit >> (8 * index));
}

static struct played_driver *driver_named(const char *wanted) {
  for (size_t index = 0; index < kernel.driver_count; index++)
    if (strcmp(kernel.drivers[index].name, wanted) == 0) return &kernel.drivers[index];
  return NULL;
}

static int is_hinted(const char *driver, uint64_t unit) {
  char wanted[64];
  int length = snprintf(wanted, sizeof wanted, "hint.%s.%llu.at=", driver,
      (unsigned long long)unit);
  for (size_t at = 0; at < kernel.environment_length;) {
    const char *line = kernel.environment + at;
    if (strncmp(line, wanted, (size_t)length) == 0) return 1;
    at += strlen(line) + 1;
  }
  return 0;
}

// Names a device after a driver, with the lowest unit that neither a device has
// nor a hint keeps.
static void give_unit(struct played_function *function, const char *driver) {
  name(function, "", 0);
  uint64_t unit = 0;
  for (int is_taken = 1; is_taken; unit += is_taken != 0) {
    is_taken = is_hinted(driver, unit);
    for (size_t index = 0; index < kernel.count && !is_taken; index++) {
      struct played_function *other = &kernel.functions[index];
      is_taken = !other->is_gone && strcmp(name_of(other), driver) == 0 && unit_of(other) == unit;
    }
  }
  name(function, driver, unit);
}

static int detach(struct played_function *function) {
  if (!function->is_attached) return 0;
  struct played_driver *driver = driver_named(name_of(function));
  if (function->is_busy) return F_EBUSY;
  if (driver && driver->detach_error) return driver->detach_error;
  function->is_attached = 0;
  if (!function->is_fixed) name(function, "", 0);
  return 0;
}

static int probe_and_attach(struct played_function *function) {
  // A disabled device is left as it is, without an error.
  if (function->is_attached || function->is_disabled) return 0;
  const char *best = function->is_fixed ? name_of(function) : function->best_driver;
  struct played_driver *driver = driver_named(best);
  // A bridge is no device for ppt (ppt_probe).
  int is_bridge = (function->entry[8] & 0x7f) != 0;
  if (!driver || (is_bridge && strcmp(best, "ppt") == 0)) return F_ENXIO;
  if (!function->is_fixed) give_unit(function, driver->name);
  if (driver->attach_error) {
    if (!function->is_fixed) name(function, "", 0);
    return driver->attach_error;
  }
  function->is_attached = 1;
  return 0;
}

static int set_driver(struct played_function *function, const char *driver, int flags) {
  if (!driver) return F_EFAULT;
  if (strlen(driver) > 127) return F_ENAMETOOLONG;
  if (!*driver) return F_EINVAL;
  // Attached or not: the name is enough.
  if (strcmp(driver, name_of(function)) == 0) return 0;
  if (!driver_named(driver)) return F_ENOENT;
  if (function->is_attached) {
    int error = flags & DETACH ? detach(function) : F_EBUSY;
    if (error) return error;
  }
  give_unit(function, driver);
  function->is_fixed = 1;
  return probe_and_attach(function);
}

static int clear_driver(struct played_function *function, int flags) {
  if (!function->is_fixed) return 0;
  if (function->is_attached) {
    int error = flags & DETACH ? detach(function) : F_EBUSY;
    if (error) return error;
  }
  function->is_fixed = 0;
  name(function, "", 0);
  return probe_and_attach(function);
}

static int delete(struct played_function *function, int flags) {
  if (!(flags & DETACH)) return F_EBUSY;
  int error = detach(function);
  if (error) return error;
  function->is_gone = 1;
  function->is_fixed = function->is_disabled = 0;
  name(function, "", 0);
  kernel.generation++;
  return 0;
}

static void rescan(void) {
  kernel.rescans++;
  for (size_t index = 0; index < kernel.count; index++) {
    struct played_function *function = &kernel.functions[index];
    if (!function->is_gone) continue;
    function->is_gone = 0;
    kernel.generation++;
    (void)probe_and_attach(function);
  }
}

// Whether the text is pciD:B:S:F or pciB:S:F of the function.
static int is_location(const char *text, const struct played_function *function) {
  unsigned long numbers[4];
  int count = 0;
  if (strncmp(text, "pci", 3) != 0) return 0;
  for (text += 3; count < 4; text++) {
    char *end;
    numbers[count++] = strtoul(text, &end, 10);
    if (end == text || (*end != ':' && *end != 0)) return 0;
    text = end;
    if (*end == 0) break;
  }
  if (*text != 0 || count < 3) return 0;
  if (count == 3) {
    memmove(numbers + 1, numbers, 3 * sizeof *numbers);
    numbers[0] = 0;
  }
  return numbers[0] == function->domain && numbers[1] == function->bus
         && numbers[2] == function->device && numbers[3] == function->function;
}

static struct played_function *find(const char *wanted) {
  for (size_t index = 0; index < kernel.count; index++) {
    struct played_function *function = &kernel.functions[index];
    char unit[64];
    snprintf(unit, sizeof unit, "%s%llu", name_of(function),
        (unsigned long long)unit_of(function));
    int has_name = name_of(function)[0] != 0;
    if (!function->is_gone && ((has_name && strcmp(unit, wanted) == 0)
                               || is_location(wanted, function)))
      return function;
  }
  return NULL;
}

int kernel_control(unsigned long request, const uint8_t *io) {
  unsigned number = request & 0xff;
  if ((request & ~0xfful) != 0x80984400 || number < 1 || number > 13
      || (number == 13 && !kernel.answers_reset))
    return F_ENOTTY;
  kernel.control_calls++;
  // PRIV_DRIVER; the level of kern.securelevel does not come into it.
  if (!kernel.is_root || kernel.is_jail) return F_EPERM;
  if (!memchr(io, 0, 128)) return F_EINVAL;
  const char *wanted = (const char *)io;
  int32_t flags;
  const char *data;
  memcpy(&flags, io + FLAGS, sizeof flags);
  memcpy(&data, io + DATA, sizeof data);
  unsigned bus;
  char rest;
  if (number == 9 && sscanf(wanted, "pci%u%c", &bus, &rest) == 1) {
    if (bus >= kernel.bus_count) return F_ENOENT;
    rescan();
    return 0;
  }
  struct played_function *function = find(wanted);
  if (!function) return F_ENOENT;
  switch (number) {
  case 1:
    if (function->is_attached) return F_EBUSY;
    if (function->is_disabled) return F_ENXIO;
    return probe_and_attach(function);
  case 2:
    if (!function->is_attached) return F_ENXIO;
    if (!(flags & DETACH) && function->will_not_stop) return F_EBUSY;
    return detach(function);
  case 7: return set_driver(function, data, flags);
  case 8: return clear_driver(function, flags);
  case 9: return F_ENXIO;
  case 10: return delete(function, flags);
  case 13: {
    if (flags & ~DETACH) return F_EINVAL;
    int error = flags & DETACH ? detach(function) : 0;
    if (error) return error;
    function->resets++;
    if (flags & DETACH) (void)probe_and_attach(function);
    return 0;
  }
  default: return F_ENOTTY;
  }
}

void kernel_add_driver(const char *driver) {
  if (!*driver || driver_named(driver)) return;
  kernel.drivers =
      realloc(kernel.drivers, (kernel.driver_count + 1) * sizeof *kernel.drivers);
  if (!kernel.drivers) abort();
  struct played_driver *added = &kernel.drivers[kernel.driver_count++];
  memset(added, 0, sizeof *added);
  snprintf(added->name, sizeof added->name, "%s", driver);
}

int kernel_has_driver(const char *driver) { return driver_named(driver) != NULL; }

void kernel_settle_drivers(void) {
  for (size_t index = 0; index < kernel.count; index++) {
    struct played_function *function = &kernel.functions[index];
    snprintf(function->best_driver, sizeof function->best_driver, "%s", name_of(function));
    kernel_add_driver(name_of(function));
  }
}

struct played_driver *kernel_driver(const char *driver) {
  kernel_add_driver(driver);
  return driver_named(driver);
}
