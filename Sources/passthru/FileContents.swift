// SPDX-License-Identifier: Apache-2.0

internal import CDevPCI
internal import PassthruCommand
internal import SystemPackage

/// Whole files, read and written.
enum FileContents {
  /// The greatest file that is read: a snapshot of 65,536 functions has 0.6 GB.
  private static let maximumSize = 1 << 30

  /// The bytes of a file.
  static func read(_ path: String) throws(SourceError) -> [UInt8] {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
      return try file.closeAfter {
        let size = (try? file.seek(offset: 0, from: .end)) ?? 0
        if size > Int64(maximumSize) { throw SourceError.tooLarge(path) }
        if size > 0 {
          // A file that has a size is read in place: a second copy of a
          // pci.ids costs as much as its index.
          _ = try file.seek(offset: 0, from: .start)
          return try unsafe [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
            while count < buffer.count {
              let rest = unsafe UnsafeMutableRawBufferPointer(
                UnsafeMutableBufferPointer(rebasing: buffer[count...]))
              let length = unsafe try file.read(into: rest)
              if length == 0 { break }
              count += length
            }
          }
        }
        var bytes: [UInt8] = []
        let step = 1 << 20
        while true {
          let chunk = try unsafe [UInt8](unsafeUninitializedCapacity: step) { buffer, count in
            count = unsafe try file.read(into: UnsafeMutableRawBufferPointer(buffer))
          }
          if chunk.isEmpty { return bytes }
          bytes.append(contentsOf: chunk)
          if bytes.count > maximumSize { throw SourceError.tooLarge(path) }
        }
      }
    } catch let error as SourceError {
      throw error
    } catch let error as Errno {
      throw .system(path, error)
    } catch {
      throw .system(path, .ioError)
    }
  }

  /// Reads a file piece by piece; `false` where it could not be read to its end.
  static func forEachPiece(of path: String, _ body: ([UInt8]) -> Void) -> Bool {
    guard
      let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
    else { return false }
    defer { try? file.close() }
    // What a processor's second cache holds, so that a piece is copied once.
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      guard let count = try? unsafe piece.withUnsafeMutableBytes({ unsafe try file.read(into: $0) })
      else { return false }
      if count == 0 { return true }
      if count < piece.count { piece.removeLast(piece.count - count) }
      body(piece)
      if count < 1 << 16 { piece = [UInt8](repeating: 0, count: 1 << 16) }
    }
  }

  /// Writes a file anew, or in the place of the one that has the name.
  static func write(_ bytes: [UInt8], to path: String) throws(SourceError) {
    let number = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe devpci_write_file(path, buffer.baseAddress, buffer.count)
    }
    guard number == 0 else { throw .system(path, Errno(rawValue: number)) }
  }

  /// Replaces a file that has the bytes `old`, keeping them as `FILE.before-passthru`.
  static func replace(
    _ path: String, _ old: [UInt8], with bytes: [UInt8]
  ) throws(SourceError) {
    let number = unsafe old.withUnsafeBufferPointer { old in
      unsafe bytes.withUnsafeBufferPointer { buffer in
        unsafe devpci_replace_file(
          path, old.baseAddress, old.count, buffer.baseAddress, buffer.count)
      }
    }
    if number == 0 { return }
    guard let reason = FileRefusal(rawValue: number) else {
      throw .system(path, Errno(rawValue: number))
    }
    throw .refused(reason.message(path, realPath: unsafe resolved(path)))
  }

  /// The path without links; itself where there is nothing.
  @unsafe private static func resolved(_ path: String) -> String {
    guard let real = unsafe devpci_real_path(path) else { return path }
    defer { unsafe devpci_free(real) }
    return unsafe String(cString: real)
  }

  /// Writes to standard output or standard error.
  ///
  /// A reader that goes away ends it in silence. That standard output could not
  /// be written is said once, and ends the command with `OutputFailure.status`.
  static func print(_ bytes: [UInt8], to file: FileDescriptor) {
    do {
      _ = try file.writeAll(bytes)
    } catch {
      guard file == .standardOutput else { return }
      let number = (error as? Errno) ?? .ioError
      guard number != .brokenPipe, OutputFailure.isFirst() else { return }
      _ = try? FileDescriptor.standardError.writeAll(
        OutputFailure.message("\(number)").utf8)
    }
  }
}
