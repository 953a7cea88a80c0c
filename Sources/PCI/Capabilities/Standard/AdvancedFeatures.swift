// SPDX-License-Identifier: Apache-2.0

/// The Advanced Features capability, id 0x13: function level reset for conventional PCI.
///
/// Advanced Capabilities for Conventional PCI ECN (2006); PCI Express Base 6.0,
/// section 7.9.21.
public struct AdvancedFeatures: DecodedCapability {
  public static let kind = CapabilityKind(standard: 0x13, "af", "Advanced Features", size: 6)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  /// The length of the capability.
  public static let length = Register(2, 1, "length").number()

  public enum Capabilities: RegisterFields {
    static let itself = Register(3, 1, "capabilities")
    /// The Transactions Pending bit is implemented.
    public static let transactionsPending = flag(0, "transactionsPending")
    /// Function level reset is implemented.
    ///
    /// Linux uses it only where the Transactions Pending bit is implemented too.
    public static let functionLevelReset = flag(1, "functionLevelReset")
    static let fields = [transactionsPending, functionLevelReset]
  }

  public enum Control: RegisterFields {
    static let itself = Register(4, 1, "control")
    public static let initiateFunctionLevelReset = flag(0, "initiateFunctionLevelReset")
    static let fields = [initiateFunctionLevelReset]
  }

  public enum Status: RegisterFields {
    static let itself = Register(5, 1, "status")
    /// Transactions are pending.
    public static let transactionsPending = flag(0, "transactionsPending")
    static let fields = [transactionsPending]
  }

  public static let layout = RegisterLayout(registers: [
    [length], Capabilities.fields, Control.fields, Status.fields,
  ])

  /// The Transactions Pending bit is implemented.
  public var hasTransactionsPending: Bool { flag(Capabilities.transactionsPending) }
  /// Function level reset is implemented.
  ///
  /// Linux uses it only where the Transactions Pending bit is implemented too.
  public var supportsFunctionLevelReset: Bool { flag(Capabilities.functionLevelReset) }
}
