// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PassthruAnalysis

/// The document `passthru.plan/1`.
public struct PlanDocument: Sendable {
  private let host: Machine
  private let plan: Plan

  /// Prepares the document.
  public init(_ plan: Plan, host: Machine) {
    self.plan = plan
    self.host = host
  }

  /// Writes the plan.
  public func write(into json: inout JSONWriter) {
    let plan = self.plan
    json.document("passthru.plan/1") { json in
      json.member("for", plan.consumer.rawValue)
      json.member("guest", plan.guest)
      json.member("selected", plan.selected.map { $0.description })
      json.member("devices", plan.devices.map { $0.description })
      json.member("assessments", plan.assessments)
      json.member("steps", plan.steps)
      json.array("renumbered", of: plan.renumbered) { json, move in
        json.member("driver", move.driver)
        json.member("address", move.address.description)
        json.member("from", move.from)
        json.member("to", move.to)
        json.member("names", move.names)
      }
      json.array("references", of: plan.references) { json, reference in
        json.member("name", reference.name)
        json.member("path", reference.path)
        json.member("line", reference.line)
        json.member("text", reference.text)
      }
      json.member("renumberingUnknown", plan.renumberingUnknown)
      json.member("undo", plan.undo)
      json.member("warnings", plan.warnings)
      json.member("unknowns", plan.unknowns)
      host.writeGaps(into: &json)
    }
  }
}

extension Plan.Step: JSONWritable {
  /// Writes what to do, where, and the other ways to do it.
  public func write(into json: inout JSONWriter) {
    json.object { json in
      json.member("action", action)
      json.member("place", place)
      json.member("lines", lines)
      json.member("notes", notes)
      json.array("alternatives", of: alternatives) { json, way in
        json.member("tool", way.tool)
        json.member("place", way.place)
        json.member("lines", way.lines)
        json.member("notes", way.notes)
      }
    }
  }
}
