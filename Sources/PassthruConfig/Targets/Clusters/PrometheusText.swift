// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// A metric for the textfile collector of Prometheus' node exporter.
enum PrometheusText: ReversibleTarget {
  static let name = "prometheus"
  static let summary = "a textfile metric for Prometheus' node exporter"
  static let platform = TargetPlatform.cluster
  static let namesIdentifiers = true
  static let path = "/var/lib/prometheus/node-exporter/passthru.prom"

  static func emit(
    _ request: ConfigurationRequest
  ) throws(ConfigurationError) -> ConfigurationDocument {
    let functions = try request.checkedFunctions()
    var lines = [
      "# HELP passthru_device_info A PCI function set aside for a guest.",
      "# TYPE passthru_device_info gauge",
    ]
    for function in functions {
      var labels = "address=\"\(function.address.linuxName)\""
      labels += ",vendor=\"\(function.identity.vendorID.hexadecimal(width: 4))\""
      labels += ",device=\"\(function.identity.deviceID.hexadecimal(width: 4))\""
      if let driver = function.driver { labels += ",driver=\(driver.name.jsonQuoted)" }
      if let group = function.iommuGroup { labels += ",iommu_group=\"\(group)\"" }
      labels += ",guest=\"\(request.guest)\""
      lines.append("passthru_device_info{\(labels)} 1")
    }
    return ConfigurationDocument(
      text: text(lines), path: path,
      warnings: ["write it beside its place and rename it: the exporter may read at any moment"])
  }

  static func undo(_ request: ConfigurationRequest, _ functions: [Function]) -> [String] {
    ["rm \(path)"]
  }
}
