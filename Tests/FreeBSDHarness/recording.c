// SPDX-License-Identifier: Apache-2.0
//
// Fills the played kernel, from a recording or function by function.

#include "kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void give_up(const char *what, const char *name) {
  fprintf(stderr, "harness: %s: %s\n", what, name);
  exit(70);
}

void kernel_reset(void) {
  for (size_t index = 0; index < kernel.sysctl_count; index++) free(kernel.sysctls[index].value);
  free(kernel.sysctls);
  free(kernel.functions);
  free(kernel.drivers);
  memset(&kernel, 0, sizeof kernel);
  kernel.answers_48 = kernel.answers_128 = 1;
  kernel.has_device = kernel.is_root = kernel.has_control = kernel.answers_reset = 1;
  kernel.generation = 7;
  kernel.vanishing = -1;
}

static struct played_function *append(void) {
  // Doubled at each power of two.
  if ((kernel.count & (kernel.count - 1)) == 0) {
    size_t capacity = kernel.count ? kernel.count * 2 : 1;
    kernel.functions = realloc(kernel.functions, capacity * sizeof *kernel.functions);
    if (!kernel.functions) give_up("out of memory", "functions");
  }
  struct played_function *function = &kernel.functions[kernel.count++];
  memset(function, 0, sizeof *function);
  memset(function->configuration, 0xff, sizeof function->configuration);
  return function;
}

static void set(uint8_t *bytes, size_t width, uint64_t value) {
  for (size_t index = 0; index < width; index++) bytes[index] = (uint8_t)(value >> (8 * index));
}

struct played_function *kernel_add(
    uint32_t domain, uint8_t bus, uint8_t device, uint8_t function, uint16_t vendor,
    uint16_t device_id, const char *driver, uint64_t unit) {
  struct played_function *added = append();
  added->domain = domain;
  added->bus = bus;
  added->device = device;
  added->function = function;
  uint8_t *entry = added->entry;
  set(entry, 4, domain);
  entry[4] = bus;
  entry[5] = device;
  entry[6] = function;
  set(entry + 14, 2, vendor);
  set(entry + 16, 2, device_id);
  entry[18] = 2;
  snprintf((char *)entry + 22, 17, "%s", driver);
  set(entry + 40, 8, unit);
  set(entry + 48, 4, 0xffffffff);
  set(entry + 56, 8, 64);
  added->is_attached = driver[0] != 0;
  memset(added->configuration, 0, 256);
  set(added->configuration, 2, vendor);
  set(added->configuration + 2, 2, device_id);
  return added;
}

void kernel_set_sysctl(const char *name, const char *text) {
  kernel.sysctls =
      realloc(kernel.sysctls, (kernel.sysctl_count + 1) * sizeof *kernel.sysctls);
  if (!kernel.sysctls) give_up("out of memory", "sysctls");
  struct played_sysctl *sysctl = &kernel.sysctls[kernel.sysctl_count++];
  memset(sysctl, 0, sizeof *sysctl);
  snprintf(sysctl->name, sizeof sysctl->name, "%s", name);
  char *end = NULL;
  long long number = strtoll(text, &end, 10);
  sysctl->value = malloc(strlen(text) + 9);
  if (!sysctl->value) give_up("out of memory", name);
  // What reads as a number is one, as nearly all of them are.
  if (*text != 0 && *end == 0 && strchr(name, '%') == NULL) {
    int is_int = number >= INT32_MIN && number <= INT32_MAX;
    sysctl->type = is_int ? 2 : 9;
    sysctl->length = is_int ? 4 : 8;
    set(sysctl->value, sysctl->length, (uint64_t)number);
  } else {
    sysctl->type = 3;
    sysctl->length = strlen(text) + 1;
    memcpy(sysctl->value, text, sysctl->length);
  }
}

static void load_functions(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) give_up("cannot read", path);
  char line[1024];
  struct played_function *function = NULL;
  size_t rows = 0;
  int entry_size = 0;
  while (fgets(line, sizeof line, file)) {
    unsigned domain, bus, device, number, reg, enabled, base_row;
    unsigned long long base, length;
    int data, place;
    if (sscanf(line, "sizes: pci_conf=%d", &entry_size) == 1) {
      kernel.answers_48 = 1;
      kernel.answers_128 = entry_size == 128;
    } else if (sscanf(line, "dev %*u sel=%u:%u:%u:%u", &domain, &bus, &device, &number) == 4) {
      function = append();
      function->domain = domain;
      function->bus = (uint8_t)bus;
      function->device = (uint8_t)device;
      function->function = (uint8_t)number;
      rows = 0;
    } else if (!function) {
      continue;
    } else if (strncmp(line, "raw ", 4) == 0) {
      const char *next = line + 4;
      for (int index = 0; index < entry_size; index++, next += place) {
        unsigned byte;
        if (sscanf(next, "%x%n", &byte, &place) != 1) give_up("short raw line", path);
        function->entry[index] = (uint8_t)byte;
      }
    } else if (sscanf(line, "attached rc=%*d errno=%*d data=%d", &data) == 1) {
      function->is_attached = data;
    } else if (sscanf(line, "bar reg=%x enabled=%u base=%llx length=%llx", &reg, &enabled,
                      &base, &length) == 4) {
      for (size_t index = 0; index < 7; index++) {
        struct played_bar *bar = &function->bars[index];
        if (bar->is_there) continue;
        *bar = (struct played_bar){(int)reg, (int)enabled, 1, base, length};
        break;
      }
    } else if (sscanf(line, "%3x:%n", &base_row, &place) == 1 && place == 4) {
      // Rows that are not recorded: none past 256 bytes on a conventional
      // function, which reads all ones there; nothing but zeros past 1,024.
      if (rows == 16) memset(function->configuration + 256, 0, 4096 - 256);
      const char *next = line + place;
      for (unsigned index = 0; index < 16 && base_row + index < 4096; index++, next += place) {
        unsigned byte;
        if (sscanf(next, "%x%n", &byte, &place) != 1) give_up("short row", path);
        function->configuration[base_row + index] = (uint8_t)byte;
      }
      rows++;
    }
  }
  fclose(file);
  if (kernel.count == 0) give_up("no function in", path);
  kernel.generation = (uint32_t)kernel.count;
}

static void load_sysctls(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) give_up("cannot read", path);
  char line[4096];
  while (fgets(line, sizeof line, file)) {
    char *colon = strstr(line, ": ");
    if (!colon || strncmp(line, "sysctl: ", 8) == 0) continue;
    *colon = 0;
    char *value = colon + 2;
    value[strcspn(value, "\n")] = 0;
    kernel_set_sysctl(line, value);
  }
  fclose(file);
}

void kernel_load(const char *folder) {
  char path[4096];
  snprintf(path, sizeof path, "%s/devpci.txt", folder);
  load_functions(path);
  snprintf(path, sizeof path, "%s/sysctl-host.txt", folder);
  load_sysctls(path);
  snprintf(path, sizeof path, "%s/sysctl-dev.txt", folder);
  load_sysctls(path);
  kernel_settle_drivers();
  for (size_t index = 0; index < kernel.sysctl_count; index++) {
    const char *name = kernel.sysctls[index].name;
    unsigned bus;
    // vmm brings ppt; each dev.pci.N is a bus.
    if (strncmp(name, "hw.vmm.", 7) == 0) kernel_add_driver("ppt");
    if (sscanf(name, "dev.pci.%u.%%parent", &bus) == 1 && bus >= kernel.bus_count)
      kernel.bus_count = bus + 1;
  }
}
