// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PassthruAnalysis

/// The document `passthru.groups/1`.
public struct GroupsDocument: Sendable {
  private let host: Host
  private let prediction: GroupPrediction

  /// Prepares the document.
  public init(_ host: Host, prediction: GroupPrediction) {
    self.host = host
    self.prediction = prediction
  }

  /// Writes the groups with a member among `selected`, or all.
  ///
  /// Reported groups come by number with the reasons of the predicted group
  /// that has the same members; without reported groups the predicted ones.
  public func write(selected: Set<Int>?, into json: inout JSONWriter) {
    let reported = ReportedGroups(host)
    json.object { json in
      json.key("schema")
      json.value("passthru.groups/1")
      json.key("groups")
      json.array { json in
        if reported.isEmpty {
          writePredicted(selected, into: &json)
        } else {
          writeReported(reported, selected, into: &json)
        }
      }
      json.key("ungrouped")
      json.array { json in
        for function in prediction.ungrouped {
          json.object { json in
            json.key("address")
            json.value(function.address.description)
            json.key("reason")
            json.value(function.reason)
          }
        }
      }
      json.key("agreement")
      if let agreement = prediction.agreement {
        json.object { json in
          json.key("functions")
          json.value(agreement.functions)
          json.key("same")
          json.value(agreement.same)
          json.key("unknown")
          json.value(agreement.unknown)
        }
      } else {
        json.null()
      }
      json.key("notPredicted")
      json.value(prediction.notPredicted)
      json.key("notes")
      json.strings(prediction.notes)
      json.key("isolatedSlots")
      json.array { json in
        for slot in prediction.isolatedSlots {
          json.object { json in
            json.key("port")
            json.value(slot.port.description)
            json.key("name")
            json.value(slot.name)
            json.key("isOccupied")
            json.value(slot.isOccupied)
          }
        }
      }
    }
  }

  private func writeReported(
    _ reported: ReportedGroups, _ selected: Set<Int>?, into json: inout JSONWriter
  ) {
    for number in reported.numbers {
      let members = reported.members(of: number)
      if let selected, !members.contains(where: { selected.contains($0) }) { continue }
      let addresses = members.map { host.functions[$0].address }
      let predicted = members.first.flatMap { prediction.groupOf[$0] }
        .map { prediction.groups[$0] }
      let agrees = predicted.map { Set($0.members) == Set(addresses) } ?? false
      write(
        reported: number, members: addresses, predicted: agrees ? predicted : nil, into: &json)
    }
  }

  private func writePredicted(_ selected: Set<Int>?, into json: inout JSONWriter) {
    let positions = AddressIndex(host.functions)
    for group in prediction.groups {
      let isWanted = group.members.contains { member in
        positions.position(of: member).map { selected?.contains($0) ?? true } ?? false
      }
      guard isWanted else { continue }
      write(reported: nil, members: group.members, predicted: group, into: &json)
    }
  }

  private func write(
    reported: Int?, members: [FunctionAddress], predicted: IsolationGroup?,
    into json: inout JSONWriter
  ) {
    json.object { json in
      json.key("reported")
      json.value(reported)
      json.key("members")
      json.strings(members.map { $0.description })
      json.key("isPredicted")
      json.value(predicted != nil)
      json.key("isInferred")
      json.value(predicted?.isInferred)
      json.key("reasons")
      json.array { json in
        for reason in predicted?.reasons ?? [] {
          json.object { json in
            json.key("kind")
            json.value(reason.kind.rawValue)
            json.key("hop")
            json.value(reason.hop.description)
            json.key("members")
            json.strings(reason.members.map { $0.description })
            json.key("text")
            json.value(reason.text)
          }
        }
      }
      json.key("missingFacts")
      json.strings(predicted?.missingFacts ?? [])
    }
  }
}
