import CLinux
import Glibc

/// The calls of the log on a real file system.
struct LinuxDisk: Disk {
  func open(_ path: String, creates: Bool) throws(EventLogError) -> OpenFile {
    let flags = creates ? O_RDWR | O_CREAT | O_CLOEXEC : O_RDWR | O_CLOEXEC
    let file = unsafe Glibc.open(path, flags, 0o640)
    if file >= 0 { return OpenFile(descriptor: file, path: path) }
    // A reader of another user's log may have no right to write.
    guard !creates, errno == EACCES || errno == EROFS else { throw Self.failure("open", path) }
    let readOnly = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard readOnly >= 0 else { throw Self.failure("open", path) }
    return OpenFile(descriptor: readOnly, path: path)
  }

  func close(_ file: OpenFile) {
    Glibc.close(file.descriptor)
  }

  func write(_ bytes: [UInt8], to file: OpenFile, at offset: UInt64) throws(EventLogError) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe pwrite(
          file.descriptor, $0.baseAddress?.advanced(by: done), $0.count - done,
          off_t(offset) + done)
      }
      if count > 0 {
        done += count
      } else if count == 0 {
        throw .io(call: "pwrite", path: file.path, errno: ENOSPC)
      } else if errno != EINTR {
        throw Self.failure("pwrite", file.path)
      }
    }
  }

  func read(
    _ file: OpenFile, at offset: UInt64, count: Int
  ) throws(EventLogError) -> [UInt8] {
    var done = 0
    var code: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while done < count {
        let got = unsafe pread(
          file.descriptor, buffer.baseAddress?.advanced(by: done), count - done,
          off_t(offset) + done)
        if got > 0 {
          done += got
        } else if got == 0 || errno != EINTR {
          code = got == 0 ? 0 : errno
          break
        }
      }
      filled = done
    }
    guard code == 0 else { throw .io(call: "pread", path: file.path, errno: code) }
    return bytes
  }

  func map(_ file: OpenFile, count: Int) throws(EventLogError) -> SharedMemory? {
    guard Self.keepsBlocks(unsafe linux_fileSystemType(file.path)) else { return nil }
    let address = unsafe mmap(
      nil, count, PROT_READ | PROT_WRITE, MAP_SHARED, file.descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw Self.failure("mmap", file.path)
    }
    return SharedMemory(address: UInt(bitPattern: address), count: count)
  }

  func sync(_ file: OpenFile) throws(EventLogError) {
    guard fdatasync(file.descriptor) == 0 else { throw Self.failure("fdatasync", file.path) }
  }

  func syncFolder(_ path: String) throws(EventLogError) {
    let folder = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw Self.failure("open", path) }
    defer { Glibc.close(folder) }
    guard fsync(folder) == 0 else { throw Self.failure("fsync", path) }
  }

  func truncate(_ file: OpenFile, to size: UInt64) throws(EventLogError) {
    guard ftruncate(file.descriptor, off_t(size)) == 0 else {
      throw Self.failure("ftruncate", file.path)
    }
  }

  func size(of file: OpenFile) throws(EventLogError) -> UInt64 {
    var status = Glibc.stat()
    guard unsafe fstat(file.descriptor, &status) == 0 else {
      throw Self.failure("fstat", file.path)
    }
    return UInt64(status.st_size)
  }

  func names(in folder: String) throws(EventLogError) -> [String] {
    guard let stream = unsafe opendir(folder) else { throw Self.failure("opendir", folder) }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    // A list cut short would pass for a log without its last segments.
    guard errno == 0 else { throw Self.failure("readdir", folder) }
    return names.sorted()
  }

  func rename(_ old: String, to new: String) throws(EventLogError) {
    guard unsafe Glibc.rename(old, new) == 0 else { throw Self.failure("rename", old) }
  }

  func remove(_ path: String) throws(EventLogError) {
    guard unsafe unlink(path) == 0 else { throw Self.failure("unlink", path) }
  }

  func makeFolder(_ path: String) throws(EventLogError) {
    guard unsafe mkdir(path, 0o750) == 0 || errno == EEXIST else {
      throw Self.failure("mkdir", path)
    }
  }

  func forget(_ file: OpenFile) {
    posix_fadvise(file.descriptor, 0, 0, POSIX_FADV_DONTNEED)
  }

  func free(at path: String) throws(EventLogError) -> UInt64 {
    var status = Glibc.statvfs()
    guard unsafe statvfs(path, &status) == 0 else { throw Self.failure("statvfs", path) }
    let (free, isHuge) = UInt64(status.f_bavail)
      .multipliedReportingOverflow(by: UInt64(status.f_frsize))
    return isHuge ? .max : free
  }

  /// By the magic numbers of statfs(2): NFS, SMB and CIFS, 9P, AFS, Ceph.
  func isRemote(_ path: String) throws(EventLogError) -> Bool {
    let type = unsafe linux_fileSystemType(path)
    guard type >= 0 else { throw Self.failure("statfs", path) }
    let remote: [Int] = [
      0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x0102_1997, 0x5346_414F, 0x00C3_6400,
    ]
    return remote.contains(type)
  }

  /// Whether a file system overwrites a block in place, by its magic number: ext2 to ext4, XFS, tmpfs.
  ///
  /// Others take a new block for each write, and where there is none a store to memory ends the program.
  static func keepsBlocks(_ type: Int) -> Bool {
    [0xEF53, 0x5846_5342, 0x0102_1994].contains(type)
  }

  private static func failure(_ call: String, _ path: String) -> EventLogError {
    .io(call: call, path: path, errno: errno)
  }
}
