// SPDX-License-Identifier: Apache-2.0

internal import PCI
public import PCIHost
public import PassthruAnalysis

/// The document `passthru.groups/1`.
public struct GroupsDocument: Sendable {
  private let host: Machine
  private let prediction: GroupPrediction

  /// Prepares the document.
  public init(_ host: Machine, prediction: GroupPrediction) {
    self.host = host
    self.prediction = prediction
  }

  /// Writes the groups with a member among `selected`, or all.
  ///
  /// Reported groups come by number with the reasons of the predicted group
  /// that has the same members; without reported groups the predicted ones.
  public func write(selected: Set<Int>?, into json: inout JSONWriter) {
    let reported = GroupsByNumber(host)
    json.document("passthru.groups/1") { json in
      json.array("groups") { json in
        if reported.isEmpty {
          writePredicted(selected, into: &json)
        } else {
          writeReported(reported, selected, into: &json)
        }
      }
      json.array("ungrouped", of: prediction.ungrouped) { json, function in
        json.member("address", function.address.description)
        json.member("reason", function.reason)
      }
      if let agreement = prediction.agreement {
        json.object("agreement") { json in
          json.member("functions", agreement.functions)
          json.member("same", agreement.same)
          json.member("unknown", agreement.unknown)
        }
      } else {
        json.null("agreement")
      }
      json.member("notPredicted", prediction.notPredicted)
      json.member("notes", prediction.notes)
      host.writeGaps(into: &json)
      json.array("isolatedSlots", of: prediction.isolatedSlots) { json, slot in
        json.member("port", slot.port.description)
        json.member("name", slot.name)
        json.member("isOccupied", slot.isOccupied)
      }
    }
  }

  private func writeReported(
    _ reported: GroupsByNumber, _ selected: Set<Int>?, into json: inout JSONWriter
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
      json.member("reported", reported)
      json.member("members", members.map { $0.description })
      json.member("isPredicted", predicted != nil)
      json.member("isInferred", predicted?.isInferred)
      json.array("reasons", of: predicted?.reasons ?? []) { json, reason in
        json.member("kind", reason.kind.rawValue)
        json.member("hop", reason.hop.description)
        json.member("members", reason.members.map { $0.description })
        json.member("text", reason.text)
      }
      json.member("missingFacts", predicted?.missingFacts ?? [])
    }
  }
}
