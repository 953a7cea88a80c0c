// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdint.h>

// Access to libpci that never ends the process.
//
// libpci reports an error through a variadic callback that must not return;
// its own prints and calls exit(1). Swift cannot be such a callback, and must
// not be jumped over: this shim catches the error inside C and hands it on as a
// text. All types here are this project's own, so that the header can be read
// where libpci is not installed; without the trait LibPCI the functions are
// not there.

// Lengths of texts, the zero at the end included.
enum {
  LIBPCI_MESSAGE_LENGTH = 512,
  LIBPCI_NAME_LENGTH = 128,
  // Warnings kept; later ones are counted only.
  LIBPCI_WARNING_LIMIT = 64,
};

// How a call ended.
enum {
  LIBPCI_DONE = 0,
  // libpci reported an error: its message is in the session.
  LIBPCI_ERROR = 1,
  // The installed libpci does not have the access method, or not here.
  LIBPCI_NO_METHOD = 2,
  // There is no memory.
  LIBPCI_NO_MEMORY = 3,
};

// What libpci says of one function; unknown numbers are -1.
struct libpci_function {
  uint32_t domain;
  uint8_t bus;
  uint8_t device;
  uint8_t function;
  // Whether an error ended the filling of this record: `message` says which.
  uint8_t failed;
  int32_t vendor;
  int32_t device_id;
  int32_t class_code;   // base class and sub-class
  int32_t interface;    // programming interface
  int32_t revision;
  int32_t subsystem_vendor;
  int32_t subsystem;
  int32_t numa_node;
  int64_t interrupt;
  uint64_t address[7];  // with the register's flag bits; 6 is the ROM
  uint64_t size[7];
  uint64_t flags[7];    // IORESOURCE_*, where `has_flags`
  uint8_t has_windows;
  uint8_t has_flags;
  uint8_t has_parent;
  uint32_t parent_domain;
  uint8_t parent_bus;
  uint8_t parent_device;
  uint8_t parent_function;
  char driver[LIBPCI_NAME_LENGTH];
  char iommu_group[LIBPCI_NAME_LENGTH];
  char slot[LIBPCI_NAME_LENGTH];
  char label[LIBPCI_NAME_LENGTH];
  char message[LIBPCI_MESSAGE_LENGTH];
};

struct libpci_session;

// Makes a session with an access method by libpci's name ("linux-sysfs",
// "linux-proc", "ecam", "intel-conf1", "dump") and up to one parameter
// ("sysfs.path", "proc.path", "dump.name", "ecam.addrs"; NULL for none).
// The session is made even where the call fails, unless there is no memory.
int libpci_open(struct libpci_session **session, const char *method,
                const char *parameter, const char *value);

// Finds the functions; they stay in the session.
int libpci_scan(struct libpci_session *session);

// Fills the record of the next function found. LIBPCI_DONE with `*more` 0 at
// the end. An error within one function is in its record.
int libpci_next(struct libpci_session *session, struct libpci_function *function,
                int *more);

// Reads configuration space of the function that libpci_next gave last; the
// number of bytes that could be read, up to `length`, from offset 0.
int libpci_read(struct libpci_session *session, uint8_t *bytes, int length);

// The message of the last error.
const char *libpci_message(const struct libpci_session *session);

// How many warnings there were, and the text of one of the first.
int libpci_warning_count(const struct libpci_session *session);
const char *libpci_warning(const struct libpci_session *session, int index);

// The version of libpci that this was compiled with: "3.9.0".
const char *libpci_version(void);

// Ends a session and frees what it holds; NULL is allowed.
void libpci_close(struct libpci_session *session);
