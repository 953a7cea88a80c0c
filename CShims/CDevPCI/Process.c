// SPDX-License-Identifier: Apache-2.0

// For ssize_t, fileno and strerror under -std=c11 on Linux.
#ifdef __linux__
#define _DEFAULT_SOURCE 1
#endif

#include "CDevPCIProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
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

int32_t devpci_open_file(const char *path, int32_t *descriptor) {
  // Neither waits for a writer of a FIFO, nor reads a device that never ends.
  *descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (*descriptor < 0) return errno;
  struct stat status;
  if (fstat(*descriptor, &status) == 0 && S_ISREG(status.st_mode)) return 0;
  (void)close(*descriptor);
  *descriptor = -1;
  return EINVAL;
}

int32_t devpci_read_piece(int32_t descriptor, uint8_t *piece, size_t capacity, size_t *length) {
  ssize_t got;
  do {
    got = read(descriptor, piece, capacity);
  } while (got < 0 && errno == EINTR);
  *length = got < 0 ? 0 : (size_t)got;
  return got < 0 ? errno : 0;
}

void devpci_close_file(int32_t descriptor) { (void)close(descriptor); }

int32_t devpci_is_terminal(int32_t descriptor) { return isatty(descriptor) == 1; }

int32_t devpci_terminal_width(int32_t descriptor) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

const char *devpci_environment(const char *name) { return getenv(name); }

const char *devpci_error_text(int32_t number) {
  switch (number) {
  case DEVPCI_FILE_LINK: return "it is a link";
  case DEVPCI_FILE_SPECIAL: return "it is not a regular file";
  case DEVPCI_FILE_SHARED: return "others can write its directory";
  case DEVPCI_FILE_CHANGED: return "it changed in the meantime";
  default: return strerror(number);
  }
}

void devpci_ignore_closed_pipes(void) { (void)signal(SIGPIPE, SIG_IGN); }
