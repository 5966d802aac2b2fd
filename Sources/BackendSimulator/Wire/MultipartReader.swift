#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What takes in the parts of a multipart body.
protocol MultipartReceiving: AnyObject {
  /// Is told the head of a part: the field's and the file's name.
  func part(field: String, fileName: String?)
  /// Is given the next bytes of the part.
  func content(_ bytes: UnsafeRawBufferPointer)
  /// Is told that the part is over.
  func partEnds()
}

/// A reader of `multipart/form-data` (RFC 7578) that keeps no more than a head or a boundary.
struct MultipartReader {
  private enum State { case preamble, head, content, done, broken }

  private let delimiter: [UInt8]
  private var state = State.preamble
  /// What is not decided yet: the beginning of a boundary, or a head.
  private var kept: [UInt8] = Array("\r\n".utf8)
  private static let longestHead = 16 << 10

  /// Creates a reader for the boundary in a `Content-Type`; `nil` where there is none.
  init?(contentType: String) {
    guard contentType.lowercased().hasPrefix("multipart/form-data") else { return nil }
    for parameter in contentType.split(separator: ";").dropFirst() {
      let pair = parameter.split(separator: "=", maxSplits: 1)
      let name = pair.first.map { String($0).lowercased().filter { $0 != " " } }
      if pair.count == 2, name == "boundary" {
        delimiter = Array(("\r\n--" + pair[1].filter { $0 != "\"" && $0 != " " }).utf8)
        if (5...74).contains(delimiter.count) { return }
        return nil
      }
    }
    return nil
  }

  /// Whether the closing boundary has come.
  var isDone: Bool { state == .done }
  /// Whether what came is no multipart body.
  var isBroken: Bool { state == .broken }

  /// Takes in the next bytes.
  mutating func read(_ bytes: UnsafeRawBufferPointer, into receiver: some MultipartReceiving) {
    kept.append(contentsOf: bytes)
    while step(receiver) {}
  }

  /// Does what can be done with what is kept.
  ///
  /// - Returns: Whether there may be more to do.
  private mutating func step(_ receiver: some MultipartReceiving) -> Bool {
    switch state {
    case .done, .broken:
      kept = []
      return false
    case .preamble:
      guard let place = find(delimiter) else { return false }
      return boundary(at: place)
    case .head: return head(receiver)
    case .content:
      let all = kept
      let rest = all.withUnsafeBytes { passContent($0, to: receiver) }
      kept.removeFirst(rest)
      guard kept.starts(with: delimiter), kept.count >= delimiter.count + 2 else { return false }
      receiver.partEnds()
      return boundary(at: 0)
    }
  }

  /// Looks what stands after a boundary: another part or the end.
  private mutating func boundary(at place: Int) -> Bool {
    let after = place + delimiter.count
    guard kept.count >= after + 2 else { return false }
    let next = Array(kept[after..<after + 2])
    if next == Array("--".utf8) {
      state = .done
    } else if next == Array("\r\n".utf8) {
      state = .head
      // The row end before a head lets an empty head end like any other.
      kept.removeFirst(after)
    } else {
      state = .broken
    }
    return true
  }

  private mutating func head(_ receiver: some MultipartReceiving) -> Bool {
    guard let end = find(Array("\r\n\r\n".utf8)) else {
      if kept.count > Self.longestHead { state = .broken }
      return state == .broken
    }
    let text = String(decoding: kept[..<end], as: UTF8.self)
    kept.removeFirst(end + 4)
    var field: String?
    var fileName: String?
    for row in text.split(whereSeparator: \.isNewline)
    where row.lowercased().hasPrefix("content-disposition:") {
      field = Self.parameter("name", of: row)
      fileName = Self.parameter("filename", of: row)
    }
    guard let field else {
      state = .broken
      return true
    }
    receiver.part(field: field, fileName: fileName)
    state = .content
    return true
  }

  /// Hands over content up to a boundary or to what may be the beginning of one.
  ///
  /// - Returns: The number of bytes that were handed over.
  private func passContent(
    _ bytes: UnsafeRawBufferPointer, to receiver: some MultipartReceiving
  ) -> Int {
    let count = Self.find(delimiter, in: bytes) ?? max(0, bytes.count - (delimiter.count - 1))
    if count > 0 { receiver.content(UnsafeRawBufferPointer(rebasing: bytes[..<count])) }
    return count
  }

  private func find(_ wanted: [UInt8]) -> Int? {
    kept.withUnsafeBytes { Self.find(wanted, in: $0) }
  }

  /// Where bytes that begin with a rare one occur for the first time.
  private static func find(_ wanted: [UInt8], in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress, let first = wanted.first else { return nil }
    var start = 0
    while start + wanted.count <= bytes.count {
      guard let hit = memchr(base + start, Int32(first), bytes.count - wanted.count - start + 1)
      else { return nil }
      let place = UnsafeRawPointer(hit) - base
      if memcmp(base + place, wanted, wanted.count) == 0 { return place }
      start = place + 1
    }
    return nil
  }

  /// A parameter in quotation marks; `\"` and `%22` are a quotation mark within.
  private static func parameter(_ name: String, of row: Substring) -> String? {
    var rest = row[...]
    while let semicolon = rest.firstIndex(of: ";") {
      rest = rest[rest.index(after: semicolon)...].drop { $0 == " " }
      guard rest.lowercased().hasPrefix("\(name)=\"") else { continue }
      var value = ""
      var isEscaped = false
      for letter in rest.dropFirst(name.count + 2) {
        if isEscaped {
          value.append(letter)
          isEscaped = false
        } else if letter == "\\" {
          isEscaped = true
        } else if letter == "\"" {
          return value.split(separator: "%22", omittingEmptySubsequences: false)
            .joined(separator: "\"")
        } else {
          value.append(letter)
        }
      }
      return nil
    }
    return nil
  }
}
