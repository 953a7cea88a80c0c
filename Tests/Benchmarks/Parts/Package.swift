// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// A package of its own, so that who links the library fetches no benchmark tool.
let package = Package(
  name: "parts",
  dependencies: [
    .package(name: "swift-pci", path: "../../..", traits: []),
    .package(url: "https://github.com/google/swift-benchmark", from: "0.1.2"),
  ],
  targets: [
    .executableTarget(
      name: "parts",
      dependencies: [
        .product(name: "SwiftPCI", package: "swift-pci"),
        .product(name: "SwiftPassthru", package: "swift-pci"),
        .product(name: "Benchmark", package: "swift-benchmark"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
