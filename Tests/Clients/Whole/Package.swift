// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// The clone that Scripts/clients.sh makes, with a tag, as a stranger would have it.
let clone = Context.environment["SWIFT_PCI_CLONE"] ?? "https://github.com/swift-pci/swift-pci"

let package = Package(
  name: "client",
  dependencies: [.package(url: clone, exact: "0.0.1")],
  targets: [
    .executableTarget(
      name: "client", dependencies: [.product(name: "SwiftPassthru", package: "swift-pci")],
      swiftSettings: [
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("ExistentialAny"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
