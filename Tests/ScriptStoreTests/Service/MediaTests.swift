import ScriptModel
import ScriptStore
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files of a workspace, written and listed as a download does.
enum WorkspaceStoreFiles {
  /// Puts a content where the media folder holds it.
  static func put(_ bytes: [UInt8], named digest: [UInt8], in store: WorkspaceStore) throws {
    let name = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    mkdir(store.mediaFolder, 0o700)
    try #require(TestFile.write(bytes, to: store.mediaFolder + "/" + name))
  }

  /// The names in a folder.
  static func names(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

@Test func aFileOfThePersonStaysWhereItIsAndIsRememberedOnce() throws {
  let fixture = try StoreFixture()
  let store = fixture.store
  let project = try fixture.project()
  let path = fixture.folder.path + "/clip.mp4"
  TestFile.write(Array("12345".utf8), to: path)
  let digest = SHA256.digest(of: Array("12345".utf8))
  func add(_ path: String, _ digest: [UInt8]?, _ count: Int64?) throws -> Media {
    try store.addMedia(
      "clip.mp4", kind: .video, in: project, path: path, address: nil, sha256: digest,
      byteCount: count)
  }
  let medium = try add(path, nil, nil)
  #expect(medium.state == .present && medium.path == path && medium.origin == .local)
  let hashed = try add(path, digest, 5)
  #expect(hashed.id == medium.id && hashed.sha256 == digest)
  // The same content at another place, while the first is there and once it is gone.
  let moved = fixture.folder.path + "/moved.mp4"
  TestFile.write(Array("12345".utf8), to: moved)
  #expect(try add(moved, digest, 5).path == path)
  unlink(path)
  #expect(try store.medium(medium.id).state == .missing)
  #expect(try store.medium(medium.id).path == nil)
  #expect(try add(moved, digest, 5).path == moved)
  // A file that has changed is not what was remembered.
  TestFile.write(Array("123456".utf8), to: moved)
  #expect(try store.medium(medium.id).state == .missing)
  let changed = try add(moved, SHA256.digest(of: Array("123456".utf8)), 6)
  #expect(changed.id != medium.id && changed.state == .present)
  #expect(try store.media(of: project).count == 2)
  #expect(try store.snapshot(of: project).wantedMedia.isEmpty, "it is never fetched")
  try fixture.expectHealthy()
}

@Test func anAddressIsRememberedOnce() throws {
  let fixture = try StoreFixture()
  let project = try fixture.project()
  func add(_ project: Project.ID) throws -> Media {
    try fixture.store.addMedia(
      "talk", kind: .video, in: project, path: nil, address: "https://host/talk?key=1",
      sha256: nil, byteCount: -1)
  }
  let medium = try add(project)
  #expect(medium.state == .remote && medium.byteCount == nil && medium.path == nil)
  #expect(try add(project) == medium)
  #expect(try add(fixture.project("Other")).id != medium.id)
  #expect(try fixture.store.snapshot(of: project).wantedMedia.isEmpty)
  #expect(
    fixture.code {
      _ = try fixture.store.addMedia(
        "x", kind: .other, in: project, path: nil, address: nil, sha256: nil, byteCount: nil)
    } == .invalidValue)
}

@Test func whatTheServiceMadeIsWantedUntilItIsWhole() throws {
  let fixture = try StoreFixture()
  let store = fixture.store
  let project = try fixture.project()
  func note(_ address: String) throws -> Int {
    try store.noteGenerated(
      [
        (identity: "g1", name: "a.mp4", kind: .video, address: address, byteCount: 4),
        (identity: "g2", name: "b.png", kind: .image, address: "https://c/2", byteCount: nil),
      ], in: project)
  }
  #expect(try note("https://c/1") == 2)
  #expect(try note("https://c/1") == 0)
  #expect(try note("https://c/1?renewed") == 0)
  let wanted = try store.snapshot(of: project).wantedMedia
  #expect(wanted.map(\.address) == ["https://c/1?renewed", "https://c/2"])
  #expect(wanted.allSatisfy { $0.state == .remote && $0.origin == .generated })
  let id = wanted[0].id
  mkdir(store.mediaFolder, 0o700)
  TestFile.write([1], to: store.mediaFolder + "/\(id).part")
  try store.noteDownload(id, validator: "\"tag\"")
  #expect(try store.downloadValidator(id) == "\"tag\"")
  #expect(try store.snapshot(of: project).wantedMedia.map(\.state) == [.partial, .remote])
  let digest = SHA256.digest(of: [1, 2, 3, 4])
  try WorkspaceStoreFiles.put([1, 2, 3, 4], named: digest, in: store)
  unlink(store.mediaFolder + "/\(id).part")
  try store.mediumArrived(id, sha256: digest, byteCount: 4)
  let arrived = try store.medium(id)
  #expect(arrived.state == .present && arrived.sha256 == digest)
  #expect(arrived.path?.hasPrefix(store.mediaFolder + "/") == true)
  #expect(try store.downloadValidator(id) == nil)
  #expect(try store.snapshot(of: project).wantedMedia.map(\.name) == ["b.png"])
  try fixture.expectHealthy()
  // A file that is gone is missing, a finding of the doctor, and wanted again.
  unlink(try #require(arrived.path))
  #expect(try store.medium(id).state == .missing)
  #expect(try store.snapshot(of: project).wantedMedia.count == 2)
  #expect(try store.health().first { $0.name == "media" }?.problems.count == 1)
}

@Test func twoProjectsMayHaveTheSameFileMadeByTheService() throws {
  let fixture = try StoreFixture()
  let projects = [try fixture.project("One"), try fixture.project("Two")]
  let digest = SHA256.digest(of: [7])
  try WorkspaceStoreFiles.put([7], named: digest, in: fixture.store)
  for project in projects {
    let made = [
      (identity: "g", name: "g.mp4", kind: Media.Kind.video, address: "https://c/g", nil as Int64?),
      (identity: "h", name: "h.mp4", kind: Media.Kind.video, address: "https://c/h", nil as Int64?),
    ]
    #expect(try fixture.store.noteGenerated(made, in: project) == 2)
    for medium in try fixture.store.media(of: project) {
      try fixture.store.mediumArrived(medium.id, sha256: digest, byteCount: 1)
    }
    #expect(try fixture.store.media(of: project).allSatisfy { $0.state == .present })
  }
  try fixture.expectHealthy()
}

@Test func anUploadSettlesItsIntentAndMarksTheFile() throws {
  let fixture = try StoreFixture()
  let store = fixture.store
  let project = try fixture.project()
  try fixture.openSession(of: project)
  let intent = try fixture.upload("/nowhere/clip.mp4", in: project)
  #expect(
    fixture.code {
      _ = try store.uploaded(intent, serviceName: nil, address: nil, hash: nil)
    } == .conflict)
  _ = try store.advance(IntentAdvance(intent, to: .sending))
  let after = try store.uploaded(
    intent, serviceName: "abc-clip.mp4", address: "https://c/1", hash: "h1")
  #expect(after.intents.isEmpty)
  let medium = try #require(try store.media(of: project).first)
  #expect(medium.origin == .uploaded && medium.address == "https://c/1")
  let files = try store.serviceFiles(of: project)
  #expect(files.map(\.serviceName) == ["abc-clip.mp4"] && files.map(\.hash) == ["h1"])
  #expect(try store.medium(matching: "CLIP.mp4", in: project).id == medium.id)
}

@Test(
  arguments: [
    ("../../etc/passwd", ".._.._etc_passwd"), ("a\u{0}b\nc", "a b c"), ("..", "media"),
    ("", "media"), ("\u{202E}gpm.exe", "gpm.exe"), ("C:\\x\\film.mp4", "C:_x_film.mp4"),
    ("天気 予報.mp4", "天気 予報.mp4"), ("\u{1B}[31mred", "[31mred"),
    (String(repeating: "é", count: 300), String(repeating: "é", count: 200)),
  ])
func aNameFromOutsideIsALabel(name: String, label: String) throws {
  let fixture = try StoreFixture()
  let project = try fixture.project()
  let made = [(identity: "g", name: name, kind: Media.Kind.video, address: "x", nil as Int64?)]
  _ = try fixture.store.noteGenerated(made, in: project)
  #expect(try fixture.store.media(of: project).map(\.name) == [label])
}
