// SPDX-License-Identifier: Apache-2.0

/// The Hierarchy ID capability, extended id 0x0028.
///
/// PCI Express Base 6.0, section 7.9.17.
public struct HierarchyID: DecodedCapability {
  public static let kind = CapabilityKind(extended: 0x0028, "hierarchy", "Hierarchy ID", size: 32)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public enum Status: RegisterFields {
    static let itself = Register(4, 4, "status")
    public static let messageRequesterID = hexadecimal(0...15, "messageRequesterID", digits: 4)
    public static let valid = flag(28, "valid")
    public static let writeable = flag(29, "writeable")
    static let fields = [messageRequesterID, valid, writeable]
  }

  public enum Data: RegisterFields {
    static let itself = Register(8, 4, "data")
    public static let systemGUIDAuthorityID = number(0...7, "systemGUIDAuthorityID")
    public static let hierarchyID = hexadecimal(16...31, "hierarchyID", digits: 4)
    static let fields = [systemGUIDAuthorityID, hierarchyID]
  }

  /// Hierarchy ID GUID 1 to 5.
  public static let guid = Register.series(0xc, 4, "guid", 1..<6)

  public static let layout = RegisterLayout(registers: [
    Status.fields, Data.fields, guid,
  ])
}
