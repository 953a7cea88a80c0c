// SPDX-License-Identifier: Apache-2.0

/// The Flit Error Injection capability, extended id 0x0034.
///
/// PCI Express Base 6.4, section 7.8.13.
public struct FlitErrorInjection: DecodedCapability {
  public static let kind = CapabilityKind(
    extended: 0x0034, "fliterror", "Flit Error Injection", size: 36)
  public let registers: RegisterBytes
  public init(_ registers: RegisterBytes) { self.registers = registers }

  public static let capability = Register(4, 4, "capability").hexadecimal()

  /// Flit Error Injection Control 1.
  public enum Control1: RegisterFields {
    static let itself = Register(8, 4, "control1")
    public static let enable = flag(0, "enable")
    public static let transmitted = flag(1, "transmitted")
    public static let received = flag(2, "received")
    // Three bits lower than pciutils 3.15 has them.
    /// At 2.5 GT/s.
    public static let at2_5GT = flag(3, "at2.5GT")
    /// At 5.0 GT/s.
    public static let at5GT = flag(4, "at5GT")
    /// At 8.0 GT/s.
    public static let at8GT = flag(5, "at8GT")
    /// At 16.0 GT/s.
    public static let at16GT = flag(6, "at16GT")
    /// At 32.0 GT/s.
    public static let at32GT = flag(7, "at32GT")
    /// At 64.0 GT/s.
    public static let at64GT = flag(8, "at64GT")
    public static let errorCount = number(16...20, "errorCount")
    public static let spacing = number(21...28, "spacing")
    // pciutils 3.15 masks two of the bits, though it has names for seven values.
    public static let flitType = names(
      29...31, "flitType",
      [
        "any", "any but idle", "payload", "NOP", "idle", "payload and its repeats",
        "payload and the repeats of one",
      ])
    static let fields = [
      whole, enable, transmitted, received, at2_5GT, at5GT, at8GT, at16GT, at32GT, at64GT,
      errorCount, spacing, flitType,
    ]
  }

  /// Flit Error Injection Control 2.
  public enum Control2: RegisterFields {
    static let itself = Register(0xc, 4, "control2")
    public static let consecutive = computed(0...2, "consecutive") { code in
      code == 7 ? .text("7 to 15 at random") : .number(code)
    }
    public static let errorType = names(
      3...4, "errorType",
      [
        "random", "correctable in one group", "correctable in three groups",
        "uncorrectable",
      ])
    public static let offset = number(5...11, "offset")
    public static let magnitude = number(12...19, "magnitude")
    static let fields = [whole, consecutive, errorType, offset, magnitude]
  }

  public enum Status: RegisterFields {
    static let itself = Register(0x10, 4, "status")
    public static let transmit = names(0...1, "transmit", FlitErrorInjection.states)
    public static let receive = names(2...3, "receive", FlitErrorInjection.states)
    static let fields = [transmit, receive]
  }

  /// Ordered Set Error Injection Control 1.
  public enum OrderedSetControl1: RegisterFields {
    static let itself = Register(0x14, 4, "orderedSetControl1")
    public static let enable = flag(0, "enable")
    public static let transmitted = flag(1, "transmitted")
    public static let received = flag(2, "received")
    public static let errorCount = number(3...7, "errorCount")
    public static let spacing = number(8...15, "spacing")
    public static let ts0 = flag(16, "ts0")
    public static let ts1 = flag(17, "ts1")
    public static let ts2 = flag(18, "ts2")
    public static let skp = flag(19, "skp")
    public static let eieos = flag(20, "eieos")
    public static let eios = flag(21, "eios")
    public static let sds = flag(22, "sds")
    public static let polling = flag(23, "polling")
    public static let configuration = flag(24, "configuration")
    public static let l0 = flag(25, "l0")
    public static let recovery = flag(26, "recovery")
    public static let equalization01 = flag(27, "equalization01")
    public static let equalization2 = flag(28, "equalization2")
    public static let equalization3 = flag(29, "equalization3")
    static let fields = [
      whole, enable, transmitted, received, errorCount, spacing, ts0, ts1, ts2, skp, eieos, eios,
      sds, polling, configuration, l0, recovery, equalization01, equalization2, equalization3,
    ]
  }

  /// Ordered Set Error Injection Control 2.
  public enum OrderedSetControl2: RegisterFields {
    static let itself = Register(0x18, 4, "orderedSetControl2")
    public static let bytes = hexadecimal(0...15, "bytes", digits: 4)
    public static let lanes = hexadecimal(16...31, "lanes", digits: 4)
    static let fields = [bytes, lanes]
  }

  /// Ordered Set Error Tx Injection Status.
  public static let orderedSetTransmitStatus = Register(0x1c, 4, "orderedSetTransmitStatus")
  /// Ordered Set Error Rx Injection Status.
  public static let orderedSetReceiveStatus = Register(0x20, 4, "orderedSetReceiveStatus")

  public static let layout = RegisterLayout(registers: [
    [capability], Control1.fields, Control2.fields, Status.fields, OrderedSetControl1.fields,
    OrderedSetControl2.fields, orderedSets(orderedSetTransmitStatus),
    orderedSets(orderedSetReceiveStatus),
  ])

  /// What has become of an injection.
  private static let states = ["not started", "started", "completed", "error"]

  /// The ordered sets and link states of the two status registers, two bits each.
  private static func orderedSets(_ register: Register) -> [RegisterField] {
    // As the control register has them from ts0 on, a bit each.
    OrderedSetControl1.fields.filter { $0.bits.lowerBound >= 16 }.map { field in
      let low = 2 * (field.bits.lowerBound - 16)
      return RegisterField(
        register: register, bits: low...low + 1, part: field.part, format: .names(states))
    }
  }
}
