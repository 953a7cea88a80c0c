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

/// Opens a file for devpci_read_piece; 0 or this system's errno.
int32_t devpci_open_file(const char *path, int32_t *descriptor);

/// Reads what comes next of an open file; a length of 0 is its end.
int32_t devpci_read_piece(int32_t descriptor, uint8_t *piece, size_t capacity, size_t *length);

/// Closes a file that devpci_open_file opened.
void devpci_close_file(int32_t descriptor);

/// Why a file is left alone where no call failed; errno values are positive.
enum {
  /// The path is a symbolic link; devpci_real_path names the file.
  DEVPCI_FILE_LINK = -1,
  /// The path is a device, a pipe, a socket or a directory.
  DEVPCI_FILE_SPECIAL = -2,
  /// Others can write the directory: they could put other files in the place of ours.
  DEVPCI_FILE_SHARED = -3,
  /// The file's bytes are not those that were read before.
  DEVPCI_FILE_CHANGED = -4,
};

/// Writes a whole file, made with mode 0644, or in the place of what has the name.
///
/// A file that is there keeps its mode and, where this user may give it, its
/// owner. A device and a pipe are written to. A link is followed where only this
/// user and root can have made it, and replaced elsewhere.
int32_t devpci_write_file(const char *path, const uint8_t *bytes, size_t length);

/// Replaces a file at once, with its owner and mode, keeping the old one beside it.
///
/// The file must have the bytes old. They go to path.before-passthru, or to the
/// first of path.before-passthru.1 and so on that there is not. The new ones go
/// to a file beside it that takes its name when all is on the disk: a power cut
/// leaves the old file or the new one. Where it fails, nothing new is left.
///
/// The answer is 0, this system's errno (ENOENT where there is none to replace),
/// or one of the DEVPCI_FILE numbers.
int32_t devpci_replace_file(
    const char *path, const uint8_t *old, size_t old_length, const uint8_t *bytes,
    size_t length);

/// The path without links, to be freed; NULL where there is nothing.
char *devpci_real_path(const char *path);

/// Writes all bytes to a descriptor; 0 or this system's errno.
int32_t devpci_write_all(int32_t descriptor, const uint8_t *bytes, size_t length);

/// Lets a reader go away (passthru | head) without ending this process.
void devpci_ignore_closed_pipes(void);

/// Whether a descriptor is a terminal.
int32_t devpci_is_terminal(int32_t descriptor);

/// The terminal's width in columns; 0 where it is not known.
int32_t devpci_terminal_width(int32_t descriptor);

/// The value of an environment variable, or NULL.
const char *devpci_environment(const char *name);

/// This system's text for an errno value, or ours for a DEVPCI_FILE number. Never NULL.
const char *devpci_error_text(int32_t number);

/// Makes a directory that only its owner may look into, and those above it.
///
/// 0 where it is there already; else this system's errno, or DEVPCI_FILE_SHARED
/// where others can write it.
int32_t devpci_make_directory(const char *path);

/// Replaces a file, mode 0600: whole and on the disk when this returns 0.
///
/// Through a file beside it, so that a crash leaves the file of before or the new
/// one. Where it fails, errno or DEVPCI_FILE_SHARED is returned and the file of
/// before is there.
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

/// Whether another process has the lock of devpci_lock_file right now: 1 or 0.
int32_t devpci_is_locked(const char *path);

/// Gives a lock back; -1 is allowed.
void devpci_unlock_file(int32_t descriptor);

/// Nanoseconds of the clock that never goes back, from any moment.
uint64_t devpci_nanoseconds(void);

/// Milliseconds of the clock that never goes back, from any moment.
int64_t devpci_milliseconds(void);

#endif
