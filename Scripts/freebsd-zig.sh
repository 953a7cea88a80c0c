# SPDX-License-Identifier: Apache-2.0
#
# Sourced by the FreeBSD scripts: finds zig, or gets it from PyPI (ziglang), which
# has FreeBSD's own headers and links for FreeBSD. Without it they say so and
# stop, which is no failure unless REQUIRE_ZIG is set, as it is in CI.

find_zig() {
  for try in "${ZIG:-}" zig "python3 -m ziglang" "env PYTHONPATH=.build-zig python3 -m ziglang"; do
    if [ -n "$try" ] && $try version >/dev/null 2>&1; then
      zig=$try
      return 0
    fi
  done
  # One folder of this project's own: nothing else on the machine is changed.
  if [ -z "${NO_DOWNLOAD:-}" ] && python3 -m pip --version >/dev/null 2>&1 \
    && python3 -m pip install --quiet --target .build-zig 'ziglang==0.17.1' >/dev/null 2>&1; then
    zig="env PYTHONPATH=.build-zig python3 -m ziglang"
    echo "installed: ziglang 0.17.1 from PyPI, in .build-zig"
    return 0
  fi
  echo "SKIPPED: $1: zig is not installed (pip install ziglang)"
  [ -z "${REQUIRE_ZIG:-}" ] || exit 1
  exit 0
}

# The calls that the kernel answers: the played kernel has them as freebsd_NAME.
kernel_calls="open close ioctl pread __error sysctl sysctlbyname sysctlnametomib kenv \
getfsstat if_nameindex if_freenameindex modfind kldload"

rename_kernel_calls() {
  renames=
  for call in $kernel_calls; do
    renames="$renames --redefine-sym $call=freebsd_$call"
  done
  # shellcheck disable=SC2086 # each is a word of its own
  "$objcopy" $renames "$1" "$2"
}
