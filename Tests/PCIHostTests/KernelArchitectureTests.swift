// SPDX-License-Identifier: Apache-2.0

import PCIHost
import Testing

/// The architecture in a line of /proc/version.
///
/// The lines are as these distributions' kernels print them, shortened at the end.
@Suite struct KernelArchitectureTests {
  @Test(
    arguments: [
      (
        "Linux version 6.1.0-56-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14",
        "x86_64"
      ),
      (
        "Linux version 6.1.0-50-arm64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14",
        "aarch64"
      ),
      ("Linux version 6.1.0-18-powerpc64le (debian-kernel@lists.debian.org) (gcc-12", "ppc64le"),
      ("Linux version 6.1.0-18-686-pae (debian-kernel@lists.debian.org) (gcc-12", "i686"),
      (
        "Linux version 5.14.0-427.13.1.el9_4.ppc64le (mockbuild@ppc-hv-05.example) (gcc (GCC) 11",
        "ppc64le"
      ),
      ("Linux version 6.10.3-200.fc40.aarch64 (mockbuild@x) (gcc (GCC) 14.2.1", "aarch64"),
      // The builder is an amd64 machine, the compiler is for another.
      (
        "Linux version 6.8.0-45-generic (buildd@lcy02-amd64-115) (aarch64-linux-gnu-gcc-13 (Ubuntu",
        "aarch64"
      ),
      ("Linux version 6.8.0-45-generic (buildd@bos02-arm64-1) (gcc-13 (Ubuntu 13", nil),
      ("Linux version 6.8.12-4-pve (builder@host) (gcc) #1 SMP", nil),
      ("Linux version 6.12.0-amd64x (a@b) (gcc)", nil), ("Linux version", nil), ("", nil),
      ("FreeBSD", nil),
    ] as [(String, String?)])
  func isRead(_ line: String, _ architecture: String?) {
    #expect(OperatingSystem.architecture(ofKernel: line) == architecture)
  }
}
