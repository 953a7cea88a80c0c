// SPDX-License-Identifier: Apache-2.0

import PCI

enum StandardRules {
  static let powerManagement: Rules = [
    "Power Management": Rule(phrases: [Phrase("version ", "capabilities.version", .raw)]),
    "Flags:": Rule(
      flags: [
        "PMEClk": "capabilities.pmeClock", "DSI": "capabilities.deviceSpecificInitialization",
        "D1": "capabilities.d1Support", "D2": "capabilities.d2Support",
        "PME:D0": "capabilities.pmeFromD0", "PME:D1": "capabilities.pmeFromD1",
        "PME:D2": "capabilities.pmeFromD2", "PME:D3hot": "capabilities.pmeFromD3hot",
        "PME:D3cold": "capabilities.pmeFromD3cold",
      ],
      phrases: [Phrase("AuxCurrent=", "capabilities.auxCurrent", .number, after: "mA")]),
    "Status:": Rule(
      flags: [
        "NoSoftRst": "controlStatus.noSoftReset", "PME-Enable": "controlStatus.pmeEnable",
        "PME": "controlStatus.pmeStatus",
      ],
      phrases: [
        Phrase("DSel=", "controlStatus.dataSelect", .raw),
        Phrase("DScale=", "controlStatus.dataScale", .raw),
        Phrase(
          "", "controlStatus.powerState", .words { $0 == "D3hot" ? "D3" : $0 }, after: "\u{0}"),
      ]),
    "Bridge:": Rule(flags: [
      "PM": "bridgeSupport.busPowerClockControl", "B3": "!bridgeSupport.b2InD3hot",
    ]),
  ]

  static let messageSignaledInterrupts: Rules = [
    "MSI:": Rule(
      flags: [
        "Enable": "control.enable", "Maskable": "control.perVectorMasking",
        "64bit": "control.address64Bit",
      ],
      phrases: [
        Phrase("Count=", "control.multipleMessageEnable", .number, after: "/"),
        Phrase("", "control.multipleMessageCapable", .number, after: "\u{0}"),
      ]),
    "Address:": Rule(phrases: [
      Phrase("Data: ", "messageData", .hexadecimal),
      Phrase("Address: ", "messageAddress", .hexadecimal),
    ]),
    "Masking:": Rule(phrases: [
      Phrase("Masking: ", "maskBits", .hexadecimal),
      Phrase("Pending: ", "pendingBits", .hexadecimal),
    ]),
  ]

  static let messageSignaledInterruptsExtended: Rules = [
    "MSI-X:": Rule(
      flags: ["Enable": "control.enable", "Masked": "control.functionMask"],
      phrases: [Phrase("Count=", "control.tableSize", .number)]),
    "Vector table:": Rule(phrases: [
      Phrase("BAR=", "table.bar", .raw), Phrase("offset=", "table.offset", .hexadecimal),
    ]),
    "PBA:": Rule(phrases: [
      Phrase("BAR=", "pendingBitArray.bar", .raw),
      Phrase("offset=", "pendingBitArray.offset", .hexadecimal),
    ]),
  ]

  static let vendor: Rules = [
    "Vendor Specific Information: VirtIO:": Rule(
      phrases: [
        Phrase(
          "VirtIO: ", "virtio.type",
          .words {
            [
              "common configuration": "CommonCfg", "notifications": "Notify",
              "ISR status": "ISR", "device-specific configuration": "DeviceCfg",
            ][$0] ?? "<unknown>"
          })
      ], noise: ["Vendor Specific Information"]),
    "Vendor Specific Information:": Rule(
      phrases: [Phrase("Len=", "length", .hexadecimal)], noise: ["<?>"]),
    "BAR=": Rule(phrases: [
      Phrase("BAR=", "virtio.bar", .raw), Phrase("offset=", "virtio.offset", .hexadecimal),
      Phrase("size=", "virtio.length", .hexadecimal),
      Phrase("multiplier=", "virtio.notifyMultiplier", .hexadecimal),
    ]),
  ]

  static let hyperTransport: Rules = {
    let control = [
      "CFlE": "crcFloodEnable", "CST": "crcStartTest", "CFE": "crcForceError",
      "<LkFail": "linkFailure", "Init": "initializationComplete", "EOC": "endOfChain",
      "TXO": "transmitterOff", "IsocEn": "isochronousEnable",
      "LSEn": "ldtstopTristateEnable", "ExtCTL": "extendedCTLTime",
      "64b": "address64BitEnable",
    ]
    let configuration = [
      "DwFcIn": "doublewordFlowControlIn", "DwFcOut": "doublewordFlowControlOut",
      "DwFcInEn": "doublewordFlowControlInEnable",
      "DwFcOutEn": "doublewordFlowControlOutEnable",
    ]
    let errors = [
      "<Prot": "protocolError", "<Ovfl": "overflowError", "<EOC": "endOfChainError",
      "CTLTm": "ctlTimeout",
    ]
    var frequencies: [String: String] = ["Vend": "linkFrequencyCapability#&32768"]
    let names = [
      "200MHz", "300MHz", "400MHz", "500MHz", "600MHz", "800MHz", "1.0GHz", "1.2GHz", "1.4GHz",
      "1.6GHz",
    ]
    for (bit, name) in names.enumerated() {
      frequencies[name] = "linkFrequencyCapability#&\(1 << bit)"
    }
    let width: @Sendable (String) -> String = { text in
      text == "not connected" ? "N/C" : text.replacing(" bits", with: "bit")
    }
    let frequency: @Sendable (Field) -> String = { field in
      if field.raw == 15 { return "Vend" }
      return field.raw < names.count
        ? names[Int(field.raw)] : "[" + String(field.raw, radix: 16) + "]"
    }
    return [
      "HyperTransport: Slave or Primary Interface": Rule(noise: [
        "HyperTransport: Slave or Primary Interface"
      ]),
      "HyperTransport: Host or Secondary Interface": Rule(noise: [
        "HyperTransport: Host or Secondary Interface"
      ]),
      "HyperTransport: Retry Mode": Rule(noise: ["HyperTransport: Retry Mode"]),
      "HyperTransport: UnitID Clumping": Rule(noise: ["HyperTransport: UnitID Clumping"]),
      "HyperTransport: #": Rule(phrases: [
        Phrase("HyperTransport: #", "type", .hexadecimal)
      ]),
      "HyperTransport: MSI Mapping": Rule(
        flags: ["Enable": "command.enable", "Fixed": "command.fixed"],
        noise: ["HyperTransport: MSI Mapping"]),
      "Mapping Address Base:": Rule(phrases: [
        Phrase("Mapping Address Base: ", "addressHigh", .hexadecimal),
        Phrase(" ", "addressLow", .hexadecimal),
      ]),
      "Command: BaseUnitID=": Rule(
        flags: [
          "MastHost": "command.masterHost", "DefDir": "command.defaultDirection",
          "DUL": "command.dropOnUninitialized",
        ],
        phrases: [
          Phrase("BaseUnitID=", "command.baseUnitID", .raw),
          Phrase("UnitCnt=", "command.unitCount", .raw),
        ], noise: ["Command:"]),
      "Command: WarmRst": Rule(
        flags: [
          "WarmRst": "command.warmReset", "DblEnd": "command.doubleEnded",
          "ChainSide": "command.chainSide", "HostHide": "command.hostHide",
          "Slave": "command.actAsSlave", "<EOCErr": "command.endOfChainError",
          "DUL": "command.dropOnUninitialized",
        ], phrases: [Phrase("DevNum=", "command.deviceNumber", .raw)], noise: ["Command:"]),
      "Link Control #:": Rule(
        flags: control.mapValues { "linkControl#." + $0 },
        phrases: [Phrase("<CRCErr=", "linkControl#.crcError", .hexadecimal)]),
      "Link Config #:": Rule(
        flags: configuration.mapValues { "linkConfiguration#." + $0 },
        phrases: [
          Phrase("MLWI=", "linkConfiguration#.maxLinkWidthIn", .words(width)),
          Phrase("MLWO=", "linkConfiguration#.maxLinkWidthOut", .words(width)),
          Phrase("LWI=", "linkConfiguration#.linkWidthIn", .words(width)),
          Phrase("LWO=", "linkConfiguration#.linkWidthOut", .words(width)),
        ]),
      "Revision ID:": Rule(phrases: [
        Phrase("Revision ID: ", "revisionID.major", .raw, after: "."),
        Phrase("", "revisionID.minor", .hexadecimal, after: "\u{0}"),
      ]),
      "Link Frequency Capability #:": Rule(flags: frequencies),
      "Link Frequency #:": Rule(phrases: [
        Phrase("", "linkFrequencyError#.frequency", .field(frequency), after: "\u{0}")
      ]),
      "Link Error #:": Rule(flags: errors.mapValues { "linkFrequencyError#." + $0 }),
      "Feature Capability:": Rule(flags: [
        "IsocFC": "feature.isochronousFlowControl", "LDTSTOP": "feature.ldtstop",
        "CRCTM": "feature.crcTestMode", "ECTLT": "feature.extendedCTLTimeRequired",
        "64bA": "feature.addressing64Bit", "UIDRD": "feature.unitIDReorderDisable",
        "ExtRS": "feature.extendedRegisterSet",
        "UCnfE": "feature.upstreamConfigurationEnable",
      ]),
      "Error Handling:": Rule(flags: [
        "PFlE": "errorHandling.protocolFloodEnable",
        "OFlE": "errorHandling.overflowFloodEnable", "PFE": "errorHandling.protocolFatalEnable",
        "OFE": "errorHandling.overflowFatalEnable",
        "EOCFE": "errorHandling.endOfChainFatalEnable",
        "RFE": "errorHandling.responseFatalEnable", "CRCFE": "errorHandling.crcFatalEnable",
        "SERRFE": "errorHandling.systemErrorFatalEnable", "CF": "errorHandling.chainFail",
        "RE": "errorHandling.responseError", "PNFE": "errorHandling.protocolNonFatalEnable",
        "ONFE": "errorHandling.overflowNonFatalEnable",
        "EOCNFE": "errorHandling.endOfChainNonFatalEnable",
        "RNFE": "errorHandling.responseNonFatalEnable",
        "CRCNFE": "errorHandling.crcNonFatalEnable",
        "SERRNFE": "errorHandling.systemErrorNonFatalEnable",
      ]),
      "Prefetchable memory behind bridge Upper:": Rule(
        phrases: [
          Phrase("Upper: ", "memoryBaseUpper", .hexadecimal, after: "-"),
          Phrase("", "memoryLimitUpper", .hexadecimal, after: "\u{0}"),
        ], noise: ["Prefetchable memory behind bridge"]),
      "Bus Number:": Rule(phrases: [Phrase("Bus Number: ", "busNumber", .hexadecimal)]),
    ]
  }()

  static let others: [String: Rules] = [
    "ssvid": [
      "Subsystem:": Rule(phrases: [
        Phrase("Subsystem: ", "subsystemVendorID", .hexadecimal, after: ":"),
        Phrase("", "subsystemID", .hexadecimal, after: "\u{0}"),
      ])
    ],
    "slotid": [
      "Slot ID:": Rule(
        flags: ["First": "expansionSlot.firstInChassis"],
        phrases: [
          Phrase("Slot ID: ", "expansionSlot.slotsProvided", .raw, after: " slots"),
          Phrase("chassis ", "chassisNumber", .hexadecimal),
        ])
    ],
    "debug": [
      "Debug port:": Rule(phrases: [
        Phrase("BAR=", "location.bar", .raw), Phrase("offset=", "location.offset", .hexadecimal),
      ])
    ],
    "sata": [
      "SATA HBA": Rule(phrases: [
        Phrase("SATA HBA v", "revision.major", .raw, after: "."),
        Phrase("BAR", "location.barLocation", .words { $0.replacing("bar", with: "") }),
        Phrase("Offset=", "location.barOffset", .hexadecimal),
        Phrase("", "revision.minor", .raw, after: "\u{0}"),
      ])
    ],
    "af": [
      "PCI Advanced Features": Rule(noise: ["PCI Advanced Features"]),
      "AFCap:": Rule(flags: [
        "TP": "capabilities.transactionsPending", "FLR": "capabilities.functionLevelReset",
      ]),
      "AFCtrl:": Rule(flags: ["FLR": "control.initiateFunctionLevelReset"]),
      "AFStatus:": Rule(flags: ["TP": "status.transactionsPending"]),
    ],
    "hotplug": ["Hot-plug capable": Rule(noise: ["Hot-plug capable"])],
    "vpd": ["Vital Product Data": Rule(noise: ["Vital Product Data"])],
  ]
}
