import Glibc

/// The calls of the log on a real file system.
struct LinuxDisk: Disk {
  func open(_ path: String, creates: Bool) throws(EventLogError) -> Int32 {
    let flags = creates ? O_RDWR | O_CREAT | O_CLOEXEC : O_RDWR | O_CLOEXEC
    let file = unsafe Glibc.open(path, flags, 0o640)
    if file >= 0 { return file }
    // A reader of another user's log may have no right to write.
    guard !creates, errno == EACCES || errno == EROFS else { throw Self.failure("open", path) }
    let readOnly = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard readOnly >= 0 else { throw Self.failure("open", path) }
    return readOnly
  }

  func close(_ file: Int32) {
    Glibc.close(file)
  }

  func write(_ bytes: [UInt8], to file: Int32, at offset: UInt64) throws(EventLogError) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe pwrite(
          file, $0.baseAddress?.advanced(by: done), $0.count - done,
          off_t(offset) + done)
      }
      if count > 0 {
        done += count
      } else if count == 0 || errno != EINTR {
        throw Self.failure("pwrite", "segment")
      }
    }
  }

  func read(_ file: Int32, at offset: UInt64, count: Int) throws(EventLogError) -> [UInt8] {
    var done = 0
    var code: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while done < count {
        let got = unsafe pread(
          file, buffer.baseAddress?.advanced(by: done), count - done, off_t(offset) + done)
        if got > 0 {
          done += got
        } else if got == 0 || errno != EINTR {
          code = got == 0 ? 0 : errno
          break
        }
      }
      filled = done
    }
    guard code == 0 else { throw .io(call: "pread", path: "segment", errno: code) }
    return bytes
  }

  func sync(_ file: Int32) throws(EventLogError) {
    guard fdatasync(file) == 0 else { throw Self.failure("fdatasync", "segment") }
  }

  func syncFolder(_ path: String) throws(EventLogError) {
    let folder = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw Self.failure("open", path) }
    defer { Glibc.close(folder) }
    guard fsync(folder) == 0 else { throw Self.failure("fsync", path) }
  }

  func truncate(_ file: Int32, to size: UInt64) throws(EventLogError) {
    guard ftruncate(file, off_t(size)) == 0 else { throw Self.failure("ftruncate", "segment") }
  }

  func size(of file: Int32) throws(EventLogError) -> UInt64 {
    var status = Glibc.stat()
    guard unsafe fstat(file, &status) == 0 else { throw Self.failure("fstat", "segment") }
    return UInt64(status.st_size)
  }

  func names(in folder: String) throws(EventLogError) -> [String] {
    guard let stream = unsafe opendir(folder) else { throw Self.failure("opendir", folder) }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  func rename(_ old: String, to new: String) throws(EventLogError) {
    guard unsafe Glibc.rename(old, new) == 0 else { throw Self.failure("rename", old) }
  }

  func makeFolder(_ path: String) throws(EventLogError) {
    guard unsafe mkdir(path, 0o750) == 0 || errno == EEXIST else {
      throw Self.failure("mkdir", path)
    }
  }

  func free(at path: String) throws(EventLogError) -> UInt64 {
    var status = Glibc.statvfs()
    guard unsafe statvfs(path, &status) == 0 else { throw Self.failure("statvfs", path) }
    return UInt64(status.f_bavail) * UInt64(status.f_frsize)
  }

  private static func failure(_ call: String, _ path: String) -> EventLogError {
    .io(call: call, path: path, errno: errno)
  }
}
