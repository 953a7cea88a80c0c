// SPDX-License-Identifier: Apache-2.0

import PCI

enum ExtendedRules {
  static let errors: Rules = {
    let uncorrectable = [
      "DLP": "dataLinkProtocol", "SDES": "surpriseDown", "TLP": "poisonedTLP",
      "FCP": "flowControlProtocol", "CmpltTO": "completionTimeout",
      "CmpltAbrt": "completerAbort", "UnxCmplt": "unexpectedCompletion",
      "RxOF": "receiverOverflow", "MalfTLP": "malformedTLP", "ECRC": "ecrc",
      "UnsupReq": "unsupportedRequest", "ACSViol": "acsViolation",
    ]
    let correctable = [
      "RxErr": "receiver", "BadTLP": "badTLP", "BadDLLP": "badDLLP",
      "Rollover": "replayNumberRollover", "Timeout": "replayTimerTimeout",
      "AdvNonFatalErr": "advisoryNonFatal",
    ]
    return [
      "Advanced Error Reporting": Rule(noise: ["Advanced Error Reporting"]),
      "UESta:": Rule(flags: uncorrectable.mapValues { "uncorrectableStatus." + $0 }),
      "UEMsk:": Rule(flags: uncorrectable.mapValues { "uncorrectableMask." + $0 }),
      "UESvrt:": Rule(flags: uncorrectable.mapValues { "uncorrectableSeverity." + $0 }),
      "CESta:": Rule(flags: correctable.mapValues { "correctableStatus." + $0 }),
      "CEMsk:": Rule(flags: correctable.mapValues { "correctableMask." + $0 }),
      "AERCap:": Rule(
        flags: [
          "ECRCGenCap": "control.ecrcGenerationCapable",
          "ECRCGenEn": "control.ecrcGenerationEnable",
          "ECRCChkCap": "control.ecrcCheckCapable", "ECRCChkEn": "control.ecrcCheckEnable",
          "MultHdrRecCap": "control.multipleHeaderRecordingCapable",
          "MultHdrRecEn": "control.multipleHeaderRecordingEnable",
          "TLPPfxPres": "control.tlpPrefixLogPresent",
          "HdrLogCap": "control.completionTimeoutLogCapable",
        ],
        phrases: [Phrase("First Error Pointer: ", "control.firstErrorPointer", .hexadecimal)]),
      "HeaderLog:": Rule(phrases: [
        Phrase("HeaderLog: ", "headerLog0", .hexadecimal),
        Phrase(" ", "headerLog1", .hexadecimal), Phrase(" ", "headerLog2", .hexadecimal),
        Phrase(" ", "headerLog3", .hexadecimal),
      ]),
      "RootCmd:": Rule(flags: [
        "CERptEn": "rootCommand.correctableReportingEnable",
        "NFERptEn": "rootCommand.nonFatalReportingEnable",
        "FERptEn": "rootCommand.fatalReportingEnable",
      ]),
      "RootSta:": Rule(
        flags: [
          "CERcvd": "rootStatus.errCorReceived",
          "MultCERcvd": "rootStatus.multipleErrCorReceived",
          "UERcvd": "rootStatus.errFatalOrNonFatalReceived",
          "MultUERcvd": "rootStatus.multipleErrFatalOrNonFatalReceived",
          "FirstFatal": "rootStatus.firstUncorrectableFatal",
          "NonFatalMsg": "rootStatus.nonFatalMessagesReceived",
          "FatalMsg": "rootStatus.fatalMessagesReceived",
        ], phrases: [Phrase("IntMsg ", "rootStatus.interruptMessageNumber", .raw)]),
      "ErrorSrc:": Rule(phrases: [
        Phrase("ERR_COR: ", "errorSource.errCorSource", .hexadecimal),
        Phrase(
          "ERR_FATAL/NONFATAL: ", "errorSource.errFatalOrNonFatalSource", .hexadecimal),
      ]),
    ]
  }()

  static let accessControl: Rules = {
    let services = [
      "SrcValid": "sourceValidation", "TransBlk": "translationBlocking",
      "ReqRedir": "requestRedirect", "CmpltRedir": "completionRedirect",
      "UpstreamFwd": "upstreamForwarding", "EgressCtrl": "egressControl",
      "DirectTrans": "directTranslated",
    ]
    return [
      "Access Control Services": Rule(noise: ["Access Control Services"]),
      "ACSCap:": Rule(flags: services.mapValues { "capability." + $0 }),
      "ACSCtl:": Rule(flags: services.mapValues { "control." + $0 }),
    ]
  }()

  static let virtualization: Rules = [
    "Single Root I/O Virtualization (SR-IOV)": Rule(noise: [
      "Single Root I/O Virtualization (SR-IOV)"
    ]),
    "IOVCap:": Rule(
      flags: [
        "Migration": "capabilities.migration",
        "10BitTagReq": "capabilities.tenBitTagRequester",
      ],
      phrases: [
        Phrase(
          "Interrupt Message Number: ", "capabilities.migrationInterruptMessage", .hexadecimal)
      ]),
    "IOVCtl:": Rule(flags: [
      "Enable": "control.enable", "Migration": "control.migrationEnable",
      "Interrupt": "control.migrationInterruptEnable", "MSE": "control.memorySpaceEnable",
      "ARIHierarchy": "control.ariCapableHierarchy",
      "10BitTagReq": "control.tenBitTagRequesterEnable",
    ]),
    "IOVSta:": Rule(flags: ["Migration": "status.migration"]),
    "Initial VFs:": Rule(phrases: [
      Phrase("Initial VFs: ", "initialVFs", .raw), Phrase("Total VFs: ", "totalVFs", .raw),
      Phrase("Number of VFs: ", "numVFs", .raw),
      Phrase("Function Dependency Link: ", "functionDependencyLink", .hexadecimal),
    ]),
    "VF offset:": Rule(phrases: [
      Phrase("VF offset: ", "firstVFOffset", .raw), Phrase("stride: ", "vfStride", .raw),
      Phrase("Device ID: ", "vfDeviceID", .hexadecimal),
    ]),
    "Supported Page Size:": Rule(phrases: [
      Phrase("Supported Page Size: ", "supportedPageSizes", .hexadecimal),
      Phrase("System Page Size: ", "systemPageSize", .hexadecimal),
    ]),
    "VF Migration:": Rule(phrases: [
      Phrase("offset: ", "migrationStateArray.offset", .hexadecimal),
      Phrase("BIR: ", "migrationStateArray.bar", .raw),
    ]),
  ]

  static let virtualChannel: Rules = {
    let port = [
      "Fixed": "capability2.arbitration&1", "WRR32": "capability2.arbitration&2",
      "WRR64": "capability2.arbitration&4", "WRR128": "capability2.arbitration&8",
    ]
    let resource = [
      "Fixed": 1, "WRR32": 2, "WRR64": 4, "WRR128": 8, "TWRR128": 16, "WRR256": 32,
    ].mapValues { "resources.#.capability.arbitration&\($0)" }
    let select: @Sendable (Field) -> String = { field in
      let names = ["Fixed", "WRR32", "WRR64", "WRR128", "TWRR128", "WRR256"]
      return Int(field.raw) < names.count ? names[Int(field.raw)] : "??"
    }
    return [
      "Virtual Channel": Rule(noise: ["Virtual Channel"]),
      "Caps:": Rule(phrases: [
        Phrase("LPEVC=", "capability1.lowPriorityChannelCount", .raw),
        Phrase(
          "RefClk=", "capability1.referenceClock", .words { $0.replacing(" ", with: "") }),
        Phrase("PATEntryBits=", "capability1.arbitrationEntrySize", .number),
      ]),
      "Arb:": Rule(flags: port),
      "Ctrl:": Rule(phrases: [
        Phrase("ArbSelect=", "control.arbitrationSelect", .field(select))
      ]),
      "Status:": Rule(flags: ["InProgress": "status.arbitrationTableStatus"]),
      "VC#:": Rule(
        flags: ["RejSnoopTrans": "resources.#.capability.rejectSnoopTransactions"],
        phrases: [
          Phrase(
            "PATOffset=", "resources.#.capability.arbitrationTableOffset", .hexadecimal),
          Phrase("MaxTimeSlots=", "resources.#.capability.maxTimeSlots", .number),
        ], noise: ["Caps:"]),
      "VC#:/Arb:": Rule(flags: resource),
      "VC#:/Ctrl:": Rule(
        flags: ["Enable": "resources.#.control.enable"],
        phrases: [
          Phrase("ID=", "resources.#.control.id", .raw),
          Phrase("ArbSelect=", "resources.#.control.arbitrationSelect", .field(select)),
          Phrase("TC/VC=", "resources.#.control.trafficClassMap", .hexadecimal),
        ]),
      "VC#:/Status:": Rule(flags: [
        "NegoPending": "resources.#.status.negotiationPending",
        "InProgress": "resources.#.status.arbitrationTableStatus",
      ]),
    ]
  }()

  static let rootComplexLink: Rules = [
    "Root Complex Link": Rule(noise: ["Root Complex Link"]),
    "Desc:": Rule(phrases: [
      Phrase("PortNumber=", "selfDescription.portNumber", .hexadecimal),
      Phrase("ComponentID=", "selfDescription.componentID", .hexadecimal),
      Phrase(
        "EltType=", "selfDescription.elementType",
        .words {
          [
            "configuration space element": "Config", "system egress port": "Egress",
            "internal root complex link": "Internal",
          ][$0] ?? "??"
        }),
    ]),
    "Link#:": Rule(
      flags: [
        "AssocRCRB": "links.#.associateRCRBHeader", "LinkValid": "links.#.valid",
      ],
      phrases: [
        Phrase("TargetPort=", "links.#.targetPortNumber", .hexadecimal),
        Phrase("TargetComponent=", "links.#.targetComponentID", .hexadecimal),
        Phrase(
          "LinkType=", "links.#.type",
          .words { $0 == "memory-mapped" ? "MemMapped" : "Config" }),
      ], noise: ["Desc:"]),
    "Link#:/Addr:": Rule(phrases: [Phrase("Addr: ", "links.#.address", .hexadecimal)]),
  ]

  static let timing: Rules = [
    "Precision Time Measurement": Rule(noise: ["Precision Time Measurement"]),
    "PTMCap:": Rule(flags: [
      "Requester:": "capability.requesterCapable",
      "Responder:": "capability.responderCapable", "Root:": "capability.rootCapable",
    ]),
    "PTMClockGranularity:": Rule(phrases: [
      Phrase(
        "PTMClockGranularity: ", "capability.localClockGranularity",
        .words { granularity($0, zero: "Unimplemented") })
    ]),
    "PTMControl:": Rule(flags: [
      "Enabled:": "control.enable", "RootSelected:": "control.rootSelect",
    ]),
    "PTMEffectiveGranularity:": Rule(phrases: [
      Phrase(
        "PTMEffectiveGranularity: ", "control.effectiveGranularity",
        .words { granularity($0, zero: "Unknown") })
    ]),
  ]

  private static func granularity(_ text: String, zero: String) -> String {
    if text == "unknown" { return zero }
    return text.hasPrefix("more") ? ">254ns" : text.replacing(" ", with: "")
  }
}
