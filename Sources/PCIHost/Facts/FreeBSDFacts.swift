// SPDX-License-Identifier: Apache-2.0

/// What a FreeBSD host tells besides its functions.
public struct FreeBSDFacts: Hashable, Sendable {
  /// `kern.osreldate`: 1400500 is 14.0 with patches; `nil` where not recorded.
  public var releaseDate: Int?
  /// Sysctls by name, as text; only those the analyser asks for.
  @Recordable public var sysctls: [NamedValue]
  /// Kernel environment variables by name: `pptdevs`, `hint.em.0.at`.
  @Recordable public var kernelEnvironment: [NamedValue]
  /// What held functions before passthru changed them at run time: `pci0:1:0:1` and `em1`.
  ///
  /// From passthru's journal, for this boot alone; `none` where no driver held one.
  @Recordable public var driversBefore: [NamedValue]

  /// Starts with nothing known.
  public init(
    releaseDate: Int? = nil, sysctls: [NamedValue]? = nil, kernelEnvironment: [NamedValue]? = nil
  ) {
    self.releaseDate = releaseDate
    if let sysctls { self.sysctls = sysctls }
    if let kernelEnvironment { self.kernelEnvironment = kernelEnvironment }
  }

  /// The value of a sysctl, where it was recorded.
  public func sysctl(_ name: String) -> String? {
    sysctls.first { $0.name == name }?.value
  }

  /// The value of a kernel environment variable, where it was recorded.
  public func environment(_ name: String) -> String? {
    kernelEnvironment.first { $0.name == name }?.value
  }
}

/// A value with its name, as sysctl and kenv hold them.
public struct NamedValue: Hashable, Sendable {
  /// The name.
  public var name: String
  /// The value, as text.
  public var value: String

  /// Pairs a name and a value.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
