// SPDX-License-Identifier: Apache-2.0
//
// Holds this project's layouts against the headers of the FreeBSD release that
// the file is compiled for. It has no code.

#include "Platform.h"

#if DEVPCI_SUPPORTED

#include "ControlLayout.h"
#include "Layouts.h"

#include <sys/types.h>
#include <sys/bus.h>
#include <sys/pciio.h>

// The two layouts differ only in what comes after the unit.
static_assert(
    sizeof(struct pci_conf) == 48 || sizeof(struct pci_conf) == 128,
    "a third layout of struct pci_conf: read sys/pciio.h and extend Layouts.h");
static_assert(
    PCIOCGETCONF == REQUEST_GETCONF_48 || PCIOCGETCONF == REQUEST_GETCONF_128, "PCIOCGETCONF");
static_assert(
    (sizeof(struct pci_conf) == 48) == (PCIOCGETCONF == REQUEST_GETCONF_48),
    "each request has its own layout");
static_assert(PCIOCREAD == REQUEST_READ, "PCIOCREAD");
static_assert(PCIOCWRITE == REQUEST_WRITE, "PCIOCWRITE");
static_assert(PCIOCATTACHED == REQUEST_ATTACHED, "PCIOCATTACHED");
static_assert(PCIOCGETBAR == REQUEST_GETBAR, "PCIOCGETBAR");
static_assert(PCIOCLISTVPD == REQUEST_LISTVPD, "PCIOCLISTVPD");

#define SAME(ours, our_field, theirs, their_field)                               \
  static_assert(                                                                 \
      offsetof(struct ours, our_field) == offsetof(struct theirs, their_field)   \
          && sizeof(((struct ours *)0)->our_field)                               \
                 == sizeof(((struct theirs *)0)->their_field),                   \
      #their_field)

SAME(kernel_selector, domain, pcisel, pc_domain);
SAME(kernel_selector, bus, pcisel, pc_bus);
SAME(kernel_selector, device, pcisel, pc_dev);
SAME(kernel_selector, function, pcisel, pc_func);
SAME(kernel_conf_head, selector, pci_conf, pc_sel);
SAME(kernel_conf_head, header_type, pci_conf, pc_hdr);
SAME(kernel_conf_head, subvendor, pci_conf, pc_subvendor);
SAME(kernel_conf_head, subdevice, pci_conf, pc_subdevice);
SAME(kernel_conf_head, vendor, pci_conf, pc_vendor);
SAME(kernel_conf_head, device_id, pci_conf, pc_device);
SAME(kernel_conf_head, base_class, pci_conf, pc_class);
SAME(kernel_conf_head, sub_class, pci_conf, pc_subclass);
SAME(kernel_conf_head, interface, pci_conf, pc_progif);
SAME(kernel_conf_head, revision, pci_conf, pc_revid);
SAME(kernel_conf_head, name, pci_conf, pd_name);
SAME(kernel_conf_head, unit, pci_conf, pd_unit);
SAME(kernel_conf_io, pattern_length, pci_conf_io, pat_buf_len);
SAME(kernel_conf_io, pattern_count, pci_conf_io, num_patterns);
SAME(kernel_conf_io, patterns, pci_conf_io, patterns);
SAME(kernel_conf_io, match_length, pci_conf_io, match_buf_len);
SAME(kernel_conf_io, match_count, pci_conf_io, num_matches);
SAME(kernel_conf_io, matches, pci_conf_io, matches);
SAME(kernel_conf_io, offset, pci_conf_io, offset);
SAME(kernel_conf_io, generation, pci_conf_io, generation);
SAME(kernel_conf_io, status, pci_conf_io, status);
SAME(kernel_io, selector, pci_io, pi_sel);
SAME(kernel_io, offset, pci_io, pi_reg);
SAME(kernel_io, width, pci_io, pi_width);
SAME(kernel_io, data, pci_io, pi_data);
SAME(kernel_bar_io, selector, pci_bar_io, pbi_sel);
SAME(kernel_bar_io, offset, pci_bar_io, pbi_reg);
SAME(kernel_bar_io, is_enabled, pci_bar_io, pbi_enabled);
SAME(kernel_bar_io, base, pci_bar_io, pbi_base);
SAME(kernel_bar_io, length, pci_bar_io, pbi_length);
SAME(kernel_vpd_io, selector, pci_list_vpd_io, plvi_sel);
SAME(kernel_vpd_io, length, pci_list_vpd_io, plvi_len);
SAME(kernel_vpd_io, data, pci_list_vpd_io, plvi_data);

static_assert(GETCONF_LAST_DEVICE == PCI_GETCONF_LAST_DEVICE, "status");
static_assert(GETCONF_LIST_CHANGED == PCI_GETCONF_LIST_CHANGED, "status");
static_assert(GETCONF_MORE_DEVS == PCI_GETCONF_MORE_DEVS, "status");
static_assert(GETCONF_ERROR == PCI_GETCONF_ERROR, "status");

static_assert(sizeof(struct kernel_devreq) == sizeof(struct devreq), "devreq");
SAME(kernel_devreq, name, devreq, dr_name);
SAME(kernel_devreq, flags, devreq, dr_flags);
SAME(kernel_devreq, argument, devreq, dr_dru);
SAME(kernel_devreq, argument.data, devreq, dr_data);
static_assert(DEV_ATTACH == REQUEST_ATTACH, "DEV_ATTACH");
static_assert(DEV_DETACH == REQUEST_DETACH, "DEV_DETACH");
static_assert(DEV_SET_DRIVER == REQUEST_SET_DRIVER, "DEV_SET_DRIVER");
static_assert(DEV_CLEAR_DRIVER == REQUEST_CLEAR_DRIVER, "DEV_CLEAR_DRIVER");
static_assert(DEV_RESCAN == REQUEST_RESCAN, "DEV_RESCAN");
static_assert(DEV_DELETE == REQUEST_DELETE, "DEV_DELETE");
static_assert(DEV_RESET == REQUEST_RESET, "DEV_RESET");
static_assert(DEVF_FORCE_DETACH == FLAG_DETACH, "DEVF_FORCE_DETACH");
static_assert(DEVF_SET_DRIVER_DETACH == FLAG_DETACH, "DEVF_SET_DRIVER_DETACH");
static_assert(DEVF_CLEAR_DRIVER_DETACH == FLAG_DETACH, "DEVF_CLEAR_DRIVER_DETACH");
static_assert(DEVF_FORCE_DELETE == FLAG_DETACH, "DEVF_FORCE_DELETE");
static_assert(DEVF_RESET_DETACH == FLAG_DETACH, "DEVF_RESET_DETACH");

#include <errno.h>

static_assert(DEVPCI_EPERM == EPERM && DEVPCI_ENOENT == ENOENT && DEVPCI_EIO == EIO, "errno");
static_assert(DEVPCI_EINTR == EINTR, "errno");
static_assert(DEVPCI_ENXIO == ENXIO && DEVPCI_ENOMEM == ENOMEM, "errno");
static_assert(DEVPCI_EACCES == EACCES && DEVPCI_EBUSY == EBUSY, "errno");
static_assert(DEVPCI_ENODEV == ENODEV && DEVPCI_EINVAL == EINVAL, "errno");
static_assert(DEVPCI_ENOTTY == ENOTTY && DEVPCI_EFBIG == EFBIG, "errno");
static_assert(DEVPCI_ENOSYS == ENOSYS && DEVPCI_EOVERFLOW == EOVERFLOW, "errno");

#ifdef DEVPCI_HEADERS_OF_15
// The build script says so for headers known to be of FreeBSD 15.
static_assert(sizeof(struct pci_conf) == sizeof(struct kernel_conf_128), "128 bytes");
SAME(kernel_conf_128, numa_domain, pci_conf, pd_numa_domain);
SAME(kernel_conf_128, reported_length, pci_conf, pc_reported_len);
#endif

#endif

// A file of nothing is not C.
typedef int devpci_layout_check;
