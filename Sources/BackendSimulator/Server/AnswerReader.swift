/// Gives out the body of an answer piece by piece, with the pauses and the trouble that it asks for.
///
/// Only the thread of its connection uses it.
final class AnswerReader {
  /// What became of a call.
  enum Step {
    case bytes(Int)
    case end
    case failure
  }

  private var answer: Answer
  private let signal: StopSignal
  private let socket: Int32
  private var sent: Int64 = 0
  private var waiting: [UInt8] = []
  private var waitingStart = 0

  init(_ answer: Answer, signal: StopSignal, socket: Int32) {
    self.answer = answer
    self.signal = signal
    self.socket = socket
  }

  /// Fills a buffer with the next bytes, after the pauses that come before them.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Step {
    if let stall = answer.trouble.stall, sent >= stall {
      answer.trouble.stall = nil
      guard signal.pause(milliseconds: answer.trouble.stallMilliseconds, watching: socket) else {
        return .failure
      }
    }
    if let cut = answer.trouble.cut, sent >= cut {
      if answer.trouble.isReset { SocketEnding.reset(socket) }
      return .failure
    }
    var room = Int64(buffer.count)
    if let cut = answer.trouble.cut { room = min(room, cut - sent) }
    if let stall = answer.trouble.stall { room = min(room, stall - sent) }
    if answer.trouble.bytesPerWrite > 0 {
      room = min(room, Int64(answer.trouble.bytesPerWrite))
      guard signal.pause(milliseconds: answer.trouble.pauseMilliseconds, watching: socket) else {
        return .failure
      }
    }
    let step = fill(UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(room)]))
    if case .bytes(let count) = step { sent += Int64(count) }
    if case .end = step, answer.trouble.cut != nil { return .failure }
    return step
  }

  private func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Step {
    switch answer.body {
    case .bytes(let bytes):
      let count = min(buffer.count, bytes.count - Int(sent))
      guard count > 0 else { return .end }
      bytes.withUnsafeBytes { source in
        buffer.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[Int(sent)..<Int(sent) + count]))
      }
      return .bytes(count)
    case .media(let content, let range):
      let count = min(Int64(buffer.count), Int64(range.count) - sent)
      guard count > 0 else { return .end }
      let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(count)])
      content.read(from: range.lowerBound + sent, into: part)
      if answer.trouble.isCorrupt { corrupt(part, middle: Int64(range.count) / 2 - sent) }
      return .bytes(Int(count))
    case .stream: return fillFromStream(buffer)
    }
  }

  private func corrupt(_ part: UnsafeMutableRawBufferPointer, middle: Int64) {
    if middle >= 0, middle < Int64(part.count) { part[Int(middle)] ^= 0xFF }
  }

  private func fillFromStream(_ buffer: UnsafeMutableRawBufferPointer) -> Step {
    if waitingStart == waiting.count {
      guard case .stream(var stream) = answer.body, let piece = stream.next() else { return .end }
      answer.body = .stream(stream)
      if piece.pauseMilliseconds > 0 {
        guard signal.pause(milliseconds: piece.pauseMilliseconds, watching: socket) else {
          return .failure
        }
      }
      waiting = piece.bytes
      waitingStart = 0
    }
    let count = min(buffer.count, waiting.count - waitingStart)
    waiting.withUnsafeBytes { source in
      buffer.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: source[waitingStart..<waitingStart + count]))
    }
    waitingStart += count
    return .bytes(count)
  }
}
