// SPDX-License-Identifier: Apache-2.0

extension FixedWidthInteger where Self: UnsignedInteger {
  /// The bits of a register field, numbered as the specifications do, low bit first.
  ///
  /// `register[bits: 4...7]` is the field that the specifications write 7:4.
  @inline(__always)
  public subscript(bits range: ClosedRange<Int>) -> Self {
    let width = range.upperBound - range.lowerBound + 1
    guard width < Self.bitWidth else { return self }
    return (self >> Self(range.lowerBound)) & ((1 << Self(width)) &- 1)
  }

  /// One bit of a register.
  @inline(__always)
  public subscript(bit index: Int) -> Bool { (self >> Self(index)) & 1 == 1 }
}
