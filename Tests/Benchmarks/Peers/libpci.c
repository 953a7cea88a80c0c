// SPDX-License-Identifier: Apache-2.0
//
// An inventory through libpci in one process: what a program that uses the
// library pays. Links GPL-2.0-or-later code: for measuring only.
//
// Usage: libpci ROOT [RUNS]
// Prints: functions, then microseconds a function, minimum and median.

#include <pci/pci.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int compare_times(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return a < b ? -1 : a > b;
}

int main(int count, char **arguments) {
  if (count < 2)
    return 64;
  int runs = count > 2 ? atoi(arguments[2]) : 1;
  double *times = calloc((size_t)runs, sizeof *times);
  size_t found = 0;
  char path[4096];
  snprintf(path, sizeof path, "%s/sys/bus/pci", arguments[1]);
  for (int run = 0; run < runs; run++) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    struct pci_access *access = pci_alloc();
    pci_set_param(access, "sysfs.path", path);
    access->method = PCI_ACCESS_SYS_BUS_PCI;
    pci_init(access);
    pci_scan_bus(access);
    found = 0;
    for (struct pci_dev *dev = access->devices; dev; dev = dev->next, found++)
      pci_fill_info(dev, PCI_FILL_IDENT | PCI_FILL_CLASS | PCI_FILL_CLASS_EXT | PCI_FILL_SUBSYS |
                             PCI_FILL_BASES | PCI_FILL_ROM_BASE | PCI_FILL_SIZES |
                             PCI_FILL_IO_FLAGS | PCI_FILL_IRQ | PCI_FILL_NUMA_NODE |
                             PCI_FILL_IOMMU_GROUP | PCI_FILL_DRIVER | PCI_FILL_PARENT);
    clock_gettime(CLOCK_MONOTONIC, &end);
    pci_cleanup(access);
    times[run] = ((double)(end.tv_sec - start.tv_sec) * 1e6 +
                  (double)(end.tv_nsec - start.tv_nsec) / 1e3) /
                 (double)(found ? found : 1);
  }
  qsort(times, (size_t)runs, sizeof *times, compare_times);
  printf("%zu %f %f\n", found, times[0], times[runs / 2]);
}
