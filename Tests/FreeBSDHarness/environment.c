// SPDX-License-Identifier: Apache-2.0
//
// For a whole program over the harness: FREEBSD_RECORDING names the recording
// that the kernel is played from, FREEBSD_AS who asks: root, user, jail or
// securelevel; FREEBSD_COUNTS a file for what it asked the kernel.

#include "kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((constructor)) static void play(void) {
  kernel_reset();
  const char *folder = getenv("FREEBSD_RECORDING");
  const char *who = getenv("FREEBSD_AS");
  if (!folder) {
    kernel.has_device = 0;
    return;
  }
  kernel_load(folder);
  if (!who) return;
  if (strcmp(who, "user") == 0) kernel.is_root = 0;
  if (strcmp(who, "jail") == 0) kernel.has_device = kernel.has_control = 0;
  if (strcmp(who, "securelevel") == 0) kernel.securelevel = 1;
}

__attribute__((destructor)) static void count(void) {
  const char *path = getenv("FREEBSD_COUNTS");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (!file) return;
  fprintf(file, "ioctl=%lu getconf=%lu read=%lu bar=%lu vpd=%lu\n", kernel.ioctl_calls,
      kernel.getconf_calls, kernel.read_calls, kernel.bar_calls, kernel.vpd_calls);
  fclose(file);
}
