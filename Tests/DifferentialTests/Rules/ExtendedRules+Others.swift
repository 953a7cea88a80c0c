// SPDX-License-Identifier: Apache-2.0

import PCI

extension ExtendedRules {
  static let others: [String: Rules] = [
    "ari": [
      "Alternative Routing-ID Interpretation (ARI)": Rule(noise: [
        "Alternative Routing-ID Interpretation (ARI)"
      ]),
      "ARICap:": Rule(
        flags: ["MFVC": "capability.mfvcFunctionGroups", "ACS": "capability.acsFunctionGroups"],
        phrases: [Phrase("Next Function: ", "capability.nextFunction", .raw)]),
      "ARICtl:": Rule(
        flags: ["MFVC": "control.mfvcFunctionGroups", "ACS": "control.acsFunctionGroups"],
        phrases: [Phrase("Function Group: ", "control.functionGroup", .raw)]),
    ],
    "ats": [
      "Address Translation Service (ATS)": Rule(noise: ["Address Translation Service (ATS)"]),
      "ATSCap:": Rule(phrases: [
        Phrase("Invalidate Queue Depth: ", "capability.invalidateQueueDepth", .hexadecimal)
      ]),
      "ATSCtl:": Rule(
        flags: ["Enable": "control.enable"],
        phrases: [
          Phrase(
            "Smallest Translation Unit: ", "control.smallestTranslationUnit", .hexadecimal)
        ]),
    ],
    "dsn": [
      "Device Serial Number": Rule(phrases: [
        Phrase(
          "Device Serial Number ", "serialNumber",
          .field { field in
            let digits = Array(field.raw.hexadecimal(width: 16))
            return stride(from: 0, to: 16, by: 2).map { String(digits[$0..<$0 + 2]) }
              .joined(separator: "-")
          })
      ])
    ],
    "vsec": [
      "Vendor Specific Information:": Rule(
        phrases: [
          Phrase("ID=", "id", .hexadecimal), Phrase("Rev=", "revision", .raw),
          Phrase("Len=", "length", .hexadecimal),
        ], noise: ["<?>"])
    ],
    "dvsec": [
      "Designated Vendor-Specific:": Rule(
        phrases: [
          Phrase("Vendor=", "vendorID", .hexadecimal), Phrase("ID=", "id", .hexadecimal),
          Phrase("Rev=", "revision", .raw), Phrase("Len=", "length", .number),
        ], noise: ["<?>"])
    ],
    "ltr": [
      "Latency Tolerance Reporting": Rule(noise: ["Latency Tolerance Reporting"]),
      "Max snoop latency:": Rule(phrases: [
        Phrase("Max snoop latency: ", "maxSnoopLatency", .number, after: "ns")
      ]),
      "Max no snoop latency:": Rule(phrases: [
        Phrase("Max no snoop latency: ", "maxNoSnoopLatency", .number, after: "ns")
      ]),
    ],
    "pasid": [
      "Process Address Space ID (PASID)": Rule(noise: ["Process Address Space ID (PASID)"]),
      "PASIDCap:": Rule(
        flags: [
          "Exec": "capability.executePermissionSupported",
          "Priv": "capability.privilegedModeSupported",
        ], phrases: [Phrase("Max PASID Width: ", "capability.maxWidth", .hexadecimal)]),
      "PASIDCtl:": Rule(flags: [
        "Enable": "control.enable", "Exec": "control.executePermissionEnable",
        "Priv": "control.privilegedModeEnable",
      ]),
    ],
    "pri": [
      "Page Request Interface (PRI)": Rule(noise: ["Page Request Interface (PRI)"]),
      "PRICtl:": Rule(flags: ["Enable": "control.enable", "Reset": "control.reset"]),
      "PRISta:": Rule(flags: [
        "RF": "status.responseFailure", "UPRGI": "status.unexpectedGroupIndex",
        "Stopped": "status.stopped",
      ]),
      "Page Request Capacity:": Rule(phrases: [
        Phrase("Page Request Capacity: ", "outstandingCapacity", .hexadecimal),
        Phrase("Page Request Allocation: ", "outstandingAllocation", .hexadecimal),
      ]),
    ],
    "l1pm": [
      "L1 PM Substates": Rule(noise: ["L1 PM Substates"]),
      "L1SubCap:": Rule(
        flags: [
          "PCI-PM_L1.2": "capabilities.pciPML12Supported",
          "PCI-PM_L1.1": "capabilities.pciPML11Supported",
          "ASPM_L1.2": "capabilities.aspmL12Supported",
          "ASPM_L1.1": "capabilities.aspmL11Supported",
          "L1_PM_Substates": "capabilities.l1PMSubstatesSupported",
        ],
        phrases: [
          Phrase(
            "PortCommonModeRestoreTime=", "capabilities.commonModeRestoreTime", .number,
            after: "us"),
          Phrase("PortTPowerOnTime=", "capabilities.powerOnTime", .number, after: "us"),
        ]),
      "L1SubCtl1:": Rule(
        flags: [
          "PCI-PM_L1.2": "control1.pciPML12Enable", "PCI-PM_L1.1": "control1.pciPML11Enable",
          "ASPM_L1.2": "control1.aspmL12Enable", "ASPM_L1.1": "control1.aspmL11Enable",
        ],
        phrases: [
          Phrase("T_CommonMode=", "control1.commonModeRestoreTime", .number, after: "us"),
          Phrase("LTR1.2_Threshold=", "control1.ltrL12Threshold", .number, after: "ns"),
        ]),
      "L1SubCtl2:": Rule(phrases: [
        Phrase("T_PwrOn=", "control2.powerOnTime", .number, after: "us")
      ]),
    ],
    "secpcie": [
      "Secondary PCI Express": Rule(noise: ["Secondary PCI Express"]),
      "LnkCtl3:": Rule(flags: [
        "LnkEquIntrruptEn": "linkControl3.equalizationRequestInterruptEnable",
        "PerformEqu": "linkControl3.performEqualization",
      ]),
      "LaneErrStat:": Rule(phrases: [
        Phrase(
          "", "laneErrorStatus",
          .field { field in
            if field.raw == 0 { return "0" }
            let lanes = (0..<32).filter { field.raw[bit: $0] }
            return "LaneErr at lane: " + lanes.map(String.init).joined(separator: " ")
          }, after: "\u{0}")
      ]),
    ],
    "doe": [
      "Data Object Exchange": Rule(noise: ["Data Object Exchange"]),
      "DOECap:": Rule(
        flags: ["IntSup": "capabilities.interruptSupported"],
        phrases: [
          Phrase(
            "Interrupt Message Number ", "capabilities.interruptMessageNumber", .hexadecimal)
        ]),
      "DOECtl:": Rule(flags: ["IntEn": "control.interruptEnable"]),
      "DOESta:": Rule(flags: [
        "Busy": "status.busy", "IntSta": "status.interrupt", "Error": "status.error",
        "ObjectReady": "status.dataObjectReady",
      ]),
    ],
    "tph": [
      "Transaction Processing Hints": Rule(noise: ["Transaction Processing Hints"]),
      "Device specific mode": Rule(phrases: [mode("deviceSpecificModeSupported")]),
      "Interrupt vector mode": Rule(phrases: [mode("interruptVectorModeSupported")]),
      "Extended requester": Rule(phrases: [mode("extendedRequesterSupported", "support")]),
      "Steering table in": Rule(phrases: [
        Phrase(
          "", "capability.steeringTableLocation",
          .words { $0 == "TPH capability" ? "TPH capability structure" : $0 }, after: "\u{0}")
      ]),
      "No steering table": Rule(phrases: [
        Phrase(
          "", "capability.steeringTableLocation", .words { $0 == "none" ? "available" : $0 },
          after: "\u{0}")
      ]),
    ],
    "powerbudget": ["Power Budgeting": Rule(noise: ["<?>"])],
    "dlf": ["Data Link Feature": Rule(noise: ["<?>"])],
    "phy16": ["Physical Layer": Rule(noise: ["16.0 GT/s", "<?>"])],
    "margining": [
      "Lane Margining": Rule(noise: ["at the Receiver", "<?>"])
    ],
  ]

  /// A line that is printed only where a mode is supported.
  private static func mode(_ field: String, _ word: String = "supported") -> Phrase {
    Phrase(
      "", "capability." + field, .field { $0.raw == 1 ? word : "not " + word }, after: "\u{0}")
  }
}
