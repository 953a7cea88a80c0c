// SPDX-License-Identifier: Apache-2.0

public import PCI
public import PCIHost

/// What to do so that a guest gets a selection of functions.
public struct Plan: Hashable, Sendable {
  /// One thing to do.
  public struct Step: Hashable, Sendable {
    /// What to do, in one sentence.
    public var action: String
    /// The file it changes, or the shell it is typed into; `nil` for neither.
    public var place: String?
    /// The lines to add or to type.
    public var lines: [String]
    /// What to know of the lines.
    public var notes: [String]
    /// Ways to take the step, one of which is enough; empty where `lines` are it.
    public var alternatives: [Alternative]

    /// Describes a step.
    public init(
      action: String, place: String? = nil, lines: [String] = [], notes: [String] = [],
      alternatives: [Alternative] = []
    ) {
      self.action = action
      self.place = place
      self.lines = lines
      self.notes = notes
      self.alternatives = alternatives
    }
  }

  /// One of several ways to take a step.
  public struct Alternative: Hashable, Sendable {
    /// The program it is for, by the name of its target: `vm-bhyve`.
    public var tool: String
    /// The file it changes; `nil` for something to type.
    public var place: String?
    /// The lines to add or to type.
    public var lines: [String]
    /// What to know of them: losses first, then warnings.
    public var notes: [String]

    /// Describes a way.
    public init(tool: String, place: String? = nil, lines: [String], notes: [String] = []) {
      self.tool = tool
      self.place = place
      self.lines = lines
      self.notes = notes
    }
  }

  /// The machine that the functions are in, as it was when the plan was made.
  public var machine: Machine
  /// The system that hands the functions over.
  public var consumer: Consumer
  /// The name of the guest.
  public var guest: String
  /// What was asked for, in address order.
  public var selected: [FunctionAddress]
  /// Everything that must go: the selection and what belongs with it.
  public var devices: [FunctionAddress]
  /// The verdict on each of `devices`, in the same order.
  public var assessments: [Assessment]
  /// The units that move at the next boot.
  public var renumbered: [Renumbering]
  /// Why units could not be predicted, where they could not.
  public var renumberingUnknown: String?
  /// Lines of the host's files that hold a name which moves, where files were given.
  public var references: [NameReference]
  /// What to do, in order.
  public var steps: [Step]
  /// How to go back.
  public var undo: [Step]
  /// What to know before starting.
  public var warnings: [String]
  /// What could not be known from the source.
  public var unknowns: [String]

  /// Starts a plan with nothing in it.
  public init(
    machine: Machine, consumer: Consumer, guest: String, selected: [FunctionAddress]
  ) {
    self.machine = machine
    self.consumer = consumer
    self.guest = guest
    self.selected = selected
    devices = []
    assessments = []
    renumbered = []
    references = []
    steps = []
    undo = []
    warnings = []
    unknowns = []
  }
}
