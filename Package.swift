// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// The settings every Swift target is built with.
///
/// `InferIsolatedConformances` and `NonisolatedNonsendingByDefault` keep the
/// modules' behaviour the same when a client adopts Swift's later defaults.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
]

/// Tests may use force unwraps, but no warning either.
let testing: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

/// The command: one front for each system, over the same table of subcommands.
#if os(FreeBSD)
  let front = (path: "Sources/passthru-freebsd", exclude: ["main.c"])
#else
  let front = (path: "Sources/passthru", exclude: [String]())
#endif
let command = Target.executableTarget(
  name: "passthru",
  dependencies: [
    "PCI", "PCIHost", "PCIDrivers", "PCIBus", "PassthruReport", "PassthruCommand",
  ],
  path: front.path, exclude: front.exclude, swiftSettings: strict)

/// The modules that can be had one by one, besides the two that export all.
let modules = [
  "PCI", "PCIHost", "PCIDrivers", "PCIBus", "PCIRecords", "PCINames", "PassthruAnalysis",
  "PassthruConfig", "PassthruReport",
]

let package = Package(
  name: "swift-pci",
  products: [
    .library(name: "SwiftPCI", targets: ["SwiftPCI"]),
    .library(name: "SwiftPassthru", targets: ["SwiftPassthru"]),
    .executable(name: "passthru", targets: ["passthru"]),
  ] + modules.map { .library(name: $0, targets: [$0]) },
  traits: [
    .trait(name: "LibPCI", description: "Scan through libpci too (GPL-2.0-or-later)"),
    .default(enabledTraits: []),
  ],
  // A client resolves no package: only `make docs` asks for the plugin.
  dependencies: Context.environment["SWIFT_PCI_DOCS"] == nil
    ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0")],
  targets: [
    .systemLibrary(
      name: "CLibPCI", path: "CShims/CLibPCI", pkgConfig: "libpci",
      providers: [.apt(["libpci-dev"])]),
    .target(
      name: "CLibPCIAccess",
      dependencies: [
        .target(name: "CLibPCI", condition: .when(platforms: [.linux], traits: ["LibPCI"]))
      ],
      path: "CShims/CLibPCIAccess",
      cSettings: [.define("LIBPCI_TRAIT", .when(platforms: [.linux], traits: ["LibPCI"]))]),
    .target(name: "CDevPCI", path: "CShims/CDevPCI"),
    .target(name: "PCI", swiftSettings: strict),
    .target(name: "PCIHost", dependencies: ["PCI"], swiftSettings: strict),
    .target(name: "PCIDrivers", dependencies: ["PCI", "PCIHost"], swiftSettings: strict),
    .target(
      name: "PCIBus",
      dependencies: [
        "PCI", "PCIHost", "PCIDrivers", "CDevPCI",
        .target(
          name: "CLibPCIAccess", condition: .when(platforms: [.linux], traits: ["LibPCI"])),
      ],
      swiftSettings: strict),
    .target(name: "PCIRecords", dependencies: ["PCI", "PCIHost"], swiftSettings: strict),
    .target(name: "PCINames", dependencies: ["PCI", "PCIHost"], swiftSettings: strict),
    .target(
      name: "PassthruAnalysis", dependencies: ["PCI", "PCIHost"], swiftSettings: strict),
    .target(
      name: "PassthruConfig", dependencies: ["PCI", "PCIHost", "PassthruAnalysis"],
      swiftSettings: strict),
    .target(
      name: "PassthruReport",
      dependencies: [
        "PCI", "PCIHost", "PCIDrivers", "PCINames", "PassthruAnalysis", "PassthruConfig",
      ],
      exclude: ["Schemas"],
      swiftSettings: strict),
    .target(
      name: "SwiftPCI",
      dependencies: ["PCI", "PCIHost", "PCIDrivers", "PCIBus", "PCIRecords", "PCINames"],
      swiftSettings: strict),
    .target(
      name: "SwiftPassthru",
      dependencies: ["SwiftPCI", "PassthruAnalysis", "PassthruConfig", "PassthruReport"],
      swiftSettings: strict),
    .target(
      name: "PassthruCommand",
      dependencies: [
        "PCI", "PCIHost", "PCIDrivers", "PCIRecords", "PCINames", "PassthruAnalysis",
        "PassthruConfig", "PassthruReport",
      ],
      swiftSettings: strict),
    command,
    .executableTarget(
      name: "passthru-tree", path: "Tests/Benchmarks/passthru-tree", swiftSettings: testing),
    .executableTarget(
      name: "scan-bench", dependencies: ["PCI", "PCIHost", "PCIBus", "PassthruAnalysis"],
      path: "Tests/Benchmarks/scan-bench", swiftSettings: testing),
    .executableTarget(
      name: "crash-at-step", dependencies: ["PCI", "PCIHost", "PCIDrivers", "PCIBus"],
      path: "Tests/VMLab/CrashAtStep", swiftSettings: testing),
    .target(
      name: "DeletionLaw", dependencies: ["PCI", "PCIHost", "PassthruAnalysis"],
      path: "Tests/DeletionLaw/Law", swiftSettings: testing),
    .executableTarget(
      name: "deletion-law",
      dependencies: ["DeletionLaw", "PCIHost", "PCIBus", "PCIRecords", "PassthruAnalysis"],
      path: "Tests/DeletionLaw/Run", swiftSettings: testing),
    .target(name: "TestCorpora", path: "Tests/TestCorpora", swiftSettings: testing),
    .testTarget(name: "PCITests", dependencies: ["PCI", "TestCorpora"], swiftSettings: testing),
    .testTarget(
      name: "DifferentialTests",
      dependencies: [
        "PCI", "PCIHost", "PCIBus", "PCIRecords", "PCINames", "PassthruAnalysis", "TestCorpora",
      ],
      exclude: ["not-compared.md"],
      swiftSettings: testing),
    .testTarget(
      name: "PCIHostTests", dependencies: ["PCI", "PCIHost", "TestCorpora"],
      swiftSettings: testing),
    .testTarget(
      name: "PCIDriversTests", dependencies: ["PCI", "PCIHost", "PCIDrivers"],
      swiftSettings: testing),
    .testTarget(
      name: "PCIBusTests",
      dependencies: [
        "PCI", "PCIHost", "PCIDrivers", "PCIBus", "PCIRecords", "TestCorpora", "passthru-tree",
        "scan-bench",
      ],
      swiftSettings: testing),
    .testTarget(
      name: "PCIRecordsTests", dependencies: ["PCI", "PCIHost", "PCIRecords", "TestCorpora"],
      swiftSettings: testing),
    .testTarget(
      name: "PCINamesTests", dependencies: ["PCI", "PCINames", "TestCorpora"],
      swiftSettings: testing),
    .testTarget(
      name: "PassthruAnalysisTests",
      dependencies: [
        "PCI", "PCIHost", "PCIBus", "PCIRecords", "PassthruAnalysis", "TestCorpora",
        "DeletionLaw",
      ],
      swiftSettings: testing),
    .testTarget(
      name: "PassthruConfigTests",
      dependencies: [
        "PCI", "PCIHost", "PCIBus", "PCIRecords", "PassthruAnalysis", "PassthruConfig",
        "TestCorpora",
      ],
      swiftSettings: testing),
    .testTarget(
      name: "PassthruReportTests",
      dependencies: [
        "PCI", "PCIHost", "PCIRecords", "PCINames", "PassthruAnalysis",
        "PassthruReport", "TestCorpora",
      ],
      swiftSettings: testing),
    .testTarget(
      name: "PassthruCommandTests",
      dependencies: [
        "passthru",
        "PCI", "PCIHost", "PCIDrivers", "PCIBus", "PCIRecords", "PassthruAnalysis",
        "PassthruConfig", "PassthruReport", "PassthruCommand", "TestCorpora",
      ],
      swiftSettings: testing),
    .testTarget(
      name: "FreeBSDFrontTests", dependencies: ["passthru", "TestCorpora"],
      swiftSettings: testing),
  ],
  swiftLanguageModes: [.v6]
)
