// SPDX-License-Identifier: Apache-2.0

#include "CLibPCIAccess.h"

#ifdef LIBPCI_TRAIT

#include <pci/pci.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct libpci_session {
  struct pci_access *access;
  struct pci_dev *current;
  struct pci_dev *next;
  int is_ready;
  // Where the error callback goes; only while `is_armed`.
  jmp_buf recovery;
  int is_armed;
  char message[LIBPCI_MESSAGE_LENGTH];
  int warning_count;
  char warnings[LIBPCI_WARNING_LIMIT][LIBPCI_MESSAGE_LENGTH];
};

// The callbacks get a text and nothing else: the session is the thread's.
static _Thread_local struct libpci_session *active;

static void format(char *out, const char *text, va_list arguments) {
  vsnprintf(out, LIBPCI_MESSAGE_LENGTH, text, arguments);
  for (size_t i = strlen(out); i > 0 && (out[i - 1] == '\n' || out[i - 1] == '\r'); i--)
    out[i - 1] = 0;
}

__attribute__((noreturn)) static void on_error(char *text, ...) {
  va_list arguments;
  va_start(arguments, text);
  if (active && active->is_armed) {
    format(active->message, text, arguments);
    va_end(arguments);
    active->is_armed = 0;
    longjmp(active->recovery, 1);
  }
  va_end(arguments);
  // Every call into libpci below arms the session first; libpci must not be
  // returned to from here.
  abort();
}

static void on_warning(char *text, ...) {
  va_list arguments;
  va_start(arguments, text);
  if (active) {
    if (active->warning_count < LIBPCI_WARNING_LIMIT)
      format(active->warnings[active->warning_count], text, arguments);
    if (active->warning_count < INT32_MAX)
      active->warning_count++;
  }
  va_end(arguments);
}

static void on_debug(char *text, ...) { (void)text; }

// Runs a function that calls libpci; 0 where an error ended it.
//
// `body` is a function of its own so that no local variable of a caller is
// changed between setjmp and longjmp.
static int guarded(struct libpci_session *session,
                   void (*body)(struct libpci_session *, void *), void *argument) {
  active = session;
  if (setjmp(session->recovery) != 0)
    return 0;
  session->is_armed = 1;
  body(session, argument);
  session->is_armed = 0;
  return 1;
}

struct choice {
  const char *method;
  const char *parameter;
  const char *value;
  int is_found;
};

static void open_body(struct libpci_session *session, void *argument) {
  struct choice *choice = argument;
  session->access = pci_alloc();
  struct pci_access *access = session->access;
  access->error = on_error;
  access->warning = on_warning;
  access->debug = on_debug;
  // libpci's functions take `char *` and do not write to these.
  int method = pci_lookup_method((char *)choice->method);
  if (method < 0)
    return;
  access->method = (unsigned int)method;
  if (choice->parameter &&
      pci_set_param(access, (char *)choice->parameter, (char *)choice->value) != 0)
    return;
  choice->is_found = 1;
  pci_init(access);
  session->is_ready = 1;
}

int libpci_open(struct libpci_session **out, const char *method,
                const char *parameter, const char *value) {
  struct libpci_session *session = calloc(1, sizeof *session);
  *out = session;
  if (!session)
    return LIBPCI_NO_MEMORY;
  struct choice choice = {method, parameter, value, 0};
  if (!guarded(session, open_body, &choice))
    return LIBPCI_ERROR;
  return choice.is_found ? LIBPCI_DONE : LIBPCI_NO_METHOD;
}

static void scan_body(struct libpci_session *session, void *argument) {
  (void)argument;
  pci_scan_bus(session->access);
  session->next = session->access->devices;
}

int libpci_scan(struct libpci_session *session) {
  if (!session->is_ready || !guarded(session, scan_body, NULL))
    return LIBPCI_ERROR;
  return LIBPCI_DONE;
}

static void copy(char *out, const char *text) {
  if (text)
    snprintf(out, LIBPCI_NAME_LENGTH, "%s", text);
  // A label keeps the end of its line.
  out[strcspn(out, "\n")] = 0;
}

static void fill_body(struct libpci_session *session, void *argument) {
  struct pci_dev *dev = session->current;
  struct libpci_function *out = argument;
  int wanted = PCI_FILL_IDENT | PCI_FILL_CLASS | PCI_FILL_IRQ | PCI_FILL_BASES |
               PCI_FILL_ROM_BASE | PCI_FILL_SIZES | PCI_FILL_IO_FLAGS |
               PCI_FILL_PHYS_SLOT | PCI_FILL_LABEL | PCI_FILL_NUMA_NODE;
#ifdef PCI_FILL_IOMMU_GROUP
  wanted |= PCI_FILL_IOMMU_GROUP;
#endif
#ifdef PCI_FILL_CLASS_EXT
  wanted |= PCI_FILL_CLASS_EXT | PCI_FILL_SUBSYS | PCI_FILL_PARENT | PCI_FILL_DRIVER;
#endif
  int known = pci_fill_info(dev, wanted);
  if (known & PCI_FILL_IDENT) {
    out->vendor = dev->vendor_id;
    out->device_id = dev->device_id;
  }
  if (known & PCI_FILL_CLASS)
    out->class_code = dev->device_class;
  if (known & PCI_FILL_IRQ)
    // The kernel's number is unsigned, and libpci keeps it in an int.
    out->interrupt = (uint32_t)dev->irq;
  if (known & PCI_FILL_BASES) {
    out->has_windows = 1;
    for (int i = 0; i < 6; i++)
      out->address[i] = dev->base_addr[i];
  }
  if (known & PCI_FILL_ROM_BASE)
    out->address[6] = dev->rom_base_addr;
  if (known & PCI_FILL_SIZES) {
    for (int i = 0; i < 6; i++)
      out->size[i] = dev->size[i];
    out->size[6] = dev->rom_size;
  }
  if (known & PCI_FILL_IO_FLAGS) {
    out->has_flags = 1;
    for (int i = 0; i < 6; i++)
      out->flags[i] = dev->flags[i];
    out->flags[6] = dev->rom_flags;
  }
  if (known & PCI_FILL_PHYS_SLOT)
    copy(out->slot, dev->phy_slot);
  if (known & PCI_FILL_LABEL)
    copy(out->label, dev->label);
  if (known & PCI_FILL_NUMA_NODE)
    out->numa_node = dev->numa_node;
#ifdef PCI_FILL_IOMMU_GROUP
  if (known & PCI_FILL_IOMMU_GROUP)
    copy(out->iommu_group, pci_get_string_property(dev, PCI_FILL_IOMMU_GROUP));
#endif
#ifdef PCI_FILL_CLASS_EXT
  if (known & PCI_FILL_CLASS_EXT) {
    out->interface = dev->prog_if;
    out->revision = dev->rev_id;
  }
  if (known & PCI_FILL_SUBSYS) {
    out->subsystem_vendor = dev->subsys_vendor_id;
    out->subsystem = dev->subsys_id;
  }
  if (known & PCI_FILL_DRIVER)
    copy(out->driver, pci_get_string_property(dev, PCI_FILL_DRIVER));
  if ((known & PCI_FILL_PARENT) && dev->parent) {
    out->has_parent = 1;
    out->parent_domain = (uint32_t)dev->parent->domain;
    out->parent_bus = dev->parent->bus;
    out->parent_device = dev->parent->dev;
    out->parent_function = dev->parent->func;
  }
#endif
}

int libpci_next(struct libpci_session *session, struct libpci_function *out, int *more) {
  struct pci_dev *dev = session->next;
  session->current = dev;
  *more = dev != NULL;
  if (!dev)
    return LIBPCI_DONE;
  session->next = dev->next;
  memset(out, 0, sizeof *out);
  out->domain = (uint32_t)dev->domain;
  out->bus = dev->bus;
  out->device = dev->dev;
  out->function = dev->func;
  out->vendor = out->device_id = out->class_code = out->interface = -1;
  out->revision = out->subsystem_vendor = out->subsystem = out->numa_node = -1;
  out->interrupt = -1;
  if (!guarded(session, fill_body, out)) {
    out->failed = 1;
    memcpy(out->message, session->message, sizeof out->message);
  }
  return LIBPCI_DONE;
}

struct block {
  uint8_t *bytes;
  int length;
  int is_read;
};

static void read_body(struct libpci_session *session, void *argument) {
  struct block *block = argument;
  block->is_read = pci_read_block(session->current, 0, block->bytes, block->length);
}

int libpci_read(struct libpci_session *session, uint8_t *bytes, int length) {
  // A block is read whole or not at all: the sizes that exist, largest first.
  static const int sizes[] = {4096, 256, 128, 64};
  if (!session->current)
    return 0;
  for (unsigned i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    struct block block = {bytes, sizes[i], 0};
    if (sizes[i] <= length && guarded(session, read_body, &block) && block.is_read)
      return sizes[i];
  }
  return 0;
}

const char *libpci_message(const struct libpci_session *session) { return session->message; }

int libpci_warning_count(const struct libpci_session *session) {
  return session->warning_count;
}

const char *libpci_warning(const struct libpci_session *session, int index) {
  if (index < 0 || index >= session->warning_count || index >= LIBPCI_WARNING_LIMIT)
    return "";
  return session->warnings[index];
}

const char *libpci_version(void) { return PCILIB_VERSION; }

static void close_body(struct libpci_session *session, void *argument) {
  (void)argument;
  pci_cleanup(session->access);
}

void libpci_close(struct libpci_session *session) {
  if (!session)
    return;
  // After an error in pci_init the access method may be half set up, and its
  // clean-up is not made for that: what it holds is left.
  if (session->access && (session->is_ready || !session->access->methods))
    (void)guarded(session, close_body, NULL);
  if (active == session)
    active = NULL;
  free(session);
}

#endif
