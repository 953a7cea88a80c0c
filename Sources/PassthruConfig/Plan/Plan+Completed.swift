// SPDX-License-Identifier: Apache-2.0

internal import PCIHost
public import PassthruAnalysis

extension Plan {
  /// The plan with the steps and the way back that its host's own stack needs.
  ///
  /// The texts are those of the targets, so a plan never says anything else
  /// than `emit` does. What a target refuses becomes a warning.
  public func completed() -> Plan {
    completed(for: ConfigurationRequest(host: machine, devices: devices, guest: guest))
  }

  /// As `completed()`, with the choices of a request: slot, ROM, release, version.
  ///
  /// The devices, the guest and the renumbering are the plan's own.
  public func completed(for choices: ConfigurationRequest) -> Plan {
    var request = choices
    request.devices = devices
    request.guest = guest
    request.renumbered = renumbered
    var plan = self
    guard !devices.isEmpty else { return plan }
    switch consumer {
    case .bhyve:
      var steps = FreeBSDSteps(request)
      steps.write(into: &plan)
    case .vfio:
      var steps = LinuxSteps(request)
      steps.write(into: &plan)
    }
    return plan
  }
}

/// The text of a document, by line.
func lines(of document: ConfigurationDocument) -> [String] {
  var lines = document.text.split(separator: "\n", omittingEmptySubsequences: false)
    .map { String($0) }
  if lines.last == "" { lines.removeLast() }
  return lines
}

/// What several targets make of one request.
struct TargetTexts: Sendable {
  /// The request.
  var request: ConfigurationRequest
  /// What the targets refused, as warnings.
  var refusals: [String] = []

  /// The document of a target; a refusal is kept.
  mutating func document<T: ConfigurationTarget>(_ target: T.Type) -> ConfigurationDocument? {
    do throws(ConfigurationError) {
      return try T.emit(request)
    } catch {
      let refusal = "\(error.reason): \(error.remedy)"
      if !refusals.contains(refusal) { refusals.append(refusal) }
      return nil
    }
  }

  /// The lines of a target's way back; empty where there is none.
  func undoLines<T: ConfigurationTarget>(_ target: T.Type) -> [String] {
    do throws(ConfigurationError) {
      guard let document = try T.undo(request) else { return [] }
      return lines(of: document)
    } catch {
      return []
    }
  }

  /// A target as one way of several.
  mutating func alternative<T: ConfigurationTarget>(_ target: T.Type) -> Plan.Alternative? {
    guard let document = document(target) else { return nil }
    return Plan.Alternative(
      tool: T.name, place: document.path, lines: lines(of: document),
      notes: document.losses + document.warnings)
  }
}
