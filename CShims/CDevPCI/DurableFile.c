// SPDX-License-Identifier: Apache-2.0
//
// Files that outlive a crash and a power cut, and that nobody else can turn
// into others: every name is one in a directory that was opened once. A lock,
// and a clock.

// For flock, O_DIRECTORY, O_NOFOLLOW and CLOCK_MONOTONIC under -std=c11 on Linux.
#ifdef __linux__
#define _DEFAULT_SOURCE 1
#define _POSIX_C_SOURCE 200809L
#endif

#include "CDevPCIProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MAXIMUM_PATH = 1024, MAXIMUM_BACKUPS = 1000 };

static int32_t copy_path(char *copy, const char *path, const char *suffix) {
  int length = snprintf(copy, MAXIMUM_PATH, "%s%s", path, suffix);
  return length < 0 || length >= MAXIMUM_PATH ? ENAMETOOLONG : 0;
}

/// A name in a directory that is open.
typedef struct {
  int directory;
  char name[MAXIMUM_PATH];
} place;

/// Opens the directory of a path. Nothing is to be closed where it fails.
static int32_t open_place(const char *path, place *place) {
  char directory[MAXIMUM_PATH];
  int32_t number = copy_path(directory, path, "");
  if (number != 0) return number;
  char *slash = strrchr(directory, '/');
  (void)copy_path(place->name, slash ? slash + 1 : directory, "");
  if (place->name[0] == 0 || !strcmp(place->name, ".") || !strcmp(place->name, ".."))
    return EISDIR;
  if (!slash)
    (void)copy_path(directory, ".", "");
  else
    slash[slash == directory] = 0;
  place->directory = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return place->directory < 0 ? errno : 0;
}

/// Whether nobody else can put names into a directory, or take ours out.
///
/// Its owner is this user or root. Others may write it only where the sticky bit
/// keeps them from our names; the group that this process has is not others.
static int32_t check_directory(int descriptor) {
  struct stat facts;
  if (fstat(descriptor, &facts) != 0) return errno;
  if (facts.st_uid != geteuid() && facts.st_uid != 0) return DEVPCI_FILE_SHARED;
  int others = (facts.st_mode & S_IWOTH) ||
               ((facts.st_mode & S_IWGRP) && facts.st_gid != getegid());
  return others && !(facts.st_mode & S_ISVTX) ? DEVPCI_FILE_SHARED : 0;
}

/// Writes a new file of a name that is nobody's yet; no link is followed.
///
/// It has the owner and the mode of `like`; where that is NULL, this user's and
/// `mode`. What it began is gone where it fails, and EEXIST where the name is taken.
static int32_t write_new(
    int directory, const char *name, const struct stat *like, mode_t mode,
    const uint8_t *bytes, size_t length) {
  // Nobody else reads it before it has its owner.
  int descriptor = openat(
      directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
      like ? S_IRUSR | S_IWUSR : mode);
  if (descriptor < 0) return errno;
  int32_t number = devpci_write_all(descriptor, bytes, length);
  if (number == 0 && like && fchown(descriptor, like->st_uid, like->st_gid) != 0)
    number = errno;
  if (number == 0 && like && fchmod(descriptor, like->st_mode & 07777) != 0) number = errno;
  // A full disk can show only here, or when the file is closed.
  if (number == 0 && fsync(descriptor) != 0) number = errno;
  if (close(descriptor) != 0 && number == 0) number = errno;
  if (number != 0) (void)unlinkat(directory, name, 0);
  return number;
}

/// Gives a name new bytes at once: through a file beside it, under a name that was free.
static int32_t put(
    const place *place, const struct stat *like, mode_t mode, const uint8_t *bytes,
    size_t length) {
  char fresh[MAXIMUM_PATH];
  int32_t number = EEXIST;
  for (unsigned turn = 0; number == EEXIST && turn < 100; turn++) {
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    unsigned long mark = (unsigned long)now.tv_nsec ^ (unsigned long)getpid() << 12;
    int count = snprintf(fresh, sizeof fresh, ".passthru-%lx-%u", mark, turn);
    if (count < 0 || (size_t)count >= sizeof fresh) return ENAMETOOLONG;
    number = write_new(place->directory, fresh, like, mode, bytes, length);
  }
  if (number != 0) return number;
  if (renameat(place->directory, fresh, place->directory, place->name) != 0) {
    number = errno;
    (void)unlinkat(place->directory, fresh, 0);
    return number;
  }
  // A renamed file can be lost without.
  return fsync(place->directory) != 0 ? errno : 0;
}

/// Whether a file's bytes are these.
static int32_t compare(int descriptor, const uint8_t *bytes, size_t length) {
  uint8_t part[4096];
  size_t done = 0;
  for (;;) {
    ssize_t got = read(descriptor, part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) return done == length ? 0 : DEVPCI_FILE_CHANGED;
    if ((size_t)got > length - done || memcmp(part, bytes + done, (size_t)got) != 0)
      return DEVPCI_FILE_CHANGED;
    done += (size_t)got;
  }
}

/// Opens the file that is to be replaced, and sees that it may be.
static int32_t open_replaced(
    const place *place, const uint8_t *old, size_t old_length, struct stat *facts) {
  if (fstatat(place->directory, place->name, facts, AT_SYMLINK_NOFOLLOW) != 0) return errno;
  if (S_ISLNK(facts->st_mode)) return DEVPCI_FILE_LINK;
  if (!S_ISREG(facts->st_mode)) return DEVPCI_FILE_SPECIAL;
  // Not to wait for a writer, should a pipe have come in between.
  int descriptor =
      openat(place->directory, place->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return errno;
  int32_t number = fstat(descriptor, facts) != 0 ? errno : 0;
  if (number == 0 && !S_ISREG(facts->st_mode)) number = DEVPCI_FILE_SPECIAL;
  if (number == 0) number = compare(descriptor, old, old_length);
  (void)close(descriptor);
  return number;
}

int32_t devpci_replace_file(
    const char *path, const uint8_t *old, size_t old_length, const uint8_t *bytes,
    size_t length) {
  place place;
  struct stat facts;
  char backup[MAXIMUM_PATH];
  int32_t number = open_place(path, &place);
  if (number != 0) return number;
  number = open_replaced(&place, old, old_length, &facts);
  if (number == 0) number = check_directory(place.directory);
  if (number == 0) {
    number = EEXIST;
    for (unsigned turn = 0; number == EEXIST && turn < MAXIMUM_BACKUPS; turn++) {
      char suffix[32];
      (void)snprintf(
          suffix, sizeof suffix, turn == 0 ? ".before-passthru" : ".before-passthru.%u", turn);
      number = copy_path(backup, place.name, suffix);
      if (number == 0)
        number = write_new(place.directory, backup, &facts, 0, old, old_length);
    }
    if (number == 0) {
      number = put(&place, &facts, 0, bytes, length);
      // Whether the name has the new bytes: only then the old ones are kept beside it.
      struct stat now;
      if (number != 0 &&
          fstatat(place.directory, place.name, &now, AT_SYMLINK_NOFOLLOW) == 0 &&
          now.st_ino == facts.st_ino)
        (void)unlinkat(place.directory, backup, 0);
    }
  }
  (void)close(place.directory);
  return number;
}

/// Writes to what is there: a device, a pipe, or a file that no other can take its name.
static int32_t write_there(
    const place *place, int flags, int takes_files, const uint8_t *bytes, size_t length) {
  int descriptor = openat(place->directory, place->name, O_WRONLY | O_CLOEXEC | flags, 0644);
  if (descriptor < 0) return errno;
  struct stat facts;
  int32_t number = fstat(descriptor, &facts) != 0 ? errno : 0;
  if (number == 0 && S_ISREG(facts.st_mode)) {
    // Put in the place of a pipe since it was looked at.
    if (!takes_files)
      number = DEVPCI_FILE_CHANGED;
    else if (ftruncate(descriptor, 0) != 0)
      number = errno;
  }
  if (number == 0) number = devpci_write_all(descriptor, bytes, length);
  if (close(descriptor) != 0 && number == 0) number = errno;
  return number;
}

int32_t devpci_write_file(const char *path, const uint8_t *bytes, size_t length) {
  place place;
  struct stat facts;
  int32_t number = open_place(path, &place);
  if (number != 0) return number;
  int is_there = fstatat(place.directory, place.name, &facts, AT_SYMLINK_NOFOLLOW) == 0;
  int is_ours = check_directory(place.directory) == 0 && is_there &&
                (facts.st_uid == geteuid() || facts.st_uid == 0);
  if (is_there && S_ISLNK(facts.st_mode) && is_ours) {
    // A link that nobody else made is what is wanted: /dev/stdout is one.
    number = write_there(&place, O_CREAT, 1, bytes, length);
  } else if (is_there && !S_ISLNK(facts.st_mode) && !S_ISREG(facts.st_mode)) {
    number = write_there(&place, O_NOFOLLOW, 0, bytes, length);
  } else {
    int keeps = is_there && S_ISREG(facts.st_mode) &&
                (geteuid() == 0 || facts.st_uid == geteuid());
    facts.st_mode &= S_IFMT | 0777;
    number = put(&place, keeps ? &facts : NULL, 0644, bytes, length);
    // A file mounted by itself, or in a directory that may not be written.
    if (is_ours && S_ISREG(facts.st_mode) && (number == EACCES || number == EBUSY))
      number = write_there(&place, O_NOFOLLOW, 1, bytes, length);
  }
  (void)close(place.directory);
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
  int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  number = check_directory(descriptor);
  (void)close(descriptor);
  return number;
}

int32_t devpci_store_file(const char *path, const uint8_t *bytes, size_t length) {
  place place;
  int32_t number = open_place(path, &place);
  if (number != 0) return number;
  number = check_directory(place.directory);
  if (number == 0) number = put(&place, NULL, 0600, bytes, length);
  (void)close(place.directory);
  return number;
}

int32_t devpci_remove_file(const char *path) {
  place place;
  int32_t number = open_place(path, &place);
  if (number != 0) return number;
  if (unlinkat(place.directory, place.name, 0) != 0)
    number = errno == ENOENT ? 0 : errno;
  else if (fsync(place.directory) != 0)
    number = errno;
  (void)close(place.directory);
  return number;
}

char *devpci_real_path(const char *path) { return realpath(path, NULL); }

int32_t devpci_lock_file(const char *path, int32_t *descriptor) {
  *descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (*descriptor < 0) return errno;
  int32_t number = EWOULDBLOCK;
  // Whoever only looks has it for a moment.
  for (int turn = 0; turn < 5 && number == EWOULDBLOCK; turn++) {
    if (flock(*descriptor, LOCK_EX | LOCK_NB) == 0) return 0;
    number = errno;
    struct timespec moment = {0, 10000000};
    (void)nanosleep(&moment, NULL);
  }
  (void)close(*descriptor);
  *descriptor = -1;
  return number == EWOULDBLOCK ? 0 : number;
}

int32_t devpci_is_locked(const char *path) {
  int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) return 0;
  // Others who look have the same kind of lock.
  int32_t locked = flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  (void)close(descriptor);
  return locked;
}

void devpci_unlock_file(int32_t descriptor) {
  if (descriptor >= 0) (void)close(descriptor);
}

uint64_t devpci_nanoseconds(void) {
  struct timespec now;
  if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return 0;
  return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

int64_t devpci_milliseconds(void) { return (int64_t)(devpci_nanoseconds() / 1000000); }
