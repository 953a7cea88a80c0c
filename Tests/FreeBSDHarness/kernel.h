// SPDX-License-Identifier: Apache-2.0
//
// The kernel's side of /dev/pci and /dev/devctl2, played on Linux for the very object that a
// FreeBSD host would run. No FreeBSD header is used: every offset, request and
// errno is a number here, so that a mistake in the shim's layouts is not made
// twice. What the kernel does is recorded in getconf-protocol.txt of each
// recording and read in sys/dev/pci/pci_user.c.

#ifndef FREEBSD_HARNESS_KERNEL_H
#define FREEBSD_HARNESS_KERNEL_H

#include <stddef.h>
#include <stdint.h>

struct played_bar {
  int reg, is_enabled, is_there;
  uint64_t base, length;
};

struct played_function {
  uint32_t domain;
  uint8_t bus, device, function;
  // struct pci_conf as the kernel gives it, in the longest layout.
  uint8_t entry[128];
  int is_attached;
  struct played_bar bars[7];
  uint8_t configuration[4096];
  // Vital product data in the kernel's elements.
  uint8_t vpd[64];
  size_t vpd_length;
  int is_gone;
  // Driver control: the driver that wins where none is set by name (empty: none),
  // whether one is set, devctl's disable, a detach that is refused, one that is
  // refused unless forced, and the resets it had.
  char best_driver[17];
  int is_fixed, is_disabled, is_busy, will_not_stop, resets;
};

// A driver of the PCI bus: what its attach and detach answer.
struct played_driver {
  char name[17];
  int attach_error, detach_error;
};

struct played_sysctl {
  char name[64];
  uint8_t *value;
  size_t length;
  // CTLTYPE_*: 2 is int, 3 a string, 9 an unsigned 64-bit number.
  uint32_t type;
};

struct played_kernel {
  // The entry sizes of PCIOCGETCONF that are answered.
  int answers_48, answers_128;
  int has_device, is_root, securelevel;
  // Whether there is a /dev/devctl2, who asks from a jail that has it, and DEV_RESET.
  int has_control, is_jail, answers_reset;
  struct played_driver *drivers;
  size_t driver_count;
  // pci0 to pci(bus_count - 1) can be scanned again.
  unsigned bus_count, rescans;
  // What kldload of vmm answers: 0, or an errno.
  int vmm_error;
  // Called before (0) and after (1) each request that changes something; may be NULL.
  void (*witness)(int is_done);
  // How many requests of /dev/devctl2 are interrupted.
  int control_interruptions;
  struct played_function *functions;
  size_t count;
  uint32_t generation;
  // How many of the next calls find that the list has changed.
  int changes;
  // Whether MORE_DEVS is answered without any entry.
  int stalls;
  // Whether more entries are claimed than there is room for.
  int overclaims;
  // Whether the status GETCONF_ERROR is answered.
  int reports_error;
  // The position of a function that vanishes once it was listed; -1 for none.
  int vanishing;
  // How many calls are interrupted by a signal before one is answered.
  int interruptions;
  struct played_sysctl *sysctls;
  size_t sysctl_count;
  // name=value strings, each ended by a zero byte, and one more zero byte.
  const char *environment;
  size_t environment_length;
  // Mounts: type, source, directory in threes.
  const char *const *mounts;
  size_t mount_count;
  const uint8_t *routes;
  size_t routes_length;
  const char *const *interfaces;
  size_t interface_count;
  // Physical memory from an address on.
  const uint8_t *memory;
  uint64_t memory_start;
  size_t memory_length;
  // What was asked.
  unsigned long getconf_calls, read_calls, open_descriptors, writes, control_calls;
  unsigned long ioctl_calls, bar_calls, vpd_calls;
};

extern struct played_kernel kernel;

// Forgets everything: a root user on a kernel of both layouts without a device.
void kernel_reset(void);

// Loads a recording; ends the program where it cannot be read.
void kernel_load(const char *folder);

// Adds a function and returns it; what it points to moves when more are added.
struct played_function *kernel_add(
    uint32_t domain, uint8_t bus, uint8_t device, uint8_t function, uint16_t vendor,
    uint16_t device_id, const char *driver, uint64_t unit);

void kernel_set_sysctl(const char *name, const char *text);

// Takes the drivers that are attached now for the best ones, and as loaded.
void kernel_settle_drivers(void);

// A loaded driver, added where it is not there yet.
struct played_driver *kernel_driver(const char *driver);
void kernel_add_driver(const char *driver);

// Whether a driver is loaded; modfind(2) asks with "pci/" before it.
int kernel_has_driver(const char *driver);

// Answers a request of /dev/devctl2 with an errno, 0 for success.
int kernel_control(unsigned long request, const uint8_t *io);

#endif
