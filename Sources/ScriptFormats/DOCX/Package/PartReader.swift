import CXML2

/// Receives the elements and the characters of one part; a subclass a kind of part.
class PartReader {
  /// Set by a subclass that wants no more: why.
  final var refusal: FormatError?
  final fileprivate var parser: OpaquePointer?

  /// Receives the beginning of an element; of a transparent one the root's at most, or one that
  /// declares namespaces, without its end.
  func start(_ element: OfficeElement, _ attributes: ElementAttributes) {}

  /// Receives the end of an element.
  func end(_ element: OfficeElement) {}

  /// Receives characters in UTF-8: any share of what stands between two tags.
  func characters(_ bytes: UnsafeBufferPointer<UInt8>) {}

  /// Stops the parser: the part is refused.
  final func refuse(_ error: FormatError) {
    if refusal == nil { refusal = error }
    if let parser { offbook_xml_stop(parser) }
  }
}

/// How the reading of a part ended.
enum PartEnd: Equatable {
  case complete
  /// All was read, but its checksum is not the directory's.
  case checksum
  case missing, encrypted, unknownCompression, bomb
  /// The packed data ends or is wrong; what came before was read.
  case damaged
  /// The XML is wrong there; what came before was read.
  case malformed(line: Int, column: Int)
  case doctype
  /// The reader refused.
  case refused(FormatError)
}

extension ZipArchive {
  /// Unpacks and parses a part piece by piece.
  func read(_ name: String, into reader: PartReader) -> PartEnd {
    if let problem = offbook_xml_unavailable() {
      return .refused(FormatError(.unsupported, "Can't read XML: \(String(cString: problem))"))
    }
    var handlers = PartCallbacks.handlers
    let context = Unmanaged.passUnretained(reader).toOpaque()
    guard let parser = offbook_xml_create(&handlers, context) else {
      return .refused(FormatError(.tooLarge, "There is not enough memory for the XML parser"))
    }
    reader.parser = parser
    defer {
      reader.parser = nil
      offbook_xml_destroy(parser)
    }
    var status: Int32 = 0
    var end = stream(name) { bytes in
      status = offbook_xml_parse(parser, bytes.baseAddress, bytes.count, 0)
      return status == 0
    }
    if status == 0, end == .complete || end == .checksum {
      status = offbook_xml_parse(parser, nil, 0, 1)
      if status != 0 { end = end == .checksum ? .damaged : .stopped }
    }
    return partEnd(end, status: status, parser: parser, reader: reader)
  }

  private func partEnd(
    _ end: StreamEnd, status: Int32, parser: OpaquePointer, reader: PartReader
  ) -> PartEnd {
    if let refusal = reader.refusal { return .refused(refusal) }
    if status == Int32(OFFBOOK_XML_DOCTYPE) { return .doctype }
    switch end {
    case .complete: return .complete
    case .checksum: return .checksum
    case .missing: return .missing
    case .damaged: return .damaged
    case .encrypted: return .encrypted
    case .unknownCompression: return .unknownCompression
    case .bomb: return .bomb
    case .stopped:
      return .malformed(
        line: Int(offbook_xml_error_line(parser)), column: Int(offbook_xml_error_column(parser)))
    }
  }
}

private enum PartCallbacks {
  static var handlers: offbook_xml_handlers {
    offbook_xml_handlers(
      identify: { _, name, uri in
        guard let name, let uri else { return 0 }
        let namespace = OfficeElement.namespace(String(cString: uri))
        return Int32(OfficeElement.named(String(cString: name), in: namespace).rawValue)
      },
      start: { context, element, namespaceCount, namespaces, attributeCount, attributes in
        guard let context else { return }
        Unmanaged<PartReader>.fromOpaque(context)._withUnsafeGuaranteedRef { reader in
          reader.start(
            OfficeElement(rawValue: UInt8(truncatingIfNeeded: element)) ?? .transparent,
            ElementAttributes(
              values: attributes, count: Int(attributeCount), namespaces: namespaces,
              namespaceCount: Int(namespaceCount)))
        }
      },
      end: { context, element in
        guard let context else { return }
        Unmanaged<PartReader>.fromOpaque(context)._withUnsafeGuaranteedRef { reader in
          reader.end(OfficeElement(rawValue: UInt8(truncatingIfNeeded: element)) ?? .transparent)
        }
      },
      characters: { context, bytes, count in
        guard let context, let bytes else { return }
        Unmanaged<PartReader>.fromOpaque(context)._withUnsafeGuaranteedRef { reader in
          reader.characters(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
      })
  }
}
