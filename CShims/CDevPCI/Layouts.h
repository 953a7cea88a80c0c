// SPDX-License-Identifier: Apache-2.0
//
// What the kernel reads and writes on /dev/pci, spelled out with fixed widths.
//
// The headers a program is compiled against say nothing of the kernel that it
// runs on: FreeBSD 14 and earlier have a struct pci_conf of 48 bytes, 15 and
// later one of 128 under another request number, and 15 answers both
// (sys/dev/pci/pci_user.c). So nothing here is chosen by __FreeBSD_version.

#ifndef CDEVPCI_LAYOUTS_H
#define CDEVPCI_LAYOUTS_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#define REQUEST_READ 0xC0147002ul
#define REQUEST_WRITE 0xC0147003ul
#define REQUEST_ATTACHED 0xC0147004ul
#define REQUEST_GETCONF_48 0xC0307005ul
#define REQUEST_GETBAR 0xC0207006ul
#define REQUEST_LISTVPD 0xC0187007ul
#define REQUEST_GETCONF_128 0xC030700Aul

enum { GETCONF_LAST_DEVICE, GETCONF_LIST_CHANGED, GETCONF_MORE_DEVS, GETCONF_ERROR };

struct kernel_selector {
  uint32_t domain;
  uint8_t bus, device, function;
};

/// The part of struct pci_conf that every version has.
struct kernel_conf_head {
  struct kernel_selector selector;
  uint8_t header_type;
  uint16_t subvendor, subdevice, vendor, device_id;
  uint8_t base_class, sub_class, interface, revision;
  char name[17];
  uint64_t unit;
};

/// struct pci_conf of FreeBSD 15 and later.
///
/// The bus numbers came in 2026 out of the spare bytes: reported_length says
/// how far the kernel filled the structure.
struct kernel_conf_128 {
  struct kernel_conf_head head;
  int32_t numa_domain;
  uint64_t reported_length;
  uint8_t secondary_bus, subordinate_bus;
  uint8_t spare[62];
};

struct kernel_conf_io {
  uint32_t pattern_length, pattern_count;
  void *patterns;
  uint32_t match_length, match_count;
  void *matches;
  uint32_t offset, generation, status;
};

struct kernel_io {
  struct kernel_selector selector;
  int32_t offset, width;
  uint32_t data;
};

struct kernel_bar_io {
  struct kernel_selector selector;
  int32_t offset, is_enabled;
  uint64_t base, length;
};

struct kernel_vpd_io {
  struct kernel_selector selector;
  size_t length;
  void *data;
};

static_assert(sizeof(struct kernel_selector) == 8, "pcisel");
static_assert(sizeof(struct kernel_conf_head) == 48, "pci_conf until 14");
static_assert(offsetof(struct kernel_conf_head, header_type) == 8, "pc_hdr");
static_assert(offsetof(struct kernel_conf_head, subvendor) == 10, "pc_subvendor");
static_assert(offsetof(struct kernel_conf_head, device_id) == 16, "pc_device");
static_assert(offsetof(struct kernel_conf_head, base_class) == 18, "pc_class");
static_assert(offsetof(struct kernel_conf_head, revision) == 21, "pc_revid");
static_assert(offsetof(struct kernel_conf_head, name) == 22, "pd_name");
static_assert(offsetof(struct kernel_conf_head, unit) == 40, "pd_unit");
static_assert(sizeof(struct kernel_conf_128) == 128, "pci_conf from 15 on");
static_assert(offsetof(struct kernel_conf_128, numa_domain) == 48, "pd_numa_domain");
static_assert(offsetof(struct kernel_conf_128, reported_length) == 56, "pc_reported_len");
static_assert(offsetof(struct kernel_conf_128, secondary_bus) == 64, "pc_secbus");
static_assert(sizeof(struct kernel_conf_io) == 48, "pci_conf_io");
static_assert(offsetof(struct kernel_conf_io, match_length) == 16, "match_buf_len");
static_assert(offsetof(struct kernel_conf_io, status) == 40, "status");
static_assert(sizeof(struct kernel_io) == 20, "pci_io");
static_assert(sizeof(struct kernel_bar_io) == 32, "pci_bar_io");
static_assert(sizeof(struct kernel_vpd_io) == 24, "pci_list_vpd_io");

#endif
