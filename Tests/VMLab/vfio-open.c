// SPDX-License-Identifier: Apache-2.0
//
// Asks the kernel's VFIO whether functions can be opened, as a virtual machine
// monitor would: container, groups, type 1 IOMMU, device, configuration region.
// It knows nothing of passthru, and is what passthru's verdicts are held against.
//
// Usage: vfio-open [--hold SECONDS] ADDRESS...
//   All functions go into one container. Prints one line per function,
//     opened ADDRESS group=N vendor=XXXX
//     refused ADDRESS STEP ERRNO-NAME
//   and exits 0 when all opened, 1 otherwise. --hold keeps them open meanwhile.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { maximum = 256 };

static int container = -1;
static int groups[maximum];  // by position of the address; -1: none
static int numbers[maximum];

static bool refuse(const char *address, const char *step) {
  const char *name = strerrorname_np(errno);
  printf("refused %s %s %s\n", address, step, name ? name : "0");
  return false;
}

// The group's number is the last part of the iommu_group link.
static int group_number(const char *address) {
  char path[128], target[256];
  snprintf(path, sizeof path, "/sys/bus/pci/devices/%s/iommu_group", address);
  ssize_t length = readlink(path, target, sizeof target - 1);
  if (length < 0) return -1;
  target[length] = 0;
  const char *last = strrchr(target, '/');
  return last ? atoi(last + 1) : -1;
}

// Opens the group of the address and adds it to the container, once a group.
static bool add_group(char **addresses, int position) {
  const char *address = addresses[position];
  groups[position] = -1;
  numbers[position] = group_number(address);
  if (numbers[position] < 0) return refuse(address, "iommu-group");
  for (int other = 0; other < position; other++) {
    if (numbers[other] == numbers[position]) {
      groups[position] = groups[other];
      if (groups[other] < 0) {
        errno = EPERM;
        return refuse(address, "group-of-another");
      }
      return true;
    }
  }
  char path[64];
  snprintf(path, sizeof path, "/dev/vfio/%d", numbers[position]);
  int group = open(path, O_RDWR | O_CLOEXEC);
  if (group < 0) return refuse(address, "open-group");
  if (ioctl(group, VFIO_GROUP_SET_CONTAINER, &container) < 0) {
    refuse(address, "set-container");
    close(group);
    return false;
  }
  groups[position] = group;
  return true;
}

static bool read_vendor(const char *address, int position) {
  int device = ioctl(groups[position], VFIO_GROUP_GET_DEVICE_FD, address);
  if (device < 0) return refuse(address, "get-device");
  struct vfio_region_info region = {
      .argsz = sizeof region,
      .index = VFIO_PCI_CONFIG_REGION_INDEX,
  };
  if (ioctl(device, VFIO_DEVICE_GET_REGION_INFO, &region) < 0) return refuse(address, "region");
  uint16_t vendor = 0;
  errno = 0;
  if (pread(device, &vendor, sizeof vendor, (off_t)region.offset) != sizeof vendor) {
    return refuse(address, "read");
  }
  printf("opened %s group=%d vendor=%04x\n", address, numbers[position], vendor);
  return true;  // the descriptor stays open until the process ends
}

int main(int count, char **arguments) {
  unsigned hold = 0;
  char **addresses = arguments + 1;
  count -= 1;
  if (count > 1 && strcmp(addresses[0], "--hold") == 0) {
    hold = (unsigned)atoi(addresses[1]);
    addresses += 2;
    count -= 2;
  }
  if (count < 1 || count > maximum) {
    fprintf(stderr, "usage: vfio-open [--hold SECONDS] ADDRESS...\n");
    return 64;
  }
  bool all = true;
  container = open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC);
  if (container < 0) {
    refuse(addresses[0], "open-container");
    return 1;
  }
  bool added[maximum];
  int ready = 0;
  for (int position = 0; position < count; position++) {
    added[position] = add_group(addresses, position);
    ready += added[position];
    all &= added[position];
  }
  if (ready > 0 && ioctl(container, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU) < 0) {
    int reason = errno;
    for (int position = 0; position < count; position++) {
      errno = reason;
      if (added[position]) refuse(addresses[position], "set-iommu");
    }
    return 1;
  }
  for (int position = 0; position < count; position++) {
    if (added[position]) all &= read_vendor(addresses[position], position);
  }
  fflush(stdout);
  if (hold) sleep(hold);
  return all ? 0 : 1;
}
