// SPDX-License-Identifier: Apache-2.0

// For ssize_t, fileno and strerror under -std=c11 on Linux.
#ifdef __linux__
#define _DEFAULT_SOURCE 1
#endif

#include "CDevPCIProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#ifdef __linux__
#include <termios.h>
#else
#include <sys/ttycom.h>
#endif
#include <unistd.h>

static int32_t read_all(int descriptor, size_t limit, uint8_t **bytes, size_t *length) {
  size_t capacity = 1 << 16, done = 0;
  uint8_t *buffer = malloc(capacity);
  if (!buffer) return ENOMEM;
  for (;;) {
    if (done == capacity) {
      uint8_t *grown = realloc(buffer, capacity * 2);
      if (!grown) {
        free(buffer);
        return ENOMEM;
      }
      buffer = grown;
      capacity *= 2;
    }
    ssize_t got = read(descriptor, buffer + done, capacity - done);
    if (got < 0 && errno == EINTR) continue;
    int32_t number = got < 0 ? errno : 0;
    if (got > 0) done += (size_t)got;
    if (number == 0 && done > limit) number = EFBIG;
    if (number != 0) {
      free(buffer);
      return number;
    }
    if (got == 0) break;
  }
  *bytes = buffer;
  *length = done;
  return 0;
}

int32_t devpci_read_file(const char *path, size_t limit, uint8_t **bytes, size_t *length) {
  *bytes = NULL;
  *length = 0;
  if (strcmp(path, "-") == 0) return read_all(STDIN_FILENO, limit, bytes, length);
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  struct stat facts;
  int32_t number = fstat(descriptor, &facts) != 0 ? errno : 0;
  // FreeBSD lets a directory be read as a file on some file systems.
  if (number == 0 && S_ISDIR(facts.st_mode)) number = EISDIR;
  if (number == 0) number = read_all(descriptor, limit, bytes, length);
  (void)close(descriptor);
  return number;
}

int32_t devpci_write_all(int32_t descriptor, const uint8_t *bytes, size_t length) {
  size_t done = 0;
  while (done < length) {
    ssize_t put = write(descriptor, bytes + done, length - done);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    done += (size_t)put;
  }
  return 0;
}

int32_t devpci_write_file(const char *path, const uint8_t *bytes, size_t length) {
  int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return errno;
  int32_t number = devpci_write_all(descriptor, bytes, length);
  // A full disk can show only when the file is closed.
  if (close(descriptor) != 0 && number == 0) number = errno;
  return number;
}

/// Makes a file with the owner and the mode of another, and sees it to the disk.
static int32_t write_like(
    const char *path, int flags, const struct stat *facts, const uint8_t *bytes, size_t length) {
  // Nobody else reads it before it has its owner. A link in its place is refused.
  int descriptor =
      open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | flags, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return errno;
  int32_t number = devpci_write_all(descriptor, bytes, length);
  if (number == 0 && fchown(descriptor, facts->st_uid, facts->st_gid) != 0) number = errno;
  if (number == 0 && fchmod(descriptor, facts->st_mode & 07777) != 0) number = errno;
  if (number == 0 && fsync(descriptor) != 0) number = errno;
  if (close(descriptor) != 0 && number == 0) number = errno;
  return number;
}

/// The path with a suffix, to be freed.
static char *beside(const char *path, const char *suffix) {
  size_t length = strlen(path), more = strlen(suffix) + 1;
  char *joined = malloc(length + more);
  if (!joined) return NULL;
  memcpy(joined, path, length);
  memcpy(joined + length, suffix, more);
  return joined;
}

int32_t devpci_replace_file(
    const char *path, size_t limit, const uint8_t *bytes, size_t length) {
  uint8_t *old = NULL;
  size_t old_length = 0;
  struct stat facts;
  // Of a link, what it points to is replaced, and the link stays.
  char *real = realpath(path, NULL);
  if (!real) return errno;
  char *backup = beside(real, ".before-passthru"), *fresh = beside(real, ".passthru-new");
  int32_t number = backup && fresh ? 0 : ENOMEM;
  if (number == 0) number = stat(real, &facts) != 0 ? errno : 0;
  if (number == 0) number = devpci_read_file(real, limit, &old, &old_length);
  if (number == 0) number = write_like(backup, O_TRUNC, &facts, old, old_length);
  if (number == 0) {
    // Left there by a run that was ended.
    (void)unlink(fresh);
    number = write_like(fresh, O_EXCL, &facts, bytes, length);
    if (number == 0 && rename(fresh, real) != 0) number = errno;
    if (number != 0) (void)unlink(fresh);
  }
  free(old);
  free(fresh);
  free(backup);
  free(real);
  return number;
}

int32_t devpci_is_terminal(int32_t descriptor) { return isatty(descriptor) == 1; }

int32_t devpci_terminal_width(int32_t descriptor) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

const char *devpci_environment(const char *name) { return getenv(name); }

const char *devpci_error_text(int32_t number) { return strerror(number); }
