import Glibc

/// The bytes of a file as memory (mmap(2), shared): what is stored is there for every process at once, and
/// after this one has died.
struct SharedMemory: Hashable, Sendable {
  /// A number and not a pointer, so that it may go to the thread that stores.
  let address: UInt
  let count: Int

  /// Stores `bytes` at `offset`, both within the memory.
  func store(_ bytes: [UInt8], at offset: Int) {
    precondition(offset >= 0 && offset + bytes.count <= count, "outside the memory that is shared")
    guard let target = unsafe UnsafeMutableRawPointer(bitPattern: address + UInt(offset)) else {
      return
    }
    unsafe bytes.withUnsafeBytes { source in
      unsafe UnsafeMutableRawBufferPointer(start: target, count: bytes.count)
        .copyMemory(from: source)
    }
  }

  /// Gives the memory back; nothing may be stored afterwards.
  func unmap() {
    unsafe munmap(UnsafeMutableRawPointer(bitPattern: address), count)
  }
}
