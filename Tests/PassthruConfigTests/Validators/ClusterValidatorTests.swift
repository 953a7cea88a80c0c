// SPDX-License-Identifier: Apache-2.0

import Foundation
import PCI
import PCIHost
import Testing

@testable import PassthruConfig

/// promtool, Ansible, yamllint and JSON Schemas on what is written for clusters.
@Suite struct ClusterValidatorTests {
  var request: ConfigurationRequest {
    SampleHost.request("0a:00.0", "0a:00.1", "0b:00.0", host: SampleHost.workstation, guest: "g")
  }

  @Test(.enabled(if: Programs.have("promtool")))
  func promtoolTakesTheMetric() throws {
    let text = try PrometheusText.emit(request).text
    let outcome = try Programs.run("promtool", ["check", "metrics"], input: text)
    #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
    let broken = try Programs.run("promtool", ["check", "metrics"], input: text + "x{ 1\n")
    #expect(broken.status != 0)
  }

  @Test(.enabled(if: Programs.have("ansible")))
  func ansibleShowsTheFacts() throws {
    let folder = try TemporaryFolder()
    try folder.write(try AnsibleFacts.emit(request).text, to: "passthru.fact")
    let outcome = try Programs.run(
      "ansible",
      [
        "localhost", "-c", "local", "-m", "setup", "-a",
        "fact_path=\(folder.url.path) filter=ansible_local gather_subset=!all,!min,local",
      ], environment: ["HOME": folder.url.path, "ANSIBLE_LOCALHOST_WARNING": "false"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let start = try #require(outcome.output.firstIndex(of: "{"))
    let json = try JSONSerialization.jsonObject(with: Data(outcome.output[start...].utf8))
    let facts = (json as? [String: Any])?["ansible_facts"] as? [String: Any]
    let local = facts?["ansible_local"] as? [String: Any]
    let passthru = local?["passthru"] as? [String: Any]
    #expect(passthru?["guest"] as? String == "g")
    let devices = passthru?["devices"] as? [[String: Any]]
    #expect(
      devices?.map { $0["address"] as? String } == [
        "0000:0a:00.0", "0000:0a:00.1", "0000:0b:00.0",
      ])
  }

  @Test(
    .enabled(if: Programs.have("yamllint")), arguments: ["kubevirt", "sriov-device-plugin"])
  func yamllintIsSilent(_ target: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(try #require(Target.named(target)).emit(request).text, to: "f.yaml")
    let rules = "{extends: default, rules: {line-length: disable}}"
    let outcome = try Programs.run("yamllint", ["-s", "-d", rules, file.path])
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  /// The parts of the kinds that are written, by Kubernetes' and KubeVirt's API references.
  static let schema = """
    {"$defs": {
      "name": {"type": "string", "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"},
      "resource": {"type": "string",
        "pattern": "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?/[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$"},
      "metadata": {"type": "object", "required": ["name"], "additionalProperties": false,
        "properties": {"name": {"$ref": "#/$defs/name"}, "namespace": {"$ref": "#/$defs/name"}}}},
     "oneOf": [
      {"type": "object", "additionalProperties": false,
       "required": ["apiVersion", "kind", "metadata", "data"],
       "properties": {"apiVersion": {"const": "v1"}, "kind": {"const": "ConfigMap"},
        "metadata": {"$ref": "#/$defs/metadata"},
        "data": {"type": "object", "additionalProperties": {"type": "string"}}}},
      {"type": "object", "additionalProperties": false,
       "required": ["apiVersion", "kind", "metadata", "spec"],
       "properties": {"apiVersion": {"const": "kubevirt.io/v1"}, "kind": {"const": "KubeVirt"},
        "metadata": {"$ref": "#/$defs/metadata"},
        "spec": {"type": "object", "additionalProperties": false, "properties": {
         "configuration": {"type": "object", "additionalProperties": false, "properties": {
          "developerConfiguration": {"type": "object", "additionalProperties": false,
           "properties": {"featureGates": {"type": "array", "items": {"type": "string"}}}},
          "permittedHostDevices": {"type": "object", "additionalProperties": false, "properties": {
           "pciHostDevices": {"type": "array", "minItems": 1, "items": {"type": "object",
            "additionalProperties": false, "required": ["pciVendorSelector", "resourceName"],
            "properties": {
             "pciVendorSelector": {"type": "string", "pattern": "^[0-9a-fA-F]{4}:[0-9a-fA-F]{4}$"},
             "resourceName": {"$ref": "#/$defs/resource"},
             "externalResourceProvider": {"type": "boolean"}}}}}}}}}}}},
      {"type": "object", "additionalProperties": false,
       "required": ["apiVersion", "kind", "metadata", "spec"],
       "properties": {"apiVersion": {"const": "kubevirt.io/v1"},
        "kind": {"const": "VirtualMachine"}, "metadata": {"$ref": "#/$defs/metadata"},
        "spec": {"type": "object", "required": ["template"], "properties": {"template":
         {"type": "object", "required": ["spec"], "properties": {"spec": {"type": "object",
          "required": ["domain"], "properties": {"domain": {"type": "object",
           "required": ["devices"], "properties": {"devices": {"type": "object",
            "additionalProperties": false, "properties": {"hostDevices": {"type": "array",
             "minItems": 1, "items": {"type": "object", "additionalProperties": false,
              "required": ["name", "deviceName"], "properties": {
               "name": {"$ref": "#/$defs/name"},
               "deviceName": {"$ref": "#/$defs/resource"}}}}}}}}}}}}}}}}]}
    """

  static let havePython: Bool = {
    let check = try? Programs.run("python3", ["-c", "import yaml, jsonschema"])
    if check?.status == 0 { return true }
    print("SKIPPED: no python3 with yaml and jsonschema: Scripts/install-validators.sh")
    return false
  }()

  @Test(.enabled(if: havePython), arguments: ["kubevirt", "sriov-device-plugin"])
  func kindsMatchTheirSchemas(_ target: String) throws {
    let folder = try TemporaryFolder()
    let schema = try folder.write(Self.schema, to: "schema.json")
    let text = try #require(Target.named(target)).emit(request).text
    let script = """
      import sys, json, yaml, jsonschema
      schema = json.load(open(sys.argv[1]))
      documents = list(yaml.safe_load_all(sys.stdin))
      for document in documents:
          jsonschema.validate(document, schema)
          if document['kind'] == 'ConfigMap':
              json.loads(document['data']['config.json'])
      print(len(documents))
      """
    let good = try Programs.run("python3", ["-c", script, schema.path], input: text)
    #expect(good.status == 0, "\(good.errors)")
    #expect(good.output == (target == "kubevirt" ? "2\n" : "1\n"))
    let broken = text.replacingOccurrences(of: "kind: ", with: "sort: ")
    #expect(try Programs.run("python3", ["-c", script, schema.path], input: broken).status != 0)
  }
}
