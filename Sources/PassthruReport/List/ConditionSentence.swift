// SPDX-License-Identifier: Apache-2.0

internal import PCIHost

/// The condition that every verdict on a recording of the bus alone is under, said once.
struct ConditionSentence {
  /// The sentence; `nil` where the source says what the host needs.
  let text: String?

  init(_ host: Machine) {
    text =
      host.$dependencies.isRecorded
      ? nil
      : "What the host itself needs (mounts, routes, console) is not recorded here: each verdict "
        + "holds if the host does not need the device."
  }
}
