// SPDX-License-Identifier: Apache-2.0
//
// What the kernel reads on /dev/devctl2 (sys/bus.h), the same on every 64-bit
// FreeBSD since 11; only DEV_RESET came later.

#ifndef CDEVPCI_CONTROL_LAYOUT_H
#define CDEVPCI_CONTROL_LAYOUT_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#define REQUEST_ATTACH 0x80984401ul
#define REQUEST_DETACH 0x80984402ul
#define REQUEST_SET_DRIVER 0x80984407ul
#define REQUEST_CLEAR_DRIVER 0x80984408ul
#define REQUEST_RESCAN 0x80984409ul
#define REQUEST_DELETE 0x8098440Aul
#define REQUEST_RESET 0x8098440Dul

/// Every request's one flag: detach the present driver, or do so though busy.
enum { FLAG_DETACH = 1 };

/// struct devreq.
struct kernel_devreq {
  char name[128];
  int32_t flags;
  union {
    struct {
      void *buffer;
      size_t length;
    } buffer;
    void *data;
  } argument;
};

static_assert(sizeof(struct kernel_devreq) == 152, "devreq");
static_assert(offsetof(struct kernel_devreq, flags) == 128, "dr_flags");
static_assert(offsetof(struct kernel_devreq, argument) == 136, "dr_dru");

#endif
