import SQLiteKit
import ScriptModel

/// A project with its integer key.
struct ProjectRow {
  let row: Int64
  var project: Project
}

extension Session {
  /// The name of the project that takes in scripts which are given none.
  static let defaultProjectName = "Scripts"

  func project(_ id: Project.ID) throws -> ProjectRow {
    guard let found = try connection.first(projectByID, id.binding, map: ProjectRow.init) else {
      throw StoreError.notFound("project", id.description)
    }
    return found
  }

  func projectRow(_ row: Int64) throws -> ProjectRow {
    guard let found = try connection.first(projectByRow, .integer(row), map: ProjectRow.init)
    else { throw StoreError.inconsistent("a project is missing") }
    return found
  }

  func project(matching reference: String) throws -> ProjectRow {
    let rows = NamedRows<Project>(
      what: "project", query: "SELECT id, uuid, name FROM project WHERE 1", values: [],
      nameColumn: "name", connection: connection)
    return try project(rows.find(reference).id)
  }

  /// Finds the project, or makes the one for scripts that are given none.
  func projectOrDefault(_ id: Project.ID?) throws -> ProjectRow {
    if let id { return try project(id) }
    if let found = try connection.first(
      projectByName, .text(Self.defaultProjectName), map: ProjectRow.init)
    {
      return found
    }
    return try makeProject(named: Self.defaultProjectName, language: "en")
  }

  func makeProject(named name: String, language: String) throws -> ProjectRow {
    let name = try PersonalName.checked(name, what: "The name of a project")
    let language = try checkedLanguage(language)
    try checkProjectNameIsFree(name)
    let project = Project(id: newIdentifier(), name: name, language: language)
    try connection.run(insertProject, project.id.binding, .text(name), .text(language))
    return ProjectRow(row: connection.lastInsertedRow, project: project)
  }

  func renameProject(_ id: Project.ID, to name: String) throws -> Project {
    var found = try project(id)
    let name = try PersonalName.checked(name, what: "The name of a project")
    if name.utf8.elementsEqual(found.project.name.utf8) { return found.project }
    try checkProjectNameIsFree(name)
    try connection.run(
      "UPDATE project SET name = ? WHERE id = ?", .text(name), .integer(found.row))
    found.project.name = name
    return found.project
  }

  func checkedLanguage(_ tag: String) throws -> String {
    let isPlain = tag.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == UInt8(ascii: "-")
    }
    guard isPlain, (2...35).contains(tag.utf8.count) else {
      throw StoreError(
        .invalidValue, "'\(tag)' is not a language tag",
        fix: "Use one of BCP 47 such as 'en' or 'zh-CN'.")
    }
    return tag
  }

  private func checkProjectNameIsFree(_ name: String) throws {
    if try connection.first(projectByName, .text(name), map: ProjectRow.init) != nil {
      throw StoreError(
        .alreadyExists, "There is a project '\(name)' already", fix: "Give another name.")
    }
  }
}

extension ProjectRow {
  init(_ row: Row) {
    self.init(
      row: row.integer(0),
      project: Project(id: row.identifier(1), name: row.text(2), language: row.text(3)))
  }
}

private let projectByID = "SELECT id, uuid, name, language FROM project WHERE uuid = ?"
private let projectByRow = "SELECT id, uuid, name, language FROM project WHERE id = ?"
private let projectByName = "SELECT id, uuid, name, language FROM project WHERE name = ?"
private let insertProject = "INSERT INTO project (uuid, name, language) VALUES (?, ?, ?)"
