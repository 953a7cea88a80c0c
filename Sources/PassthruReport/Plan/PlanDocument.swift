// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PassthruAnalysis

/// The document `passthru.plan/1`.
public struct PlanDocument: Sendable {
  private let plan: Plan

  /// Prepares the document.
  public init(_ plan: Plan) { self.plan = plan }

  /// Writes the plan.
  public func write(into json: inout JSONWriter) {
    let plan = self.plan
    json.object { json in
      json.key("schema")
      json.value("passthru.plan/1")
      json.key("for")
      json.value(plan.consumer.rawValue)
      json.key("guest")
      json.value(plan.guest)
      json.key("selected")
      json.strings(plan.selected.map { $0.description })
      json.key("devices")
      json.strings(plan.devices.map { $0.description })
      json.key("assessments")
      json.array { json in
        for assessment in plan.assessments { json.value(assessment) }
      }
      json.key("steps")
      json.steps(plan.steps)
      json.key("renumbered")
      json.array { json in
        for move in plan.renumbered {
          json.object { json in
            json.key("driver")
            json.value(move.driver)
            json.key("address")
            json.value(move.address.description)
            json.key("from")
            json.value(move.from)
            json.key("to")
            json.value(move.to)
            json.key("names")
            json.strings(move.names)
          }
        }
      }
      json.key("references")
      json.array { json in
        for reference in plan.references {
          json.object { json in
            json.key("name")
            json.value(reference.name)
            json.key("path")
            json.value(reference.path)
            json.key("line")
            json.value(reference.line)
            json.key("text")
            json.value(reference.text)
          }
        }
      }
      json.key("renumberingUnknown")
      json.value(plan.renumberingUnknown)
      json.key("undo")
      json.steps(plan.undo)
      json.key("warnings")
      json.strings(plan.warnings)
      json.key("unknowns")
      json.strings(plan.unknowns)
    }
  }
}

extension JSONWriter {
  fileprivate mutating func steps(_ steps: [Plan.Step]) {
    array { json in
      for step in steps {
        json.object { json in
          json.key("action")
          json.value(step.action)
          json.key("place")
          json.value(step.place)
          json.key("lines")
          json.strings(step.lines)
          json.key("notes")
          json.strings(step.notes)
          json.key("alternatives")
          json.array { json in
            for way in step.alternatives {
              json.object { json in
                json.key("tool")
                json.value(way.tool)
                json.key("place")
                json.value(way.place)
                json.key("lines")
                json.strings(way.lines)
                json.key("notes")
                json.strings(way.notes)
              }
            }
          }
        }
      }
    }
  }
}
