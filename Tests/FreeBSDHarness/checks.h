// SPDX-License-Identifier: Apache-2.0
//
// What the cases of the harness check with, and count.

#ifndef FREEBSD_HARNESS_CHECKS_H
#define FREEBSD_HARNESS_CHECKS_H

#include "CDevPCI.h"

#include <stdio.h>

extern int checks, failures;

#define CHECK(condition)                                                             \
  do {                                                                               \
    checks++;                                                                        \
    if (!(condition)) {                                                              \
      failures++;                                                                    \
      printf("FAILED %s:%d: %s\n", __func__, __LINE__, #condition);                  \
    }                                                                                \
  } while (0)

#define CHECK_STATUS(status, expected_number, expected_call)                         \
  do {                                                                               \
    devpci_status answered = (status);                                               \
    checks++;                                                                        \
    if (answered.number != (expected_number) || answered.call != (expected_call)) {  \
      failures++;                                                                    \
      printf("FAILED %s:%d: %s: %d from %s\n", __func__, __LINE__, #status,          \
          answered.number, devpci_call_name(answered.call));                         \
    }                                                                                \
  } while (0)

// Driver control over /dev/devctl2; the recordings are folders.
void driver_control(int count, char **recordings);

// The files of the journal, and its lock.
void files(void);

#endif
