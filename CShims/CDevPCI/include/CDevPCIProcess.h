// SPDX-License-Identifier: Apache-2.0
//
// What a program without Foundation needs of C's library: files, the terminal,
// the environment. POSIX and flock(2): the same on FreeBSD and on Linux.

#ifndef CDEVPCI_PROCESS_H
#define CDEVPCI_PROCESS_H

#include <stddef.h>
#include <stdint.h>

/// Reads a whole file, or standard input where path is "-"; to be freed.
///
/// The answer is 0 or this system's errno; EFBIG above the limit, EISDIR for a
/// directory.
int32_t devpci_read_file(const char *path, size_t limit, uint8_t **bytes, size_t *length);

/// Writes a whole file, created with mode 0644 or emptied first.
int32_t devpci_write_file(const char *path, const uint8_t *bytes, size_t length);

/// Replaces a file at once, with its owner and mode, keeping the old one beside it.
///
/// The old bytes go to path.before-passthru. The new ones go to a file beside it
/// that takes its name when all is on the disk: a power cut leaves the old file
/// or the new one. ENOENT where there is none to replace.
int32_t devpci_replace_file(
    const char *path, size_t limit, const uint8_t *bytes, size_t length);

/// Writes all bytes to a descriptor; 0 or this system's errno.
int32_t devpci_write_all(int32_t descriptor, const uint8_t *bytes, size_t length);

/// Whether a descriptor is a terminal.
int32_t devpci_is_terminal(int32_t descriptor);

/// The terminal's width in columns; 0 where it is not known.
int32_t devpci_terminal_width(int32_t descriptor);

/// The value of an environment variable, or NULL.
const char *devpci_environment(const char *name);

/// This system's text for an errno value. Never NULL.
const char *devpci_error_text(int32_t number);

/// Makes a directory that only its owner may look into, and those above it.
///
/// 0 where it is there already; else this system's errno.
int32_t devpci_make_directory(const char *path);

/// Replaces a file, mode 0600: whole and on the disk when this returns 0.
///
/// Through path.new, so that a crash leaves the file of before or the new one.
/// Where it fails, errno is returned and the file of before is there.
int32_t devpci_store_file(const char *path, const uint8_t *bytes, size_t length);

/// Removes a file; that it is gone is on the disk when this returns 0.
///
/// 0 where there was none; else this system's errno.
int32_t devpci_remove_file(const char *path);

/// Takes a lock on a file, made with mode 0600, that ends with the process.
///
/// *descriptor is to be closed with devpci_unlock_file; -1 with the answer 0
/// where another process has the lock.
int32_t devpci_lock_file(const char *path, int32_t *descriptor);

/// Gives a lock back; -1 is allowed.
void devpci_unlock_file(int32_t descriptor);

/// Milliseconds of the clock that never goes back, from any moment.
int64_t devpci_milliseconds(void);

#endif
