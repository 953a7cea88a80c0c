// SPDX-License-Identifier: Apache-2.0
//
// The least system calls for the fields of an inventory, in C: the floor that
// the scanner is measured against.
//
// Usage: floor ROOT [essential|inventory] [RUNS]
// Prints: functions, then microseconds a function, minimum and median.

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct window {
  uint64_t address, size;
  uint32_t flags;
};

struct function {
  uint32_t domain, parent_domain;
  uint8_t bus, device, function, parent_bus, parent_device, parent_function;
  uint16_t vendor, id, subsystem_vendor, subsystem;
  uint32_t class_code, irq;
  int32_t group, numa_node;
  uint8_t revision, window_count, has_parent;
  char driver[24];
  struct window windows[7];
};

static char buffer[4096];

static uint64_t hex(const char **text) {
  uint64_t value = 0;
  for (;; (*text)++) {
    unsigned digit = (unsigned char)**text;
    if (digit - '0' < 10)
      digit -= '0';
    else if ((digit | 32) - 'a' < 6)
      digit = (digit | 32) - 'a' + 10;
    else
      return value;
    value = value << 4 | digit;
  }
}

static int get(int directory, const char *name) {
  int file = openat(directory, name, O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return -1;
  ssize_t count = read(file, buffer, sizeof buffer - 1);
  close(file);
  if (count < 0)
    return -1;
  buffer[count] = 0;
  return (int)count;
}

static int follow(int directory, const char *name) {
  ssize_t count = readlinkat(directory, name, buffer, sizeof buffer - 1);
  if (count < 0)
    return -1;
  buffer[count] = 0;
  return (int)count;
}

static int address(const char *text, uint32_t *domain, uint8_t *bus, uint8_t *device,
                   uint8_t *function) {
  const char *p = text;
  *domain = (uint32_t)hex(&p);
  if (*p++ != ':')
    return 0;
  *bus = (uint8_t)hex(&p);
  if (*p++ != ':')
    return 0;
  *device = (uint8_t)hex(&p);
  if (*p++ != '.')
    return 0;
  *function = (uint8_t)hex(&p);
  return 1;
}

static void read_function(int devices, const char *name, int is_inventory, struct function *out) {
  memset(out, 0, sizeof *out);
  address(name, &out->domain, &out->bus, &out->device, &out->function);
  int directory = openat(devices, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0)
    return;
  if (get(directory, "uevent") > 0) {
    for (const char *line = buffer; *line;) {
      const char *end = strchr(line, '\n');
      if (!end)
        end = line + strlen(line);
      const char *p;
      if (!strncmp(line, "PCI_ID=", 7)) {
        p = line + 7;
        out->vendor = (uint16_t)hex(&p);
        p++;
        out->id = (uint16_t)hex(&p);
      } else if (!strncmp(line, "PCI_SUBSYS_ID=", 14)) {
        p = line + 14;
        out->subsystem_vendor = (uint16_t)hex(&p);
        p++;
        out->subsystem = (uint16_t)hex(&p);
      } else if (!strncmp(line, "PCI_CLASS=", 10)) {
        p = line + 10;
        out->class_code = (uint32_t)hex(&p);
      } else if (!strncmp(line, "DRIVER=", 7)) {
        size_t length = (size_t)(end - line) - 7;
        if (length >= sizeof out->driver)
          length = sizeof out->driver - 1;
        memcpy(out->driver, line + 7, length);
      }
      line = *end ? end + 1 : end;
    }
  }
  int length = follow(devices, name);
  if (length > 0) {
    char *slash = strrchr(buffer, '/');
    if (slash) {
      *slash = 0;
      char *parent = strrchr(buffer, '/');
      if (parent)
        out->has_parent =
            (uint8_t)address(parent + 1, &out->parent_domain, &out->parent_bus,
                             &out->parent_device, &out->parent_function);
    }
  }
  if (get(directory, "resource") > 0) {
    const char *p = buffer;
    for (int i = 0; i < 7 && *p; i++) {
      if (strncmp(p + 38, "0x0000000000000000", 18)) {
        struct window *window = &out->windows[out->window_count++];
        p += 2;
        window->address = hex(&p);
        p += 3;
        window->size = hex(&p) - window->address + 1;
        p += 3;
        window->flags = (uint32_t)hex(&p);
        p++;
      } else {
        p += 57;
      }
    }
  }
  if (follow(directory, "iommu_group") > 0)
    out->group = atoi(strrchr(buffer, '/') + 1);
  if (is_inventory) {
    const char *p = buffer + 2;
    if (get(directory, "revision") > 0)
      out->revision = (uint8_t)hex(&p);
    if (get(directory, "irq") > 0)
      out->irq = (uint32_t)strtoul(buffer, NULL, 10);
    if (get(directory, "numa_node") > 0)
      out->numa_node = atoi(buffer);
  }
  close(directory);
}

static int compare_functions(const void *left, const void *right) {
  const struct function *a = left, *b = right;
  uint64_t x = (uint64_t)a->domain << 24 | (uint64_t)a->bus << 16 | a->device << 8 | a->function;
  uint64_t y = (uint64_t)b->domain << 24 | (uint64_t)b->bus << 16 | b->device << 8 | b->function;
  return x < y ? -1 : x > y;
}

static int compare_times(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return a < b ? -1 : a > b;
}

int main(int count, char **arguments) {
  if (count < 2)
    return 64;
  int is_inventory = count < 3 || strcmp(arguments[2], "essential");
  int runs = count > 3 ? atoi(arguments[3]) : 1;
  double *times = calloc((size_t)runs, sizeof *times);
  size_t found = 0;
  char path[4096];
  snprintf(path, sizeof path, "%s/sys/bus/pci/devices", arguments[1]);
  if (access(path, F_OK))
    snprintf(path, sizeof path, "%s/bus/pci/devices", arguments[1]);
  for (int run = 0; run < runs; run++) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    size_t capacity = 1024;
    struct function *functions = malloc(capacity * sizeof *functions);
    found = 0;
    DIR *directory = opendir(path);
    if (!directory)
      return 2;
    for (struct dirent *entry; (entry = readdir(directory));) {
      if (entry->d_name[0] == '.')
        continue;
      if (found == capacity)
        functions = realloc(functions, (capacity *= 2) * sizeof *functions);
      read_function(dirfd(directory), entry->d_name, is_inventory, &functions[found++]);
    }
    closedir(directory);
    qsort(functions, found, sizeof *functions, compare_functions);
    clock_gettime(CLOCK_MONOTONIC, &end);
    free(functions);
    times[run] = ((double)(end.tv_sec - start.tv_sec) * 1e6 +
                  (double)(end.tv_nsec - start.tv_nsec) / 1e3) /
                 (double)(found ? found : 1);
  }
  qsort(times, (size_t)runs, sizeof *times, compare_times);
  printf("%zu %f %f\n", found, times[0], times[runs / 2]);
}
