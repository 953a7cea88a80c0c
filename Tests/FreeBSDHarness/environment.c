// SPDX-License-Identifier: Apache-2.0
//
// For a whole program over the harness, by its environment:
// FREEBSD_RECORDING  the recording that the kernel is played from
// FREEBSD_AS         who asks: root, user, jail or securelevel
// FREEBSD_STATE      a file that keeps drivers and units from one run to the next
// FREEBSD_DATABASE   the folder that is /var/db/passthru
// FREEBSD_BOOT       kern.boot_id, sixteen characters taken as bytes
// FREEBSD_BUSY       a device whose driver does not let go: 0:1:0:1
// FREEBSD_REFUSES    a driver that takes nothing, and its errno: ppt=6
// FREEBSD_KENV       a variable of the loader's: pptdevs=2/0/0
// FREEBSD_SYSCTL     a sysctl and its value: hw.vmm.svm.features=0
// FREEBSD_COUNTS     a file for what it asked the kernel
// FREEBSD_KILL_AT    the moment, counted from 1, at which the program is killed:
//                    before and after each request that changes a driver, and
//                    before each call that changes a file

// For mode_t, kill and their like under -std=c11.
#define _DEFAULT_SOURCE 1

#include "kernel.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME = 22, UNIT = 40 };

static const char *state_path;
static long kill_at, moments;

static void fail(const char *what) {
  fprintf(stderr, "harness: %s\n", what);
  exit(70);
}

static void save(void) {
  if (!state_path) return;
  FILE *file = fopen(state_path, "w");
  if (!file) fail("the state cannot be written");
  for (size_t index = 0; index < kernel.count; index++) {
    const struct played_function *function = &kernel.functions[index];
    const char *name = (const char *)function->entry + NAME;
    fprintf(file, "%u:%u:%u:%u %s %u attached=%d fixed=%d gone=%d resets=%d\n", function->domain,
        function->bus, function->device, function->function, *name ? name : "-",
        function->entry[UNIT], function->is_attached, function->is_fixed, function->is_gone,
        function->resets);
  }
  if (kernel_has_driver("ppt")) fprintf(file, "ppt is loaded\n");
  if (fclose(file) != 0) fail("the state cannot be written");
}

static struct played_function *find(
    unsigned domain, unsigned bus, unsigned device, unsigned number) {
  for (size_t index = 0; index < kernel.count; index++) {
    struct played_function *function = &kernel.functions[index];
    if (function->domain == domain && function->bus == bus && function->device == device
        && function->function == number)
      return function;
  }
  fail("no such function");
  return NULL;
}

static void load(void) {
  FILE *file = fopen(state_path, "r");
  if (!file) {
    save();
    return;
  }
  char line[256];
  while (fgets(line, sizeof line, file)) {
    unsigned domain, bus, device, number, unit;
    char name[17];
    int attached, fixed, gone, resets;
    if (strcmp(line, "ppt is loaded\n") == 0) {
      kernel_add_driver("ppt");
      continue;
    }
    if (sscanf(line, "%u:%u:%u:%u %16s %u attached=%d fixed=%d gone=%d resets=%d", &domain, &bus,
            &device, &number, name, &unit, &attached, &fixed, &gone, &resets) != 10)
      fail("the state is damaged");
    struct played_function *function = find(domain, bus, device, number);
    memset(function->entry + NAME, 0, 17);
    if (strcmp(name, "-") != 0) memcpy(function->entry + NAME, name, strlen(name));
    memset(function->entry + UNIT, 0, 8);
    function->entry[UNIT] = (uint8_t)unit;
    function->is_attached = attached;
    function->is_fixed = fixed;
    function->is_gone = gone;
    function->resets = resets;
  }
  fclose(file);
}

static int is_last_moment(void) { return ++moments == kill_at; }

static void die(void) {
  save();
  (void)kill(getpid(), SIGKILL);
}

static void witness(int is_done) {
  if (is_done) save();
  if (is_last_moment()) die();
}

// The calls that change files, under the names that the linker's --wrap gives them.
ssize_t __real_write(int descriptor, const void *bytes, size_t length);
int __real_fsync(int descriptor);
int __real_rename(const char *from, const char *to);
int __real_unlink(const char *path);
int __real_mkdir(const char *path, mode_t mode);

ssize_t __wrap_write(int descriptor, const void *bytes, size_t length) {
  if (descriptor > 2 && is_last_moment()) {
    // Half of it is on the disk.
    (void)!__real_write(descriptor, bytes, length / 2);
    die();
  }
  return __real_write(descriptor, bytes, length);
}

int __wrap_fsync(int descriptor) {
  if (is_last_moment()) die();
  return __real_fsync(descriptor);
}

int __wrap_rename(const char *from, const char *to) {
  if (is_last_moment()) die();
  return __real_rename(from, to);
}

int __wrap_unlink(const char *path) {
  if (is_last_moment()) die();
  return __real_unlink(path);
}

int __wrap_mkdir(const char *path, mode_t mode) {
  if (is_last_moment()) die();
  return __real_mkdir(path, mode);
}

int __real_open(const char *path, int flags, ...);

// This machine's own /var/db/passthru is never opened.
int __wrap_open(const char *path, int flags, ...) {
  static const char standard[] = "/var/db/passthru";
  mode_t mode = 0;
  if (flags & O_CREAT) {
    va_list rest;
    va_start(rest, flags);
    mode = va_arg(rest, mode_t);
    va_end(rest);
  }
  if (strncmp(path, standard, sizeof standard - 1) != 0) return __real_open(path, flags, mode);
  const char *database = getenv("FREEBSD_DATABASE");
  char played[1024];
  int length = snprintf(played, sizeof played, "%s%s", database ? database : "/nonexistent",
      path + sizeof standard - 1);
  if (length < 0 || (size_t)length >= sizeof played) fail("the path of the journal is too long");
  return __real_open(played, flags, mode);
}

static void set_boot_identifier(const char *boot) {
  kernel_set_sysctl("kern.boot_id", "0123456789abcdef");
  struct played_sysctl *sysctl = &kernel.sysctls[kernel.sysctl_count - 1];
  // CTLTYPE_OPAQUE, sixteen bytes (sys/kern/kern_mib.c, sysctl_bootid).
  sysctl->type = 5;
  sysctl->length = 16;
  memset(sysctl->value, 0, 16);
  memcpy(sysctl->value, boot, strnlen(boot, 16));
}

// Instead of the recorded one, which is answered no more.
static void play_sysctl(const char *name, const char *value) {
  for (size_t index = 0; index < kernel.sysctl_count; index++)
    if (strcmp(kernel.sysctls[index].name, name) == 0) kernel.sysctls[index].name[0] = 0;
  kernel_set_sysctl(name, value);
}

__attribute__((constructor)) static void play(void) {
  kernel_reset();
  const char *folder = getenv("FREEBSD_RECORDING");
  const char *who = getenv("FREEBSD_AS");
  if (!folder) {
    kernel.has_device = 0;
    return;
  }
  kernel_load(folder);
  const char *boot = getenv("FREEBSD_BOOT");
  if (boot) set_boot_identifier(boot);
  state_path = getenv("FREEBSD_STATE");
  if (state_path) load();
  const char *text = getenv("FREEBSD_KILL_AT");
  kill_at = text ? strtol(text, NULL, 10) : 0;
  unsigned domain, bus, device, number;
  text = getenv("FREEBSD_BUSY");
  if (text && sscanf(text, "%u:%u:%u:%u", &domain, &bus, &device, &number) == 4)
    find(domain, bus, device, number)->is_busy = 1;
  char name[17];
  int error;
  text = getenv("FREEBSD_REFUSES");
  if (text && sscanf(text, "%16[a-z_]=%d", name, &error) == 2) {
    if (strcmp(name, "vmm") == 0) kernel.vmm_error = error;
    else kernel_driver(name)->attach_error = error;
  }
  text = getenv("FREEBSD_KENV");
  if (text) {
    // Each variable ends with a zero, and all of them with another.
    kernel.environment = text;
    kernel.environment_length = strlen(text) + 1;
  }
  text = getenv("FREEBSD_SYSCTL");
  char sysctl[64], value[64];
  if (text && sscanf(text, "%63[a-z_.]=%63s", sysctl, value) == 2)
    play_sysctl(sysctl, value);
  kernel.witness = witness;
  if (!who) return;
  if (strcmp(who, "user") == 0) kernel.is_root = 0;
  if (strcmp(who, "jail") == 0) kernel.has_device = kernel.has_control = 0;
  if (strcmp(who, "securelevel") == 0) {
    kernel.securelevel = 1;
    play_sysctl("kern.securelevel", "1");
  }
}

__attribute__((destructor)) static void count(void) {
  const char *path = getenv("FREEBSD_COUNTS");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (!file) return;
  fprintf(file, "ioctl=%lu getconf=%lu read=%lu bar=%lu vpd=%lu\n", kernel.ioctl_calls,
      kernel.getconf_calls, kernel.read_calls, kernel.bar_calls, kernel.vpd_calls);
  fclose(file);
}
