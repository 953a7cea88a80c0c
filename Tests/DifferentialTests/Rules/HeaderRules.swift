// SPDX-License-Identifier: Apache-2.0

import PCI

enum HeaderRules {
  static let status = [
    "Cap": "capabilitiesList", "66MHz": "capable66MHz", "UDF": "userDefinableFeatures",
    "FastB2B": "fastBackToBackCapable", "ParErr": "masterDataParityError",
    ">TAbort": "signaledTargetAbort", "<TAbort": "receivedTargetAbort",
    "<MAbort": "receivedMasterAbort", ">SERR": "signaledSystemError",
    "<SERR": "receivedSystemError", "<PERR": "detectedParityError", "INTx": "interrupt",
  ]

  static let rules: Rules = [
    "Control:": Rule(flags: [
      "I/O": "command.ioSpace", "Mem": "command.memorySpace", "BusMaster": "command.busMaster",
      "SpecCycle": "command.specialCycle", "MemWINV": "command.memoryWriteAndInvalidate",
      "VGASnoop": "command.vgaPaletteSnoop", "ParErr": "command.parityErrorResponse",
      "Stepping": "command.idselStepping", "SERR": "command.serrEnable",
      "FastB2B": "command.fastBackToBack", "DisINTx": "command.interruptDisable",
    ]),
    "Status:": Rule(
      flags: status.mapValues { "status." + $0 },
      phrases: [Phrase("DEVSEL=", "status.devselTiming", .words { $0 })]),
    "Secondary status:": Rule(
      flags: status.mapValues { "secondaryStatus." + $0 },
      phrases: [Phrase("DEVSEL=", "secondaryStatus.devselTiming", .words { $0 })]),
    "Latency:": Rule(
      phrases: [
        Phrase("Cache Line Size: ", "cacheLineSize", .number, after: " bytes"),
        Phrase("(", "minGrant", .field { String($0.raw * 250) }, after: "ns min"),
        Phrase(", ", "maxLatency", .field { String($0.raw * 250) }, after: "ns max"),
        Phrase("(", "maxLatency", .field { String($0.raw * 250) }, after: "ns max"),
        Phrase("Latency: ", "latencyTimer", .raw),
      ]),
    "Bus:": Rule(phrases: [
      Phrase("primary=", "primaryBus", .hexadecimal),
      Phrase("secondary=", "secondaryBus", .hexadecimal),
      Phrase("subordinate=", "subordinateBus", .hexadecimal),
      Phrase("sec-latency=", "secondaryLatencyTimer", .raw),
    ]),
    "BridgeCtl:": Rule(flags: [
      "Parity": "bridgeControl.parityErrorResponse", "SERR": "bridgeControl.serrEnable",
      "NoISA": "bridgeControl.isaEnable", "ISA": "bridgeControl.isaEnable",
      "VGA": "bridgeControl.vgaEnable", "VGA16": "bridgeControl.vga16BitDecode",
      "MAbort": "bridgeControl.masterAbortMode",
      ">Reset": "bridgeControl.secondaryBusReset|bridgeControl.cardBusReset",
      "FastB2B": "bridgeControl.fastBackToBack",
      "PriDiscTmr": "bridgeControl.primaryDiscardTimer",
      "SecDiscTmr": "bridgeControl.secondaryDiscardTimer",
      "DiscTmrStat": "bridgeControl.discardTimerStatus",
      "DiscTmrSERREn": "bridgeControl.discardTimerSERREnable",
      "16bInt": "bridgeControl.interrupt16Bit", "PostWrite": "bridgeControl.postWrites",
    ]),
    "16-bit legacy interface ports at": Rule(
      phrases: [
        Phrase("ports at ", "legacyModeBase", .hexadecimal)
      ], noise: ["16-bit legacy interface"]),
    "BIST result:": Rule(phrases: [
      Phrase("BIST result: ", "bist.completionCode", .hexadecimal)
    ]),
  ]
}
