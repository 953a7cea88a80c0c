// SPDX-License-Identifier: Apache-2.0

import PCI

extension ExpressRules {
  /// The registers that version 2 of the capability added.
  static let secondRules: Rules = [
    "DevCap2:": Rule(
      flags: [
        "TimeoutDis": "deviceCapabilities2.completionTimeoutDisableSupported",
        "NROPrPrP": "deviceCapabilities2.noROEnabledPassing",
        "LTR": "deviceCapabilities2.ltrMechanismSupported",
        "10BitTagComp": "deviceCapabilities2.tag10BitCompleterSupported",
        "10BitTagReq": "deviceCapabilities2.tag10BitRequesterSupported",
        "ExtFmt": "deviceCapabilities2.extendedFmtSupported",
        "EETLPPrefix": "deviceCapabilities2.endEndTLPPrefixSupported",
        "EmergencyPowerReductionInit":
          "deviceCapabilities2.emergencyPowerReductionInitialization",
        "FRS": "deviceCapabilities2.frsSupported",
        "TPHComp": "deviceCapabilities2.tphCompleter&1",
        "ExtTPHComp": "deviceCapabilities2.tphCompleter&2",
        "ARIFwd": "deviceCapabilities2.ariForwardingSupported",
        "Routing": "deviceCapabilities2.atomicOpRoutingSupported",
        "32bit": "deviceCapabilities2.atomicOp32CompleterSupported",
        "64bit": "deviceCapabilities2.atomicOp64CompleterSupported",
        "128bitCAS": "deviceCapabilities2.cas128CompleterSupported",
      ],
      phrases: [
        Phrase(
          "Completion Timeout: ", "deviceCapabilities2.completionTimeoutRanges",
          .words { $0 == "not programmable" ? "Not Supported" : "Range " + $0 }, after: ","),
        Phrase(
          "OBFF ", "deviceCapabilities2.obffSupport",
          .words {
            [
              "none": "Not Supported", "message": "Via message", "WAKE#": "Via WAKE#",
              "WAKE# and message": "Via message/WAKE#",
            ][$0] ?? $0
          }, after: ","),
        Phrase("MaxEETLPPrefixes ", "deviceCapabilities2.maxEndEndTLPPrefixes", .number),
        Phrase(
          "EmergencyPowerReduction ", "deviceCapabilities2.emergencyPowerReduction",
          .field {
            ["Not Supported", "Device Specific", "Form Factor or Device Specific", "Reserved"][
              Int($0.raw)]
          }, after: ","),
        Phrase(
          "LN System CLS ", "deviceCapabilities2.lnSystemCLS",
          .field {
            ["Not Supported", "64byte cachelines", "128byte cachelines", "Reserved"][Int($0.raw)]
          }, after: ","),
      ], noise: ["AtomicOpsCap:"]),
    "DevCtl2:": Rule(
      flags: [
        "TimeoutDis": "deviceControl2.completionTimeoutDisable",
        "LTR": "deviceControl2.ltrMechanismEnable",
        "10BitTagReq": "deviceControl2.tag10BitRequesterEnable",
        "ARIFwd": "deviceControl2.ariForwardingEnable",
        "ReqEn": "deviceControl2.atomicOpRequesterEnable",
        "EgressBlck": "deviceControl2.atomicOpEgressBlocking",
      ],
      phrases: [
        Phrase(
          "Completion Timeout: ", "deviceControl2.completionTimeout",
          .words(Translations.range), after: ","),
        Phrase(
          "OBFF ", "deviceControl2.obffEnable",
          .words {
            [
              "disabled": "Disabled", "message, variation A": "Via message A",
              "message, variation B": "Via message B", "WAKE#": "Via WAKE#",
            ][$0] ?? $0
          }, after: ","),
      ], noise: ["AtomicOpsCtl:"]),
    "LnkCap2:": Rule(
      flags: [
        "Crosslink": "linkCapabilities2.crosslinkSupported",
        "Retimer": "linkCapabilities2.retimerPresenceDetectSupported",
        "2Retimers": "linkCapabilities2.twoRetimersPresenceDetectSupported",
        "DRS": "linkCapabilities2.drsSupported",
      ],
      phrases: [
        Phrase(
          "Supported Link Speeds: ", "linkCapabilities2.supportedSpeeds",
          .words(Translations.speeds))
      ]),
    "LnkCtl2:": Rule(
      flags: [
        "EnterCompliance": "linkControl2.enterCompliance",
        "SpeedDis": "linkControl2.autonomousSpeedDisable",
        "EnterModifiedCompliance": "linkControl2.enterModifiedCompliance",
        "ComplianceSOS": "linkControl2.complianceSOS",
      ],
      phrases: [
        Phrase(
          "Target Link Speed: ", "linkControl2.targetSpeed",
          // The code 0, which is reserved, is shown as 2.5 GT/s.
          .field { field in
            if field.raw == 0 { return "2.5GT/s" }
            guard case .text(let text) = field.meaning else { return "" }
            let speed = Translations.speed(text)
            return speed == "unknown" ? "Unknown" : speed
          }),
        Phrase(
          "Selectable De-emphasis: ", "linkControl2.selectableDeemphasis", .words(decibels)),
        Phrase(
          "Transmit Margin: ", "linkControl2.transmitMargin",
          .field { $0.raw == 0 ? "Normal Operating Range" : "code \($0.raw)" }, after: ","),
        Phrase(
          "Compliance De-emphasis: ", "linkControl2.compliancePreset",
          .field { $0.raw == 0 ? "-6dB" : "-3.5dB" }),
        Phrase(
          "Compliance Preset/De-emphasis: ", "linkControl2.compliancePreset",
          .field { $0.raw == 0 ? "-6dB de-emphasis, 0dB preshoot" : "code \($0.raw)" },
          after: "\u{0}"),
      ]),
    "LnkSta2:": Rule(
      flags: [
        "EqualizationComplete": "linkStatus2.equalizationComplete",
        "EqualizationPhase1": "linkStatus2.equalizationPhase1Successful",
        "EqualizationPhase2": "linkStatus2.equalizationPhase2Successful",
        "EqualizationPhase3": "linkStatus2.equalizationPhase3Successful",
        "LinkEqualizationRequest": "linkStatus2.linkEqualizationRequest",
        "Retimer": "linkStatus2.retimerPresent", "2Retimers": "linkStatus2.twoRetimersPresent",
        "DRS": "linkStatus2.drsMessageReceived",
      ],
      phrases: [
        Phrase(
          "Current De-emphasis Level: ", "linkStatus2.deemphasis", .words(decibels)),
        Phrase(
          "CrosslinkRes: ", "linkStatus2.crosslinkResolution",
          .words {
            [
              "upstream port": "Upstream Port", "downstream port": "Downstream Port",
              "not completed": "incomplete",
            ][$0] ?? $0
          }, after: "\u{0}"),
      ]),
  ]

  private static func decibels(_ text: String) -> String { text.replacing(" ", with: "") }
}
