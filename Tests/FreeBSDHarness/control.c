// SPDX-License-Identifier: Apache-2.0
//
// Asks the shim's FreeBSD object to change drivers, over the played kernel.

#include "checks.h"
#include "kernel.h"

#include <stdlib.h>
#include <string.h>

// The driver and unit of every function, as /dev/pci lists them: "em0 em1 - ppt0".
static void names(char *text, size_t room) {
  int32_t descriptor = -1;
  devpci_function *functions = NULL;
  uint32_t count = 0;
  CHECK_STATUS(devpci_open(0, &descriptor), 0, DEVPCI_CALL_NONE);
  CHECK_STATUS(devpci_list(descriptor, 0, &functions, &count), 0, DEVPCI_CALL_NONE);
  size_t at = 0;
  text[0] = 0;
  for (uint32_t index = 0; index < count && at < room; index++) {
    const char *space = index ? " " : "";
    if (functions[index].driver[0])
      at += (size_t)snprintf(text + at, room - at, "%s%s%llu", space, functions[index].driver,
          (unsigned long long)functions[index].unit);
    else
      at += (size_t)snprintf(text + at, room - at, "%s-", space);
  }
  devpci_free(functions);
  devpci_close(descriptor);
}

static int are_named(const char *expected) {
  char text[4096];
  names(text, sizeof text);
  if (strcmp(text, expected) != 0) printf("expected %s, found %s\n", expected, text);
  return strcmp(text, expected) == 0;
}

static int is_attached(uint8_t bus, uint8_t device, uint8_t function) {
  int32_t descriptor = -1, attached = -1;
  devpci_address address = {0, bus, device, function};
  CHECK_STATUS(devpci_open(1, &descriptor), 0, DEVPCI_CALL_NONE);
  CHECK_STATUS(devpci_attached(descriptor, address, &attached), 0, DEVPCI_CALL_NONE);
  devpci_close(descriptor);
  return attached;
}

// Four ports and a bridge: em0 em1 em2 igb0 pcib1, with ppt loaded.
static void fill(void) {
  kernel_reset();
  kernel_add(0, 10, 0, 0, 0x8086, 0x10d3, "em", 0);
  kernel_add(0, 10, 0, 1, 0x8086, 0x10d3, "em", 1);
  kernel_add(0, 11, 0, 0, 0x8086, 0x10d3, "em", 2);
  kernel_add(0x10000, 11, 0, 0, 0x8086, 0x1521, "igb", 0);
  kernel_add(0, 0, 1, 0, 0x8086, 0x3420, "pcib", 1)->entry[8] = 1;
  kernel_settle_drivers();
  kernel_add_driver("ppt");
  kernel.bus_count = 2;
}

static void bind_and_give_back(void) {
  fill();
  CHECK(are_named("em0 em1 em2 igb0 pcib1"));
  // Without force a driver that is there stays there.
  CHECK_STATUS(devpci_set_driver("pci0:10:0:1", "ppt", 0), DEVPCI_EBUSY, DEVPCI_CALL_SET_DRIVER);
  CHECK(are_named("em0 em1 em2 igb0 pcib1"));
  CHECK_STATUS(devpci_set_driver("pci0:10:0:1", "ppt", 1), 0, DEVPCI_CALL_NONE);
  // em2 keeps its name: at run time nobody else is renumbered.
  CHECK(are_named("em0 ppt0 em2 igb0 pcib1"));
  CHECK(is_attached(10, 0, 1) == 1);
  // The name is enough: asked again, nothing happens.
  CHECK_STATUS(devpci_set_driver("ppt0", "ppt", 0), 0, DEVPCI_CALL_NONE);
  CHECK_STATUS(devpci_set_driver("pci10:0:0", "ppt", 1), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("ppt1 ppt0 em2 igb0 pcib1"));
  CHECK_STATUS(devpci_clear_driver("pci0:10:0:1", 0), DEVPCI_EBUSY, DEVPCI_CALL_CLEAR_DRIVER);
  // Given back in another order, the units are others: the lowest free one each.
  CHECK_STATUS(devpci_clear_driver("pci0:10:0:1", 1), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("ppt1 em0 em2 igb0 pcib1"));
  CHECK_STATUS(devpci_clear_driver("ppt1", 1), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("em1 em0 em2 igb0 pcib1"));
  // Nothing was set any more, so nothing is cleared.
  CHECK_STATUS(devpci_clear_driver("pci0:10:0:1", 0), 0, DEVPCI_CALL_NONE);
  CHECK_STATUS(devpci_clear_driver("pci0:10:0:1", 1), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("em1 em0 em2 igb0 pcib1"));
  // A domain above 0, and back by the driver's own name, which stays fixed.
  CHECK_STATUS(devpci_set_driver("pci65536:11:0:0", "ppt", 1), 0, DEVPCI_CALL_NONE);
  CHECK_STATUS(devpci_set_driver("pci65536:11:0:0", "igb", 1), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("em1 em0 em2 igb0 pcib1"));
  CHECK(kernel.functions[3].is_fixed == 1);
  CHECK(kernel.open_descriptors == 0);
}

static void detach_and_attach(void) {
  fill();
  CHECK_STATUS(devpci_attach("em1"), DEVPCI_EBUSY, DEVPCI_CALL_ATTACH);
  CHECK_STATUS(devpci_detach("em1", 0), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("em0 - em2 igb0 pcib1"));
  CHECK_STATUS(devpci_detach("pci0:10:0:1", 1), DEVPCI_ENXIO, DEVPCI_CALL_DETACH);
  // It has no name any more.
  CHECK_STATUS(devpci_attach("em1"), DEVPCI_ENOENT, DEVPCI_CALL_ATTACH);
  CHECK_STATUS(devpci_attach("pci0:10:0:1"), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("em0 em1 em2 igb0 pcib1"));
  // A detached device takes a driver without force.
  CHECK_STATUS(devpci_detach("em1", 0), 0, DEVPCI_CALL_NONE);
  CHECK_STATUS(devpci_set_driver("pci0:10:0:1", "ppt", 0), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("em0 ppt0 em2 igb0 pcib1"));
  // Fixed, it keeps the name without the driver.
  CHECK_STATUS(devpci_detach("ppt0", 1), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("em0 ppt0 em2 igb0 pcib1") && is_attached(10, 0, 1) == 0);
  CHECK_STATUS(devpci_set_driver("ppt0", "ppt", 1), 0, DEVPCI_CALL_NONE);
  CHECK(is_attached(10, 0, 1) == 0);
  CHECK_STATUS(devpci_attach("ppt0"), 0, DEVPCI_CALL_NONE);
  CHECK(is_attached(10, 0, 1) == 1);

  // Refusals of drivers: one that gives way to force, and one that does not.
  fill();
  kernel.functions[1].will_not_stop = 1;
  CHECK_STATUS(devpci_detach("em1", 0), DEVPCI_EBUSY, DEVPCI_CALL_DETACH);
  CHECK_STATUS(devpci_detach("em1", 1), 0, DEVPCI_CALL_NONE);
  fill();
  kernel.functions[1].is_busy = 1;
  CHECK_STATUS(devpci_detach("em1", 1), DEVPCI_EBUSY, DEVPCI_CALL_DETACH);
  CHECK_STATUS(devpci_set_driver("em1", "ppt", 1), DEVPCI_EBUSY, DEVPCI_CALL_SET_DRIVER);
  CHECK(are_named("em0 em1 em2 igb0 pcib1"));
  kernel_driver("em")->detach_error = DEVPCI_EIO;
  CHECK_STATUS(devpci_set_driver("em2", "ppt", 1), DEVPCI_EIO, DEVPCI_CALL_SET_DRIVER);
  CHECK(are_named("em0 em1 em2 igb0 pcib1"));
  // devctl disable.
  fill();
  kernel.functions[2].is_disabled = 1;
  CHECK_STATUS(devpci_detach("em2", 0), 0, DEVPCI_CALL_NONE);
  CHECK_STATUS(devpci_attach("pci0:11:0:0"), DEVPCI_ENXIO, DEVPCI_CALL_ATTACH);
}

static void failed_attaches(void) {
  // A bridge can never be ppt: it is left with ppt's name, and no driver.
  fill();
  CHECK_STATUS(devpci_set_driver("pcib1", "ppt", 1), DEVPCI_ENXIO, DEVPCI_CALL_SET_DRIVER);
  CHECK(are_named("em0 em1 em2 igb0 ppt0") && is_attached(0, 1, 0) == 0);
  CHECK_STATUS(devpci_clear_driver("pci0:0:1:0", 0), 0, DEVPCI_CALL_NONE);
  CHECK(is_attached(0, 1, 0) == 1);
  // The old driver does not come back: the device is left without one, unnamed.
  fill();
  CHECK_STATUS(devpci_set_driver("em1", "ppt", 1), 0, DEVPCI_CALL_NONE);
  kernel_driver("em")->attach_error = DEVPCI_ENOMEM;
  CHECK_STATUS(
      devpci_clear_driver("pci0:10:0:1", 1), DEVPCI_ENOMEM, DEVPCI_CALL_CLEAR_DRIVER);
  CHECK(are_named("em0 - em2 igb0 pcib1"));
  // A device that no driver wants.
  fill();
  kernel.functions[0].best_driver[0] = 0;
  CHECK_STATUS(devpci_detach("em0", 0), 0, DEVPCI_CALL_NONE);
  CHECK_STATUS(devpci_attach("pci0:10:0:0"), DEVPCI_ENXIO, DEVPCI_CALL_ATTACH);
  CHECK_STATUS(devpci_set_driver("pci0:10:0:0", "ppt", 0), 0, DEVPCI_CALL_NONE);
  CHECK_STATUS(devpci_clear_driver("ppt0", 1), DEVPCI_ENXIO, DEVPCI_CALL_CLEAR_DRIVER);
  CHECK(are_named("- em1 em2 igb0 pcib1"));
  // Bound by pptdevs at boot: ppt is the best driver, and clearing does nothing.
  fill();
  kernel_reset();
  kernel_add(0, 10, 0, 0, 0x8086, 0x10d3, "ppt", 0);
  kernel_settle_drivers();
  kernel_add_driver("em");
  CHECK_STATUS(devpci_clear_driver("ppt0", 1), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("ppt0"));
  CHECK_STATUS(devpci_detach("ppt0", 1), 0, DEVPCI_CALL_NONE);
  CHECK_STATUS(devpci_attach("pci0:10:0:0"), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("ppt0"));
  CHECK_STATUS(devpci_set_driver("ppt0", "em", 1), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("em0"));
  // A unit that a hint keeps for another device is not handed out.
  fill();
  static const char environment[] = "hint.ppt.0.at=pci0:9:0:0\0hint.em.1.at=pci0:9:0:1\0";
  kernel.environment = environment;
  kernel.environment_length = sizeof environment - 1;
  CHECK_STATUS(devpci_set_driver("em1", "ppt", 1), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("em0 ppt1 em2 igb0 pcib1"));
  CHECK_STATUS(devpci_clear_driver("ppt1", 1), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("em0 em3 em2 igb0 pcib1"));
}

static void bus_requests(void) {
  fill();
  CHECK_STATUS(devpci_delete("em2", 0), DEVPCI_EBUSY, DEVPCI_CALL_DELETE);
  CHECK_STATUS(devpci_delete("em1", 1), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("em0 em2 igb0 pcib1"));
  CHECK_STATUS(devpci_delete("pci0:10:0:1", 1), DEVPCI_ENOENT, DEVPCI_CALL_DELETE);
  CHECK_STATUS(devpci_rescan("pci2"), DEVPCI_ENOENT, DEVPCI_CALL_RESCAN);
  CHECK_STATUS(devpci_rescan("em0"), DEVPCI_ENXIO, DEVPCI_CALL_RESCAN);
  CHECK(kernel.rescans == 0);
  CHECK_STATUS(devpci_rescan("pci1"), 0, DEVPCI_CALL_NONE);
  CHECK(kernel.rescans == 1 && are_named("em0 em1 em2 igb0 pcib1"));

  CHECK_STATUS(devpci_reset("em1", 0), 0, DEVPCI_CALL_NONE);
  CHECK_STATUS(devpci_reset("pci0:10:0:1", 1), 0, DEVPCI_CALL_NONE);
  CHECK(kernel.functions[1].resets == 2 && are_named("em0 em1 em2 igb0 pcib1"));
  kernel.functions[1].is_busy = 1;
  CHECK_STATUS(devpci_reset("em1", 1), DEVPCI_EBUSY, DEVPCI_CALL_RESET);
  CHECK(kernel.functions[1].resets == 2);
  kernel.answers_reset = 0;
  CHECK_STATUS(devpci_reset("em1", 0), DEVPCI_ENOTTY, DEVPCI_CALL_RESET);
}

static void refusals(void) {
  fill();
  CHECK_STATUS(devpci_set_driver("pci0:9:0:0", "ppt", 1), DEVPCI_ENOENT, DEVPCI_CALL_SET_DRIVER);
  CHECK_STATUS(devpci_set_driver("em9", "ppt", 1), DEVPCI_ENOENT, DEVPCI_CALL_SET_DRIVER);
  // Leading and trailing text is part of a name.
  CHECK_STATUS(devpci_detach("em1 ", 1), DEVPCI_ENOENT, DEVPCI_CALL_DETACH);
  // In another domain the address is another device.
  CHECK_STATUS(devpci_detach("pci1:10:0:1", 1), DEVPCI_ENOENT, DEVPCI_CALL_DETACH);
  CHECK_STATUS(
      devpci_set_driver("em1", "nosuchdriver", 1), DEVPCI_ENOENT, DEVPCI_CALL_SET_DRIVER);
  CHECK(are_named("em0 em1 em2 igb0 pcib1"));
  // Names that do not fit are refused here: cut short they are other devices.
  unsigned long before = kernel.control_calls;
  char name[200];
  memset(name, 'e', sizeof name);
  name[128] = 0;
  CHECK_STATUS(devpci_attach(name), DEVPCI_EINVAL, DEVPCI_CALL_ATTACH);
  CHECK_STATUS(devpci_attach(""), DEVPCI_EINVAL, DEVPCI_CALL_ATTACH);
  CHECK_STATUS(devpci_attach(NULL), DEVPCI_EINVAL, DEVPCI_CALL_ATTACH);
  CHECK_STATUS(devpci_set_driver("em1", "", 1), DEVPCI_EINVAL, DEVPCI_CALL_SET_DRIVER);
  CHECK_STATUS(devpci_set_driver("em1", NULL, 1), DEVPCI_EINVAL, DEVPCI_CALL_SET_DRIVER);
  CHECK(kernel.control_calls == before);
  name[127] = 0;
  CHECK_STATUS(devpci_attach(name), DEVPCI_ENOENT, DEVPCI_CALL_ATTACH);
  CHECK_STATUS(devpci_set_driver("em1", name, 1), DEVPCI_ENOENT, DEVPCI_CALL_SET_DRIVER);
  name[127] = 'e';
  // ENAMETOOLONG, from the kernel.
  CHECK_STATUS(devpci_set_driver("em1", name, 1), 63, DEVPCI_CALL_SET_DRIVER);

  // An interrupted open is made again; an interrupted request is not.
  before = kernel.control_calls;
  kernel.interruptions = 1;
  CHECK_STATUS(devpci_detach("em1", 1), 0, DEVPCI_CALL_NONE);
  CHECK(kernel.control_calls == before + 1);
  kernel.control_interruptions = 1;
  CHECK_STATUS(devpci_detach("em2", 1), DEVPCI_EINTR, DEVPCI_CALL_DETACH);
  CHECK(kernel.control_calls == before + 1 && kernel.control_interruptions == 0);

  fill();
  kernel.is_root = 0;
  CHECK_STATUS(
      devpci_set_driver("em1", "ppt", 1), DEVPCI_EACCES, DEVPCI_CALL_CONTROL_OPEN);
  fill();
  kernel.has_control = 0;
  CHECK_STATUS(devpci_clear_driver("em1", 1), DEVPCI_ENOENT, DEVPCI_CALL_CONTROL_OPEN);
  fill();
  kernel.is_jail = 1;
  CHECK_STATUS(devpci_set_driver("em1", "ppt", 1), DEVPCI_EPERM, DEVPCI_CALL_SET_DRIVER);
  CHECK_STATUS(devpci_rescan("pci0"), DEVPCI_EPERM, DEVPCI_CALL_RESCAN);
  CHECK(are_named("em0 em1 em2 igb0 pcib1"));
  // Above securelevel 0 drivers can still be changed: only PRIV_DRIVER is asked for.
  fill();
  kernel.securelevel = 1;
  CHECK_STATUS(devpci_set_driver("em1", "ppt", 1), 0, DEVPCI_CALL_NONE);
  CHECK(are_named("em0 ppt0 em2 igb0 pcib1"));
  CHECK(kernel.open_descriptors == 0);
  CHECK(strcmp(devpci_call_name(DEVPCI_CALL_SET_DRIVER), "DEV_SET_DRIVER") == 0);
}

static void modules(void) {
  fill();
  int32_t has = 77;
  CHECK_STATUS(devpci_has_driver("ppt", &has), 0, DEVPCI_CALL_NONE);
  CHECK(has == 1);
  CHECK_STATUS(devpci_has_driver("pp", &has), 0, DEVPCI_CALL_NONE);
  CHECK(has == 0);
  CHECK_STATUS(devpci_load_module("vmm"), 0, DEVPCI_CALL_NONE);
  kernel_reset();
  CHECK_STATUS(devpci_has_driver("ppt", &has), 0, DEVPCI_CALL_NONE);
  CHECK(has == 0);
  kernel.vmm_error = DEVPCI_ENXIO;
  CHECK_STATUS(devpci_load_module("vmm"), DEVPCI_ENXIO, DEVPCI_CALL_KLDLOAD);
  kernel.vmm_error = 0;
  CHECK_STATUS(devpci_load_module("vm"), DEVPCI_ENOENT, DEVPCI_CALL_KLDLOAD);
  kernel.securelevel = 1;
  CHECK_STATUS(devpci_load_module("vmm"), DEVPCI_EPERM, DEVPCI_CALL_KLDLOAD);
  kernel.securelevel = 0;
  CHECK_STATUS(devpci_load_module("vmm"), 0, DEVPCI_CALL_NONE);
  CHECK_STATUS(devpci_has_driver("ppt", &has), 0, DEVPCI_CALL_NONE);
  CHECK(has == 1);
  // A driver's name has 127 characters at most.
  char name[129];
  memset(name, 'e', sizeof name);
  name[128] = 0;
  CHECK_STATUS(devpci_has_driver(name, &has), DEVPCI_EINVAL, DEVPCI_CALL_MODFIND);
  name[127] = 0;
  CHECK_STATUS(devpci_has_driver(name, &has), 0, DEVPCI_CALL_NONE);
  CHECK_STATUS(devpci_has_driver(NULL, &has), DEVPCI_EINVAL, DEVPCI_CALL_MODFIND);
  CHECK(has == 0);
}

// Every function of a recorded kernel goes to ppt and comes back, alone.
static void round_trips(const char *folder) {
  kernel_reset();
  kernel_load(folder);
  int has_vmm = 0;
  for (size_t index = 0; index < kernel.driver_count; index++)
    has_vmm |= strcmp(kernel.drivers[index].name, "ppt") == 0;
  char before[4096], after[4096];
  names(before, sizeof before);
  if (!has_vmm) {
    CHECK_STATUS(devpci_set_driver("pci0:0:0:0", "ppt", 1), DEVPCI_ENOENT,
        DEVPCI_CALL_SET_DRIVER);
    kernel_add_driver("ppt");
  }
  int bound = 0;
  for (size_t index = 0; index < kernel.count; index++) {
    const struct played_function *function = &kernel.functions[index];
    if ((function->entry[8] & 0x7f) != 0 || strcmp(function->best_driver, "ppt") == 0) continue;
    char name[64], changed[4096];
    snprintf(name, sizeof name, "pci%u:%u:%u:%u", function->domain, function->bus,
        function->device, function->function);
    CHECK_STATUS(devpci_set_driver(name, "ppt", 1), 0, DEVPCI_CALL_NONE);
    names(changed, sizeof changed);
    // One word is another, and it says ppt.
    size_t word = 0, others = 0;
    char *next = changed, *was = before;
    for (;; word++) {
      size_t length = strcspn(next, " "), was_length = strcspn(was, " ");
      int is_same = length == was_length && memcmp(next, was, length) == 0;
      if (word == index) CHECK(strncmp(next, "ppt", 3) == 0 && !is_same);
      else others += !is_same;
      next += length, was += was_length;
      if (!*next || !*was) break;
      next++, was++;
    }
    CHECK(others == 0 && word + 1 == kernel.count);
    int32_t expected = function->best_driver[0] ? 0 : DEVPCI_ENXIO;
    CHECK_STATUS(devpci_clear_driver(name, 1), expected,
        expected ? DEVPCI_CALL_CLEAR_DRIVER : DEVPCI_CALL_NONE);
    names(after, sizeof after);
    CHECK(strcmp(before, after) == 0);
    bound++;
  }
  CHECK(bound > 0 || kernel.count == 0);
  printf("%s: %d functions to ppt and back\n", folder, bound);
}

void driver_control(int count, char **recordings) {
  bind_and_give_back();
  detach_and_attach();
  failed_attaches();
  bus_requests();
  refusals();
  modules();
  for (int index = 0; index < count; index++) round_trips(recordings[index]);
}
