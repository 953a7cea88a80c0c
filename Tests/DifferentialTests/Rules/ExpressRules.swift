// SPDX-License-Identifier: Apache-2.0

import PCI

enum ExpressRules {
  static let rules: Rules = [
    "Express": Rule(
      flags: ["(Slot": "capabilities.slotImplemented", "Slot": "capabilities.slotImplemented"],
      phrases: [
        Phrase("Express (v", "capabilities.version", .raw, after: ")"),
        Phrase("MSI ", "capabilities.interruptMessageNumber", .hexadecimal),
        Phrase(
          "", "capabilities.portType", .words { Translations.portTypes[$0] ?? $0 },
          after: "\u{0}"),
      ]),
    "DevCap:": Rule(
      flags: [
        "ExtTag": "deviceCapabilities.extendedTagSupported",
        "AttnBtn": "deviceCapabilities.attentionButtonPresent",
        "AttnInd": "deviceCapabilities.attentionIndicatorPresent",
        "PwrInd": "deviceCapabilities.powerIndicatorPresent",
        "RBE": "deviceCapabilities.roleBasedErrorReporting",
        "FLReset": "deviceCapabilities.functionLevelReset",
      ],
      phrases: [
        Phrase("MaxPayload ", "deviceCapabilities.maxPayload", .number, after: " bytes"),
        Phrase(
          "PhantFunc ", "deviceCapabilities.phantomFunctions",
          .field { $0.raw == 0 ? "0" : "\((1 << $0.raw) - 1)" }),
        Phrase(
          "Latency L0s ", "deviceCapabilities.l0sAcceptableLatency",
          .words(Translations.latency)),
        Phrase("L1 ", "deviceCapabilities.l1AcceptableLatency", .words(Translations.latency)),
        Phrase(
          "SlotPowerLimit ", "deviceCapabilities.slotPowerLimit", .words(Translations.watts)),
      ]),
    "DevCtl:": Rule(
      flags: [
        "CorrErr": "deviceControl.correctableErrorReportingEnable",
        "NonFatalErr": "deviceControl.nonFatalErrorReportingEnable",
        "FatalErr": "deviceControl.fatalErrorReportingEnable",
        "UnsupReq": "deviceControl.unsupportedRequestReportingEnable",
        "RlxdOrd": "deviceControl.relaxedOrderingEnable",
        "ExtTag": "deviceControl.extendedTagEnable",
        "PhantFunc": "deviceControl.phantomFunctionsEnable",
        "AuxPwr": "deviceControl.auxPowerPMEnable",
        "NoSnoop": "deviceControl.noSnoopEnable",
        "FLReset": "deviceControl.bridgeRetryOrFunctionLevelReset",
        "BrConfRtry": "deviceControl.bridgeRetryOrFunctionLevelReset",
      ],
      phrases: [
        Phrase("MaxPayload ", "deviceControl.maxPayload", .number, after: " bytes"),
        Phrase("MaxReadReq ", "deviceControl.maxReadRequest", .number, after: " bytes"),
      ]),
    "DevSta:": Rule(flags: [
      "CorrErr": "deviceStatus.correctableErrorDetected",
      "NonFatalErr": "deviceStatus.nonFatalErrorDetected",
      "FatalErr": "deviceStatus.fatalErrorDetected",
      "UnsupReq": "deviceStatus.unsupportedRequestDetected",
      "AuxPwr": "deviceStatus.auxPowerDetected",
      "TransPend": "deviceStatus.transactionsPending",
    ]),
    "LnkCap:": Rule(
      flags: [
        "ClockPM": "linkCapabilities.clockPowerManagement",
        "Surprise": "linkCapabilities.surpriseDownReporting",
        "LLActRep": "linkCapabilities.dataLinkLayerActiveReporting",
        "BwNot": "linkCapabilities.bandwidthNotification",
        "ASPMOptComp": "linkCapabilities.aspmOptionalityCompliance",
      ],
      phrases: [
        Phrase("Port #", "linkCapabilities.portNumber", .raw),
        Phrase("Speed ", "linkCapabilities.maxSpeed", .words(Translations.speed)),
        Phrase("Width x", "linkCapabilities.maxWidth", .raw),
        Phrase(
          "Exit Latency L0s ", "linkCapabilities.l0sExitLatency", .words(Translations.latency)),
        Phrase(
          "Exit Latency L1 ", "linkCapabilities.l1ExitLatency", .words(Translations.latency)),
        Phrase(", L1 ", "linkCapabilities.l1ExitLatency", .words(Translations.latency)),
        Phrase(
          "ASPM ", "linkCapabilities.aspmSupport",
          .words {
            ["none": "not supported", "L0s and L1": "L0s L1"][$0] ?? $0
          }, after: "\u{0}"),
      ]),
    "LnkCtl:": Rule(
      flags: [
        "Disabled": "linkControl.linkDisable", "CommClk": "linkControl.commonClock",
        "ExtSynch": "linkControl.extendedSynch",
        "ClockPM": "linkControl.clockPowerManagementEnable",
        "AutWidDis": "linkControl.autonomousWidthDisable",
        "BWInt": "linkControl.bandwidthManagementInterruptEnable",
        "AutBWInt": "linkControl.autonomousBandwidthInterruptEnable",
      ],
      phrases: [
        Phrase(
          "ASPM ", "linkControl.aspmControl",
          .words {
            [
              "disabled": "Disabled", "L0s": "L0s Enabled", "L1": "L1 Enabled",
              "L0s and L1": "L0s L1 Enabled",
            ][$0] ?? $0
          }, after: ";"),
        Phrase(
          "RCB ", "linkControl.readCompletionBoundary", .words { $0 }, after: ","),
      ]),
    "LnkSta:": Rule(
      flags: [
        "TrErr": "linkStatus.trainingError", "Train": "linkStatus.linkTraining",
        "SlotClk": "linkStatus.slotClock", "DLActive": "linkStatus.dataLinkLayerActive",
        "BWMgmt": "linkStatus.bandwidthManagement",
        "ABWMgmt": "linkStatus.autonomousBandwidth",
      ],
      phrases: [
        Phrase("Speed ", "linkStatus.speed", .words(Translations.speed)),
        Phrase("Width x", "linkStatus.width", .raw),
      ], noise: ["(downgraded)", "(overdriven)", "(ok)", "(strange)"]),
    "SltCap:": Rule(
      flags: [
        "AttnBtn": "slotCapabilities.attentionButtonPresent",
        "PwrCtrl": "slotCapabilities.powerControllerPresent",
        "MRL": "slotCapabilities.mrlSensorPresent",
        "AttnInd": "slotCapabilities.attentionIndicatorPresent",
        "PwrInd": "slotCapabilities.powerIndicatorPresent",
        "HotPlug": "slotCapabilities.hotPlugCapable",
        "Surprise": "slotCapabilities.hotPlugSurprise",
        "Interlock": "slotCapabilities.interlockPresent",
        "NoCompl": "slotCapabilities.noCommandCompletedSupport",
      ],
      phrases: [
        Phrase("Slot #", "slotCapabilities.number", .raw),
        Phrase("PowerLimit ", "slotCapabilities.powerLimit", .words(Translations.watts)),
      ]),
    "SltCtl:": Rule(
      flags: [
        "AttnBtn": "slotControl.attentionButtonPressedEnable",
        "PwrFlt": "slotControl.powerFaultDetectedEnable",
        "MRL": "slotControl.mrlSensorChangedEnable",
        "PresDet": "slotControl.presenceDetectChangedEnable",
        "CmdCplt": "slotControl.commandCompletedInterruptEnable",
        "HPIrq": "slotControl.hotPlugInterruptEnable",
        "LinkChg": "slotControl.dataLinkLayerStateChangedEnable",
      ], noise: ["Enable:"]),
    "SltCtl:/Control:": Rule(
      flags: [
        "Power": "slotControl.powerControllerOff", "Interlock": "slotControl.interlockControl",
      ],
      phrases: [
        Phrase("AttnInd ", "slotControl.attentionIndicator", .words(indicator)),
        Phrase("PwrInd ", "slotControl.powerIndicator", .words(indicator)),
      ]),
    "SltSta:": Rule(
      flags: [
        "AttnBtn": "slotStatus.attentionButtonPressed",
        "PowerFlt": "slotStatus.powerFaultDetected", "MRL": "slotStatus.mrlSensorOpen",
        "CmdCplt": "slotStatus.commandCompleted", "PresDet": "slotStatus.presence",
        "Interlock": "slotStatus.interlockEngaged",
      ], noise: ["Status:"]),
    "SltSta:/Changed:": Rule(flags: [
      "MRL": "slotStatus.mrlSensorChanged", "PresDet": "slotStatus.presenceDetectChanged",
      "LinkState": "slotStatus.dataLinkLayerStateChanged",
    ]),
    "RootCap:": Rule(flags: ["CRSVisible": "rootCapabilities.crsSoftwareVisibility"]),
    "RootCtl:": Rule(flags: [
      "ErrCorrectable": "rootControl.systemErrorOnCorrectableEnable",
      "ErrNon-Fatal": "rootControl.systemErrorOnNonFatalEnable",
      "ErrFatal": "rootControl.systemErrorOnFatalEnable",
      "PMEIntEna": "rootControl.pmeInterruptEnable",
      "CRSVisible": "rootControl.crsSoftwareVisibilityEnable",
    ]),
    "RootSta:": Rule(
      flags: ["PMEStatus": "rootStatus.pmeStatus", "PMEPending": "rootStatus.pmePending"],
      phrases: [Phrase("PME ReqID ", "rootStatus.pmeRequesterID", .hexadecimal)]),
  ].merging(secondRules) { first, _ in first }

  private static func indicator(_ text: String) -> String {
    ["on": "On", "blink": "Blink", "off": "Off", "reserved": "Unknown"][text] ?? text
  }
}
