// SPDX-License-Identifier: Apache-2.0
//
// The files of the journal, on this machine's own file system: that part of the
// shim is POSIX and flock(2), the same here as on FreeBSD.

// For mode_t, kill and their like under -std=c11.
#define _DEFAULT_SOURCE 1

#include "CDevPCI.h"
#include "CDevPCIProcess.h"
#include "checks.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/freebsd-harness.XXXXXX";

static const char *in(const char *name) {
  static char path[2][4200];
  static int next;
  next = !next;
  snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
  return path[next];
}

static int holds(const char *name, const char *text) {
  uint8_t *bytes = NULL;
  size_t length = 0;
  int32_t number = devpci_read_file(in(name), 1 << 20, &bytes, &length);
  int is_same = number == 0 && length == strlen(text) && memcmp(bytes, text, length) == 0;
  devpci_free(bytes);
  return is_same;
}

static int32_t replace(const char *name, const char *text) {
  return devpci_store_file(in(name), (const uint8_t *)text, strlen(text));
}

static mode_t mode(const char *name) {
  struct stat facts;
  return lstat(in(name), &facts) == 0 ? facts.st_mode & 07777 : 0;
}

/// How many names a directory has.
static int entries(const char *name) {
  DIR *directory = opendir(in(name));
  int count = 0;
  if (!directory) return -1;
  for (const struct dirent *entry; (entry = readdir(directory));)
    count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
  closedir(directory);
  return count;
}

void files(void) {
  if (!mkdtemp(folder)) {
    CHECK(!"mkdtemp");
    return;
  }
  CHECK(devpci_make_directory(in("a/b//c/")) == 0 && mode("a/b/c") == 0700);
  CHECK(devpci_make_directory(in("a/b/c")) == 0 && devpci_make_directory("/") == 0);
  CHECK(replace("plain", "x") == 0);
  CHECK(devpci_make_directory(in("plain/d")) == ENOTDIR);
  CHECK(devpci_make_directory(in("plain")) == ENOTDIR);

  CHECK(replace("a/journal", "first") == 0 && holds("a/journal", "first"));
  CHECK(mode("a/journal") == 0600);
  CHECK(replace("a/journal", "the second, longer") == 0);
  CHECK(holds("a/journal", "the second, longer") && entries("a") == 2);
  CHECK(replace("a/journal", "") == 0 && holds("a/journal", ""));
  // A link in its place goes, and what it led to stays.
  CHECK(remove(in("a/journal")) == 0 && symlink(in("plain"), in("a/journal")) == 0);
  CHECK(replace("a/journal", "third") == 0 && holds("a/journal", "third"));
  CHECK(holds("plain", "x") && entries("a") == 2);
  // A directory that others can write holds no journal.
  CHECK(chmod(in("a"), 0777) == 0 && replace("a/journal", "no") == DEVPCI_FILE_SHARED);
  CHECK(devpci_make_directory(in("a")) == DEVPCI_FILE_SHARED);
  CHECK(chmod(in("a"), 01777) == 0 && replace("a/journal", "third") == 0);
  CHECK(chmod(in("a"), 0700) == 0 && holds("a/journal", "third"));
  CHECK(replace("none/journal", "x") == ENOENT);
  CHECK(replace("a/b", "x") == EISDIR);
  char name[2000];
  memset(name, 'n', sizeof name);
  name[1200] = 0;
  CHECK(replace(name, "x") == ENAMETOOLONG);
  CHECK(devpci_make_directory(name) == ENAMETOOLONG);

  CHECK(devpci_remove_file(in("a/journal")) == 0 && mode("a/journal") == 0);
  CHECK(devpci_remove_file(in("a/journal")) == 0);
  CHECK(devpci_remove_file(in("plain/journal")) == ENOTDIR);

  // One lock at a time, and free again once it is given back.
  int32_t first = -1, second = -1;
  CHECK(devpci_lock_file(in("lock"), &first) == 0 && first >= 0 && mode("lock") == 0600);
  CHECK(devpci_lock_file(in("lock"), &second) == 0 && second == -1);
  devpci_unlock_file(second);
  devpci_unlock_file(first);
  CHECK(devpci_lock_file(in("lock"), &second) == 0 && second >= 0);
  devpci_unlock_file(second);
  CHECK(devpci_lock_file(in("none/lock"), &first) == ENOENT && first == -1);

  // A path without a folder is in this one.
  char here[4096];
  CHECK(getcwd(here, sizeof here) && chdir(folder) == 0);
  CHECK(devpci_store_file("bare", (const uint8_t *)"y", 1) == 0);
  CHECK(chdir(here) == 0 && holds("bare", "y"));

  int64_t before = devpci_milliseconds();
  usleep(5000);
  int64_t after = devpci_milliseconds();
  CHECK(before > 0 && after >= before + 4 && after < before + 60000);

  static const char *const left[] = {"bare", "lock", "plain", "a/b/c", "a/b", "a", ""};
  for (size_t index = 0; index < sizeof left / sizeof *left; index++)
    CHECK(remove(in(left[index])) == 0);
}
