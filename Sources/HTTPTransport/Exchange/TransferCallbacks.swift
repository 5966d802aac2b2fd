import CCurl

/// What libcurl calls, on the loop's thread; each finds its object in the context and hands over.
enum TransferCallbacks {
  /// The callbacks of a transfer, whose context is the `Transfer`.
  static var all: offbook_curl_callbacks {
    offbook_curl_callbacks(
      body: { bytes, _, count, context in
        guard let transfer = transfer(context) else { return 0 }
        return transfer.take(body: UnsafeRawBufferPointer(start: bytes, count: count))
      },
      header: { bytes, one, count, context in
        guard let transfer = transfer(context) else { return 0 }
        return transfer.take(line: UnsafeRawBufferPointer(start: bytes, count: one * count))
      },
      trace: { _, kind, bytes, count, context in
        guard kind == CURLINFO_HEADER_OUT, let transfer = transfer(context) else { return 0 }
        transfer.sent(head: UnsafeRawBufferPointer(start: bytes, count: count))
        return 0
      },
      before_request: { context, _, _, _, _ in
        guard let transfer = transfer(context), transfer.mayBegin() else {
          return CURL_PREREQFUNC_ABORT
        }
        return CURL_PREREQFUNC_OK
      },
      progress: { context, _, _, whole, count in
        transfer(context)?.sent(body: Int64(count), of: Int64(whole))
        return 0
      })
  }

  /// Reads a part of an upload, whose context is the `UploadedFile`.
  static let read:
    @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
      bytes, one, count, context in
      guard let file = file(context), let bytes,
        let read = file.read(into: UnsafeMutableRawBufferPointer(start: bytes, count: one * count))
      else { return Int(CURL_READFUNC_ABORT) }
      return read
    }

  /// Goes to a place in an upload, for a request that has to be sent from its beginning again.
  static let seek: @convention(c) (UnsafeMutableRawPointer?, curl_off_t, Int32) -> Int32 = {
    context, place, origin in
    guard origin == SEEK_SET, let file = file(context), file.seek(to: Int64(place)) else {
      return CURL_SEEKFUNC_FAIL
    }
    return CURL_SEEKFUNC_OK
  }

  /// The address of an empty text.
  static var empty: UnsafePointer<CChar> { emptyText }

  private nonisolated(unsafe) static let emptyText: UnsafePointer<CChar> = {
    // One byte that is never written again, and lives as long as the process.
    let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    byte.pointee = 0
    return UnsafePointer(byte)
  }()
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
  context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

private func file(_ context: UnsafeMutableRawPointer?) -> UploadedFile? {
  context.map { Unmanaged<UploadedFile>.fromOpaque($0).takeUnretainedValue() }
}
