// SPDX-License-Identifier: Apache-2.0

/// What the numbers of a snapshot may be, held against the document before it is read.
///
/// A number outside would be one that no kernel has, and arithmetic after the
/// reader relies on that there is none.
indirect enum NumberRanges: Sendable {
  /// A whole number of these; `null` is a number that is not known.
  case number(ClosedRange<Int64>)
  /// An array with elements of one shape.
  case list(NumberRanges)
  /// An object; members that are not named hold no number that is read.
  case members([Member])

  /// A member of an object.
  struct Member: Sendable {
    let name: String
    let ranges: NumberRanges

    init(_ name: String, _ ranges: NumberRanges) {
      self.name = name
      self.ranges = ranges
    }
  }

  private static let byte = NumberRanges.number(0...0xff)
  private static let word = NumberRanges.number(0...0xffff)
  private static let long = NumberRanges.number(0...0xffff_ffff)
  /// A C `int` that counts or names: unit, group, node, process.
  private static let int = NumberRanges.number(0...0x7fff_ffff)

  /// The document `passthru.host/1`.
  static let host = NumberRanges.members([
    Member("functions", .list(function)),
    Member("linux", linux),
    Member("freeBSD", .members([Member("releaseDate", int)])),
    Member("remapping", remapping),
    Member("gaps", .list(.members([Member("line", int)]))),
  ])

  private static let function = NumberRanges.members([
    Member("headerType", byte),
    Member("driver", .members([Member("unit", int)])),
    Member("iommuGroup", int),
    Member(
      "bars",
      .list(.members([Member("index", .number(0...6)), Member("size", .number(0...(.max)))]))
    ),
    Member(
      "bridge",
      .members([Member("primary", byte), Member("secondary", byte), Member("subordinate", byte)])),
    Member("virtualFunctions", .members([Member("total", word), Member("enabled", word)])),
    Member("numaNode", int),
    Member("interrupt", long),
    Member(
      "capabilities",
      .list(.members([Member("offset", .number(0...0xfff)), Member("version", byte)]))),
  ])

  private static let linux = NumberRanges.members([
    Member("deviceOrder", .list(word)),
    Member("reservedRegions", .list(.members([Member("group", int)]))),
    Member(
      "passthroughNodes",
      .list(.members([Member("group", int), Member("owner", long), Member("permissions", word)]))),
    Member("openNodes", .list(.members([Member("processID", int)]))),
  ])

  private static let scopes = NumberRanges.list(
    .members([Member("kind", byte), Member("bus", byte), Member("path", .list(byte))]))

  private static let remapping = NumberRanges.members([
    Member("leadingUnits", int),
    Member("units", .list(.members([Member("domain", long), Member("scopes", scopes)]))),
    Member("reservedMemory", .list(.members([Member("domain", long), Member("scopes", scopes)]))),
  ])

  /// Throws where a number is outside its range; the reason begins with its place.
  func check(_ value: JSONValue) throws(HostReader.Failure) {
    switch (self, value) {
    case (_, .null): break
    case (.number(let range), .integer(let number)) where range.contains(number): break
    case (.number(let range), _):
      throw HostReader.Failure(
        reason: " must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    case (.list(let ranges), .array(let elements)):
      for (index, element) in elements.enumerated() {
        do throws(HostReader.Failure) { try ranges.check(element) } catch {
          throw HostReader.Failure(reason: "[\(index)]" + error.reason)
        }
      }
    case (.members(let members), .object):
      for member in members {
        guard let value = value[member.name] else { continue }
        do throws(HostReader.Failure) { try member.ranges.check(value) } catch {
          throw HostReader.Failure(reason: "." + member.name + error.reason)
        }
      }
    // Another kind of value: it holds no number, and its reader judges it.
    default: break
    }
  }
}
