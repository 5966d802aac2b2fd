import ScriptFormats
import ScriptModel
import TestSupport
import Testing

struct DocumentRefusalTests {
  private func code(_ bytes: [UInt8]) -> FormatError.Code? {
    do throws(FormatError) {
      _ = try DocumentReader.text(of: bytes, options: ReadOptions())
      return nil
    } catch {
      return error.code
    }
  }

  private func message(_ text: String) -> String? {
    do throws(FormatError) {
      _ = try DocumentReader.text(of: Array(text.utf8), options: ReadOptions())
      return nil
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("%PDF-1.7\n", "a PDF"), ("{\\rtf1 x}", "an RTF document"),
    ("<!DOCTYPE html><html></html>", "an HTML page"), ("Anna: hello\n", "plain text"),
    ("<?xml version=\"1.0\"?><a/>", "a single XML file"),
  ])
  func otherFilesAreNamed(_ text: String, _ name: String) {
    #expect(message(text) == "The file is \(name), not a DOCX")
  }

  @Test func emptyAndBinaryFilesAreRefused() {
    #expect(code([]) == .empty)
    #expect(code([0]) == .notZip)
    #expect(code([0x50]) == .notZip)
    let old: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    #expect(code(old) == .oldWord)
    #expect(code(old + "EncryptedPackage".utf8.flatMap { [$0, UInt8(0)] }) == .encrypted)
    #expect(code(SmallZip().finished()) == .notWord)
  }

  @Test(arguments: [
    "<!DOCTYPE d [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]>",
    "<!DOCTYPE d SYSTEM \"http://example.org/x.dtd\">",
    "<!DOCTYPE d [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]>", "<!DOCTYPE w:document>",
  ])
  func documentTypesAreRefused(_ prolog: String) {
    #expect(code(SmallDocument.bytes(body: "", prolog: prolog)) == .forbiddenEntity)
  }

  @Test func otherPackagesAreNamed() {
    var sheet = SmallZip()
    sheet.add(
      "_rels/.rels", SmallDocument.relationships([("officeDocument", "xl/workbook.xml")]))
    sheet.add("xl/workbook.xml", "<workbook/>")
    #expect(code(sheet.finished()) == .notWord)
    var open = SmallZip()
    open.add("mimetype", "application/vnd.oasis.opendocument.text")
    open.add("content.xml", "<a/>")
    #expect(code(open.finished()) == .notWord)
  }

  @Test func encryptedEntriesAreRefused() {
    var zip = SmallZip()
    zip.add("word/document.xml", [UInt8](repeating: 7, count: 40), flags: 1)
    #expect(code(zip.finished()) == .encrypted)
  }

  @Test func bombsAreRefusedBeforeTheyAreUnpacked() throws {
    let start = "<w:document \(SmallDocument.namespaces)><w:body>"
    let bomb = try ZipWriter.pack([
      ("word/document.xml", Array(start.utf8) + [UInt8](repeating: 0x20, count: 24 << 20))
    ])
    #expect(bomb.count < 1 << 16)
    #expect(code(bomb) == .bomb)
    // The same with a directory that tells a small size: found out while unpacking.
    var lying = bomb
    let entry: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
    let sizes = lying.indices.dropLast(46).suffix(1000).filter { index in
      Array(lying[index..<(index + 4)]) == entry
    }
    for index in sizes { lying.replaceSubrange((index + 24)..<(index + 28), with: [0, 1, 0, 0]) }
    #expect(!sizes.isEmpty)
    #expect(code(lying) == .bomb || code(lying) == .damaged)
  }

  @Test func aDocumentThatIsInTheZipTwiceIsAFinding() throws {
    var zip = SmallZip()
    for word in ["first", "second"] {
      let body = "<w:body>\(SmallDocument.plain(word))</w:body>"
      zip.add("word/document.xml", "<w:document \(SmallDocument.namespaces)>\(body)</w:document>")
    }
    let text = try DocumentReader.text(of: zip.finished(), options: ReadOptions())
    #expect(text.paragraphs.map { text.string($0) } == ["first"])
    #expect(text.findings.map(\.code) == ["duplicate-part"])
  }

  @Test func deepNestingIsReadOrRefusedButNeverOverflows() throws {
    for depth in [3000, 60_000] {
      let open = String(repeating: "<w:ins><w:sdt>", count: depth)
      let close = String(repeating: "</w:sdt></w:ins>", count: depth)
      let bytes = SmallDocument.bytes(body: open + SmallDocument.plain("deep") + close)
      #expect(code(bytes) == (depth == 3000 ? nil : .bomb))
    }
  }

  @Test func aDamagedDocumentIsRefusedWithAnOfferAndReadOnRequest() throws {
    let body = SmallDocument.plain("first") + SmallDocument.plain("second") + "<w:p><broken"
    let bytes = SmallDocument.bytes(
      body: "", custom: "<w:document \(SmallDocument.namespaces)><w:body>\(body)")
    do throws(FormatError) {
      _ = try DocumentReader.text(of: bytes, options: ReadOptions())
      Issue.record("not refused")
    } catch {
      #expect(error.code == .damaged)
      #expect(error.fix?.contains("2 paragraphs") == true)
    }
    var options = ReadOptions()
    options.format = .docx
    let text = try DocumentReader.text(of: bytes, options: options)
    #expect(text.paragraphs.prefix(2).map { text.string($0) } == ["first", "second"])
    #expect(text.findings.map(\.severity) == [.error])
  }

  @Test func aFileThatWasCutOffIsReadOnRequestAsFarAsItGoes() throws {
    let body = (0..<200).map { SmallDocument.plain("paragraph \($0)") }.joined()
    let bytes = Array(SmallDocument.bytes(body: body).prefix(6000))
    #expect(code(bytes) == .damaged)
    var options = ReadOptions()
    options.format = .docx
    let text = try DocumentReader.text(of: bytes, options: options)
    #expect(text.filledParagraphs > 20)
    #expect(text.findings.contains { $0.severity == .error })
  }

  @Test func aWrongChecksumIsAFinding() throws {
    var zip = SmallZip()
    let xml =
      "<w:document \(SmallDocument.namespaces)><w:body>\(SmallDocument.plain("x"))</w:body>"
      + "</w:document>"
    zip.add("word/document.xml", Array(xml.utf8), checksum: 1)
    let text = try DocumentReader.text(of: zip.finished(), options: ReadOptions())
    #expect(text.paragraphs.map { text.string($0) } == ["x"])
    #expect(text.findings.map(\.code) == ["wrong-checksum"])
  }

  @Test func bytesBeforeTheZipAreAFinding() throws {
    let bytes = [UInt8](repeating: 65, count: 77) + SmallDocument.bytes(body: "")
    let text = try DocumentReader.text(of: bytes, options: ReadOptions())
    #expect(text.findings.map(\.code) == ["bytes-before-zip"])
  }

  @Test func flippedAndMissingBytesNeverTrap() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("DOCX damage: seed \(seed)")
    var random = SeededGenerator(seed: seed)
    var options = ReadOptions()
    options.format = .docx
    let stored = SmallDocument.bytes(
      body: (TextRule.runs + TextRule.wrappers + TextRule.changes + TextRule.blocks).map(\.body)
        .joined())
    var document = ScriptDocument()
    for index in 0..<50 { document.append("text \(index)", speaker: "Anna") }
    let packed = try DocumentWriter.write(document, options: WriteOptions(format: .docx))
    for original in [stored, packed] {
      for _ in 0..<200 {
        var bytes = original
        if Bool.random(using: &random) {
          bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
        }
        for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
            in: 0...255, using: &random)
        }
        // Only that it returns counts here.
        _ = try? DocumentReader.read(bytes, options: options)
      }
    }
  }
}

extension DocumentText {
  fileprivate var filledParagraphs: Int { paragraphs.count { !$0.text.isEmpty } }
}
