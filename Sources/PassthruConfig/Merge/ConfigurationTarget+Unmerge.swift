// SPDX-License-Identifier: Apache-2.0

internal import PCI

extension Target {
  /// Takes a request's devices out of a file; `nil` where the target has no such way.
  ///
  /// Goes by the devices themselves, not by numbers or places, and leaves every other
  /// line byte for byte. What may have been there before, such as `vmm_load`,
  /// `intel_iommu=on` or a guest's machine, stays, and a warning names it. A line that
  /// names our variable and is not fully understood is refused, as in a merge.
  public func unmerge(
    _ request: ConfigurationRequest, from existing: [UInt8]
  ) throws(ConfigurationError) -> ConfigurationMerge? {
    guard existing.count <= ConfigurationMerge.largestFile else {
      throw ConfigurationError(
        "the file has \(existing.count) bytes, more than any file of its kind",
        remedy: "name the right file")
    }
    // By name: a further closure in each target would be there for these five only.
    switch name {
    case LoaderConf.name: return try LoaderConf.unmerge(request, from: existing)
    case VMBhyve.name: return try VMBhyve.unmerge(request, from: existing)
    case Modprobe.name: return try Modprobe.unmerge(request, from: existing)
    case KernelCommandLine.name: return try KernelCommandLine.unmerge(request, from: existing)
    case Proxmox.name: return try Proxmox.unmerge(request, from: existing)
    default: return nil
    }
  }
}

extension FileLines {
  /// Takes a line out, and what stands between it and its neighbours stays.
  mutating func remove(_ index: Int) {
    lines.remove(at: index)
    if lines.isEmpty { endsWithNewline = true }
  }

  /// Takes out the comments that a merge wrote for a request's remarks.
  mutating func removeRemarks(_ request: ConfigurationRequest) {
    let remarks = request.remarks.compactMap { CommentStyle.hash.line($0) }
    for index in lines.indices.reversed() where remarks.contains(text(index)) { remove(index) }
  }
}

/// A list without some of its entries; `nil` where none of them is in it.
///
/// The first separator before an entry goes with it: what is left keeps its blanks.
func listRemoving(_ entries: Set<String>, from list: String, separator: UInt8) -> String? {
  let parts = list.utf8.split(separator: separator, omittingEmptySubsequences: false)
    .map { String(decoding: Array($0), as: UTF8.self) }
  let kept = parts.filter { !entries.contains($0) }
  guard kept.count < parts.count else { return nil }
  return kept.joined(separator: String(decoding: [separator], as: UTF8.self))
}
