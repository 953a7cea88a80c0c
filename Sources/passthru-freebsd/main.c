// SPDX-License-Identifier: Apache-2.0
//
// Where the program starts: Embedded Swift has no runtime that would.

#include <stdint.h>

int32_t passthru_main(int32_t count, char *const *arguments);

int main(int count, char **arguments) { return passthru_main(count, arguments); }
