// SPDX-License-Identifier: Apache-2.0

public import PCI

/// A value that JSON can hold.
public protocol JSONWritable {
  /// Writes the value where the writer is.
  func write(into json: inout JSONWriter)
}

extension JSONWritable where Self: FixedWidthInteger {
  /// Writes a whole number.
  public func write(into json: inout JSONWriter) { json.number(self) }
}

extension Int: JSONWritable {}
extension Int32: JSONWritable {}
extension UInt8: JSONWritable {}
extension UInt16: JSONWritable {}
extension UInt32: JSONWritable {}
extension UInt64: JSONWritable {}

extension Bool: JSONWritable {
  /// Writes true or false.
  public func write(into json: inout JSONWriter) { json.flag(self) }
}

extension String: JSONWritable {
  /// Writes a string.
  public func write(into json: inout JSONWriter) { json.text(self) }
}

extension Array: JSONWritable where Element: JSONWritable {
  /// Writes an array.
  public func write(into json: inout JSONWriter) {
    json.array { json in for element in self { json.value(element) } }
  }
}

extension FunctionAddress: JSONWritable {
  /// Writes the address as Linux spells it.
  public func write(into json: inout JSONWriter) { json.plainText { write(into: &$0) } }
}

extension BusAddress: JSONWritable {
  /// Writes the bus as Linux spells it.
  public func write(into json: inout JSONWriter) { json.plainText { write(into: &$0) } }
}
