// SPDX-License-Identifier: Apache-2.0

internal import PCI
internal import PassthruAnalysis

/// Where the guest sees one function of the host.
struct GuestPlacement: Hashable, Sendable {
  /// The function of the host.
  var function: Function
  /// The slot that the guest sees it in.
  var slot: UInt8
  /// The function number that the guest sees.
  var guestFunction: UInt8
  /// How many of the functions handed over share the slot.
  var slotCount: Int

  /// The place as FreeBSD writes it: `20:0`, decimal.
  var slotAndFunction: String { "\(slot):\(guestFunction)" }
  /// Whether it is function 0 of a slot with several.
  var needsMultiFunctionBit: Bool { guestFunction == 0 && slotCount > 1 }
}

/// The places of a whole selection, and what was lost on the way.
struct GuestPlacements: Sendable {
  /// One place for each function, in host address order.
  var places: [GuestPlacement] = []
  /// What the places do not keep of the host's arrangement.
  var losses: [String] = []
  /// What to know of the places.
  var warnings: [String] = []

  /// The places by guest slot, in the order of the slots' first functions.
  var bySlot: [[GuestPlacement]] {
    var slots: [[GuestPlacement]] = []
    for place in places {
      if let last = slots.last, let first = last.first, first.slot == place.slot {
        slots[slots.count - 1].append(place)
      } else {
        slots.append([place])
      }
    }
    return slots
  }
}

extension ConfigurationRequest {
  /// Functions of one card, to stay functions of one card in the guest.
  ///
  /// Virtual functions are devices of their own, and so is a function with a
  /// number above 7 (ARI), which no guest slot has.
  func cards(_ functions: [Function]) -> [[Function]] {
    var cards: [[Function]] = []
    for function in functions {
      let isOwn = function.physicalFunction != nil || function.address.function > 7
      if !isOwn, let last = cards.last, let first = last.first,
        first.physicalFunction == nil, first.address.function <= 7,
        first.address.isInSameSlot(as: function.address)
      {
        cards[cards.count - 1].append(function)
      } else {
        cards.append([function])
      }
    }
    return cards
  }

  /// Chooses guest slots: one for each card, functions keeping their numbers.
  ///
  /// A guest looks for function 0 before the others (PCI Local Bus 3.0,
  /// section 3.2.2.3.4), so the lowest function of a card becomes function 0
  /// where the selection leaves function 0 out. `candidates` are the slots to
  /// choose from, in order; a slot the user chose comes before them.
  func place(
    _ functions: [Function], in candidates: [UInt8], last: UInt8 = 31
  ) throws(ConfigurationError) -> GuestPlacements {
    var result = GuestPlacements()
    let cards = cards(functions)
    var free = candidates
    if let guestSlot {
      guard guestSlot <= last else {
        throw ConfigurationError(
          "slot \(guestSlot) does not exist", remedy: "choose a slot from 1 to \(last)")
      }
      guard guestSlot > 0 else {
        throw ConfigurationError(
          "slot 0 is the guest's host bridge", remedy: "choose a slot from 1 to \(last)")
      }
      free = Array(guestSlot...last)
    }
    if let guestFunction, guestFunction > 7 {
      throw ConfigurationError(
        "function \(guestFunction) does not exist", remedy: "choose a function from 0 to 7")
    }
    guard cards.count <= free.count else {
      throw ConfigurationError(
        "\(cards.count) cards need \(cards.count) guest slots, and \(free.count) are to be had",
        remedy: guestSlot == nil ? "pass fewer devices" : "choose a lower slot")
    }
    for (number, card) in cards.enumerated() {
      let slot = free[number]
      let chosen = number == 0 ? guestFunction : nil
      try add(card, at: slot, chosen: chosen, to: &result)
    }
    return result
  }

  private func add(
    _ card: [Function], at slot: UInt8, chosen: UInt8?, to result: inout GuestPlacements
  ) throws(ConfigurationError) {
    let hasFunctionZero = card.contains { $0.address.function == 0 }
    var next = chosen ?? 0
    for (index, function) in card.enumerated() {
      var number = function.address.function
      if chosen != nil {
        guard next <= 7 else {
          throw ConfigurationError(
            "\(card.count) functions do not fit from function \(chosen ?? 0) on",
            remedy: "choose a lower function")
        }
        number = next
        next += 1
      } else if index == 0, !hasFunctionZero || function.isKnownVirtual {
        number = 0
        if !function.isKnownVirtual, function.address.function != 0 {
          result.losses.append(
            "\(spelled(function.address)) is function"
              + " \(function.address.function) on the host and function 0 in the guest, because a"
              + " guest does not find a card without function 0; a few drivers want the host's"
              + " number (bge, QLogic FC)")
        }
      }
      result.places.append(
        GuestPlacement(
          function: function, slot: slot, guestFunction: number, slotCount: card.count))
    }
    if let chosen, chosen != 0 {
      result.warnings.append(
        "the guest finds slot \(slot) only if something else of it is function 0 there")
    }
  }
}
