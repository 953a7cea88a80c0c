// SPDX-License-Identifier: Apache-2.0
//
// Files that outlive a crash and a power cut, a lock, and a clock.

// For flock, O_DIRECTORY, O_NOFOLLOW and CLOCK_MONOTONIC under -std=c11 on Linux.
#ifdef __linux__
#define _DEFAULT_SOURCE 1
#define _POSIX_C_SOURCE 200809L
#endif

#include "CDevPCIProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MAXIMUM_PATH = 1024 };

static int32_t copy_path(char *copy, const char *path, const char *suffix) {
  int length = snprintf(copy, MAXIMUM_PATH, "%s%s", path, suffix);
  return length < 0 || length >= MAXIMUM_PATH ? ENAMETOOLONG : 0;
}

/// Writes a directory's entries to the disk: a renamed file can be lost without.
static int32_t sync_directory_of(const char *path) {
  char directory[MAXIMUM_PATH];
  int32_t number = copy_path(directory, path, "");
  if (number != 0) return number;
  char *slash = strrchr(directory, '/');
  if (!slash)
    (void)copy_path(directory, ".", "");
  else
    slash[slash == directory] = 0;
  int descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  if (fsync(descriptor) != 0) number = errno;
  (void)close(descriptor);
  return number;
}

int32_t devpci_make_directory(const char *path) {
  char part[MAXIMUM_PATH];
  int32_t number = copy_path(part, path, "");
  if (number != 0) return number;
  for (size_t at = 1; at <= strlen(path) && part[0] != 0; at++) {
    if (path[at] != '/' && path[at] != 0) continue;
    part[at] = 0;
    // Some file systems answer EISDIR or EROFS for what is there.
    struct stat facts;
    if (mkdir(part, 0700) != 0) {
      number = errno == EEXIST ? ENOTDIR : errno;
      if (stat(part, &facts) != 0 || !S_ISDIR(facts.st_mode)) return number;
    }
    part[at] = path[at];
  }
  return 0;
}

int32_t devpci_store_file(const char *path, const uint8_t *bytes, size_t length) {
  char fresh[MAXIMUM_PATH];
  int32_t number = copy_path(fresh, path, ".new");
  if (number != 0) return number;
  int descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return errno;
  number = devpci_write_all(descriptor, bytes, length);
  if (number == 0 && fsync(descriptor) != 0) number = errno;
  if (close(descriptor) != 0 && number == 0) number = errno;
  if (number == 0 && rename(fresh, path) != 0) number = errno;
  if (number == 0) return sync_directory_of(path);
  (void)unlink(fresh);
  return number;
}

int32_t devpci_remove_file(const char *path) {
  if (unlink(path) != 0) return errno == ENOENT ? 0 : errno;
  return sync_directory_of(path);
}

int32_t devpci_lock_file(const char *path, int32_t *descriptor) {
  *descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (*descriptor < 0) return errno;
  if (flock(*descriptor, LOCK_EX | LOCK_NB) == 0) return 0;
  int32_t number = errno;
  (void)close(*descriptor);
  *descriptor = -1;
  return number == EWOULDBLOCK ? 0 : number;
}

void devpci_unlock_file(int32_t descriptor) {
  if (descriptor >= 0) (void)close(descriptor);
}

int64_t devpci_milliseconds(void) {
  struct timespec now;
  if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return 0;
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
