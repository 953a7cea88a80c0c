// SPDX-License-Identifier: Apache-2.0

internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

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

  /// Writes a file anew; the permissions are the owner's, since it describes a host.
  static func write(_ bytes: [UInt8], to path: String) throws(SourceError) {
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      try file.closeAfter { _ = try file.writeAll(bytes) }
    } catch let error as Errno {
      throw .system(path, error)
    } catch {
      throw .system(path, .ioError)
    }
  }

  /// Replaces a file at once, with its owner and mode, keeping the old one as `FILE.before-passthru`.
  ///
  /// The new bytes go to a file beside it that takes its name when all is on
  /// the disk: a power cut leaves the old file or the new one, never a part.
  static func replace(_ path: String, with bytes: [UInt8]) throws(SourceError) {
    // Of a link, what it points to is replaced, and the link stays.
    let path = unsafe resolved(path)
    let fresh = path + ".passthru-new"
    let backup = path + ".before-passthru"
    do {
      var status = stat()
      guard unsafe stat(path, &status) == 0 else { throw Errno(rawValue: errno) }
      let old = try read(path)
      let mode = FilePermissions(rawValue: CInterop.Mode(status.st_mode & 0o7777))
      for (name, contents) in [(backup, old), (fresh, bytes)] {
        let file = try FileDescriptor.open(
          FilePath(name), .writeOnly, options: [.create, .truncate, .closeOnExec],
          permissions: [.ownerReadWrite])
        try file.closeAfter {
          _ = try file.writeAll(contents)
          guard fchown(file.rawValue, status.st_uid, status.st_gid) == 0,
            fchmod(file.rawValue, mode.rawValue) == 0, fsync(file.rawValue) == 0
          else { throw Errno(rawValue: errno) }
        }
      }
      guard unsafe rename(fresh, path) == 0 else { throw Errno(rawValue: errno) }
    } catch let error as SourceError {
      throw error
    } catch let error as Errno {
      throw .system(path, error)
    } catch {
      throw .system(path, .ioError)
    }
  }

  /// The path without links; itself where there is nothing.
  @unsafe private static func resolved(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// Writes to standard output or standard error; a closed pipe ends in silence.
  static func print(_ bytes: [UInt8], to file: FileDescriptor) {
    _ = try? file.writeAll(bytes)
  }
}
