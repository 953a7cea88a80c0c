// SPDX-License-Identifier: Apache-2.0
//
// FreeBSD's /dev/pci and the kernel's other answers, behind portable types.
//
// The types here are this project's own: no layout of the kernel shows in this
// header. On other systems every call answers DEVPCI_CALL_UNSUPPORTED.

#ifndef CDEVPCI_H
#define CDEVPCI_H

#include <stddef.h>
#include <stdint.h>

/// FreeBSD's errno values, which are not those of every other system.
///
/// sys/sys/errno.h of FreeBSD.
enum {
  DEVPCI_EPERM = 1,
  DEVPCI_ENOENT = 2,
  DEVPCI_EINTR = 4,
  DEVPCI_EIO = 5,
  DEVPCI_ENXIO = 6,
  DEVPCI_ENOMEM = 12,
  DEVPCI_EACCES = 13,
  DEVPCI_EBUSY = 16,
  DEVPCI_ENODEV = 19,
  DEVPCI_EINVAL = 22,
  DEVPCI_ENOTTY = 25,
  DEVPCI_EFBIG = 27,
  DEVPCI_ENOSYS = 78,
  DEVPCI_EOVERFLOW = 84
};

/// The call that failed, or what about its answer did.
typedef enum devpci_call {
  DEVPCI_CALL_NONE = 0,
  /// This build cannot reach /dev/pci at all.
  DEVPCI_CALL_UNSUPPORTED,
  /// open of /dev/pci.
  DEVPCI_CALL_OPEN,
  DEVPCI_CALL_GETCONF,
  /// The kernel refuses both layouts of PCIOCGETCONF that this code knows.
  DEVPCI_CALL_NO_KNOWN_LAYOUT,
  /// The list changed on every one of the attempts to read it.
  DEVPCI_CALL_LIST_UNSETTLED,
  /// The kernel said that there is more, and gave nothing.
  DEVPCI_CALL_LIST_STALLED,
  /// The kernel gave more entries than the buffer holds, or than can exist.
  DEVPCI_CALL_LIST_TOO_LONG,
  DEVPCI_CALL_READ,
  DEVPCI_CALL_WRITE,
  DEVPCI_CALL_GETBAR,
  DEVPCI_CALL_LISTVPD,
  DEVPCI_CALL_ATTACHED,
  DEVPCI_CALL_SYSCTL,
  DEVPCI_CALL_KENV,
  DEVPCI_CALL_GETFSSTAT,
  /// open or read of /dev/mem.
  DEVPCI_CALL_MEMORY,
  /// The ACPI tables contradict themselves.
  DEVPCI_CALL_ACPI,
  DEVPCI_CALL_ALLOCATE,
  DEVPCI_CALL_FILE,
  /// open of /dev/devctl2.
  DEVPCI_CALL_CONTROL_OPEN,
  DEVPCI_CALL_SET_DRIVER,
  DEVPCI_CALL_CLEAR_DRIVER,
  DEVPCI_CALL_ATTACH,
  DEVPCI_CALL_DETACH,
  DEVPCI_CALL_RESCAN,
  DEVPCI_CALL_DELETE,
  DEVPCI_CALL_RESET,
  DEVPCI_CALL_MODFIND,
  DEVPCI_CALL_KLDLOAD
} devpci_call;

/// How a call ended: number is 0, or an errno value of FreeBSD.
typedef struct devpci_status {
  int32_t number;
  /// A devpci_call.
  int32_t call;
} devpci_status;

/// One function as PCIOCGETCONF lists it.
typedef struct devpci_function {
  uint32_t domain;
  uint8_t bus;
  uint8_t device;
  /// Above 7 for a virtual function under ARI.
  uint8_t function;
  /// Bits 6:0 of the header type: the kernel takes the multi-function bit out.
  uint8_t header_type;
  uint16_t vendor;
  uint16_t device_id;
  uint16_t subvendor;
  uint16_t subdevice;
  uint8_t base_class;
  uint8_t sub_class;
  uint8_t interface;
  uint8_t revision;
  /// 1 where secondary_bus and subordinate_bus were reported.
  uint8_t has_buses;
  uint8_t secondary_bus;
  uint8_t subordinate_bus;
  /// 1 where numa_domain was reported.
  uint8_t has_numa_domain;
  int32_t numa_domain;
  /// The driver's unit; without a meaning where driver is empty.
  uint64_t unit;
  /// The driver's name, ended by a zero byte; empty where none is attached.
  char driver[24];
} devpci_function;

/// The address of one function.
typedef struct devpci_address {
  uint32_t domain;
  uint8_t bus;
  uint8_t device;
  uint8_t function;
} devpci_address;

/// One base address register as the kernel keeps it.
typedef struct devpci_bar {
  /// The register's value with its flag bits.
  uint64_t base;
  /// The size in bytes.
  uint64_t length;
  /// Whether the function decodes it now.
  int32_t is_enabled;
} devpci_bar;

/// Whether this build can reach /dev/pci: 1 on 64-bit FreeBSD, 0 elsewhere.
int32_t devpci_is_supported(void);

/// The name of a call for messages: "PCIOCGETCONF". Never NULL.
const char *devpci_call_name(int32_t call);

/// Opens /dev/pci: read-only lists and sizes, read-write reads configuration too.
devpci_status devpci_open(int32_t for_writing, int32_t *descriptor);

/// Closes what devpci_open opened.
void devpci_close(int32_t descriptor);

/// Lists every function, in the kernel's order.
///
/// *functions is allocated, and given back with devpci_free. entries_per_call
/// sizes the kernel's buffer: 0 chooses; any other number is for tests.
devpci_status devpci_list(
    int32_t descriptor, uint32_t entries_per_call, devpci_function **functions,
    uint32_t *count);

/// Reads 1, 2 or 4 bytes of configuration space, naturally aligned.
devpci_status devpci_read(
    int32_t descriptor, devpci_address address, int32_t offset, int32_t width, uint32_t *value);

/// Writes 1, 2 or 4 bytes of configuration space, naturally aligned.
devpci_status devpci_write(
    int32_t descriptor, devpci_address address, int32_t offset, int32_t width, uint32_t value);

/// Reads configuration space from offset 0 on, length bytes, a multiple of 4.
///
/// *done is how many bytes were read, on failure too.
devpci_status devpci_read_configuration(
    int32_t descriptor, devpci_address address, uint8_t *bytes, uint32_t length, uint32_t *done);

/// Asks for the base address register at a configuration offset.
///
/// EINVAL where none is implemented there.
devpci_status devpci_get_bar(
    int32_t descriptor, devpci_address address, int32_t offset, devpci_bar *bar);

/// Reads the vital product data as the kernel's elements, to be freed.
///
/// Each is two bytes of keyword, one of flags, one of length, then the data.
/// ENXIO where the function has none.
devpci_status devpci_list_vpd(
    int32_t descriptor, devpci_address address, uint8_t **bytes, size_t *length);

/// Asks whether a driver is attached.
devpci_status devpci_attached(
    int32_t descriptor, devpci_address address, int32_t *is_attached);

/// The value of a sysctl as text, to be freed: numbers in decimal.
///
/// A structure comes as the bytes it has. ENOENT where there is none of the name.
devpci_status devpci_sysctl(const char *name, uint8_t **bytes, size_t *length);

/// The kernel environment: name=value strings, each ended by a zero byte, to be freed.
devpci_status devpci_kernel_environment(uint8_t **bytes, size_t *length);

/// The mounted file systems, three strings each: type, source, directory.
///
/// Each is ended by a zero byte; to be freed.
devpci_status devpci_mounts(uint8_t **bytes, size_t *length);

/// The routing table as the kernel's messages, to be freed (NET_RT_DUMP).
devpci_status devpci_routes(uint8_t **bytes, size_t *length);

/// The network interfaces: index as four little-endian bytes, name, zero byte; to be freed.
devpci_status devpci_interfaces(uint8_t **bytes, size_t *length);

/// One ACPI table with its header, through /dev/mem as root; to be freed.
///
/// signature is four characters: "DMAR". ENOENT where the firmware has none.
devpci_status devpci_acpi_table(const char *signature, uint8_t **bytes, size_t *length);

// Driver control, through /dev/devctl2 as devctl(8) does it. All of it needs
// root: EACCES from the open otherwise, EPERM from the request in a jail. A jail
// mostly has no /dev/devctl2: ENOENT from the open. kern.securelevel is not asked.
//
// A device is "pci0:10:0:1" (domain, bus, slot, function, all decimal; the domain
// cannot be left out for one above 0) or a driver with its unit ("em1"). A name
// that is empty or longer than 127 characters is EINVAL. Every request answers
// ENOENT for a device that is not there, and passes on what a driver's own detach
// or attach says (EBUSY and ENXIO mostly); after EINTR the state must be looked at.

/// Gives a device to the driver of a name, and to no other from then on.
///
/// EBUSY where a driver is attached and is_forced is 0, or where it will not let
/// go; ENOENT also where no driver of the name is loaded ("ppt" is in vmm); ENXIO
/// where the driver refuses the device: it then stays without a driver, yet keeps
/// the new driver's name and a unit in the list (devpci_attached says 0). A device
/// whose name is that driver's already is left as it is, attached or not. The
/// unit is the driver's lowest free one; no other device's unit changes.
devpci_status devpci_set_driver(const char *device, const char *driver, int32_t is_forced);

/// Takes back what devpci_set_driver fixed: the device goes to its best driver.
///
/// Does nothing, and succeeds, for a device whose driver was not set by name: one
/// that `pptdevs` gave to ppt at boot among them. EBUSY where a driver is attached
/// and is_forced is 0; ENXIO where no driver wants the device.
devpci_status devpci_clear_driver(const char *device, int32_t is_forced);

/// Lets the best driver have a device that has none.
///
/// EBUSY where one is attached; ENXIO where none wants it or it is disabled.
devpci_status devpci_attach(const char *device);

/// Takes a device from its driver; its unit is free then.
///
/// ENXIO where none is attached. Without is_forced the driver is asked first
/// whether it can stop; forced or not, it can refuse with EBUSY.
devpci_status devpci_detach(const char *device, int32_t is_forced);

/// Looks for new devices on a bus, named as a driver with its unit: "pci0".
///
/// ENXIO where it is not attached or is no bus that can be scanned again.
devpci_status devpci_rescan(const char *bus);

/// Detaches a device and forgets it, until a rescan of its bus finds it again.
///
/// EBUSY without is_forced while the hardware is still present.
devpci_status devpci_delete(const char *device, int32_t is_forced);

/// Resets a function: function-level reset, or through D3 where it has none.
///
/// The driver is suspended meanwhile, or with detaches taken off and attached
/// anew. ENOTTY on a kernel without the request.
devpci_status devpci_reset(const char *device, int32_t detaches);

/// Asks whether the kernel has a driver for the PCI bus: *has is 1 or 0.
///
/// Built in or loaded, it is the module "pci/NAME" (sys/sys/bus.h, DRIVER_MODULE).
devpci_status devpci_has_driver(const char *driver, int32_t *has);

/// Loads a module of the kernel by its file's name: "vmm", which brings ppt.
///
/// Succeeds where it is there already. EPERM without root, in a jail and above
/// securelevel 0; ENOENT where there is no such file; ENXIO where vmm finds no
/// processor that it can use.
devpci_status devpci_load_module(const char *module);

/// Gives back what the calls above allocated; NULL is allowed.
void devpci_free(void *allocated);

#endif
