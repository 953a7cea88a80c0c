// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PCIHost

extension DriverJournal {
  private static let schema = "passthru.journal/1"

  /// The journal as a JSON document.
  public var document: [UInt8] {
    var json = JSONWriter(isIndented: true)
    json.object { json in
      json.member("schema", Self.schema)
      json.member("boot", bootIdentifier)
      json.array("functions") { json in
        for record in records {
          json.object { json in
            json.member("address", record.address.description)
            json.member("vendorID", record.before.vendorID.hexadecimal(width: 4))
            json.member("deviceID", record.before.deviceID.hexadecimal(width: 4))
            json.member("driverBefore", record.before.driver?.name)
            json.member("unitBefore", record.before.driver?.unit)
            json.member("overrideBefore", record.before.override)
            json.member("driver", record.driver)
            json.member("isSettled", record.isSettled)
          }
        }
      }
    }
    return json.bytes
  }

  /// Reads a document that `document` wrote.
  ///
  /// One that is damaged is refused whole: half a journal would leave half of
  /// the drivers where they are.
  public init(document bytes: [UInt8]) throws(DeviceControlError) {
    let value: JSONValue
    do {
      value = try JSONReader.read(bytes)
    } catch {
      throw Self.damaged("it is not JSON")
    }
    guard value["schema"]?.text == Self.schema else {
      throw Self.damaged("it is not of the kind \(Self.schema)")
    }
    self.init(bootIdentifier: value["boot"]?.text)
    guard let functions = value["functions"]?.elements else {
      throw Self.damaged("it lists no functions")
    }
    for function in functions {
      guard let text = function["address"]?.text, let address = FunctionAddress(text),
        let vendor = function["vendorID"]?.text.flatMap({ UInt16($0, radix: 16) }),
        let device = function["deviceID"]?.text.flatMap({ UInt16($0, radix: 16) }),
        let isSettled = function["isSettled"]?.flag
      else { throw Self.damaged("a function lacks its address, ids or state") }
      let driver = function["driverBefore"]?.text.map {
        DriverBinding(name: $0, unit: function["unitBefore"]?.integer.map { Int($0) })
      }
      records.append(
        Record(
          address: address,
          before: DeviceState(
            vendorID: vendor, deviceID: device, driver: driver,
            override: function["overrideBefore"]?.text),
          driver: function["driver"]?.text, isSettled: isSettled))
    }
  }

  private static func damaged(_ what: String) -> DeviceControlError {
    DeviceControlError(
      "the journal is damaged: " + what,
      remedy: "look at the file, put the drivers back by hand, and delete it")
  }
}
