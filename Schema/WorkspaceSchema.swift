/// The numbered migrations of the workspace and the schema that they add up to.
package enum WorkspaceMigrations {
  /// What marks a SQLite file as a workspace's: `OFBK` in ASCII.
  package static let applicationID: Int32 = 0x4F46_424B

  /// One file of `migrations/`.
  package struct File: Sendable {
    /// Its number, from 1 without gaps.
    package var number: Int
    /// What it does, from its name.
    package var name: String
    /// Its content: UTF-8.
    package var bytes: [UInt8]
  }

  /// All files in order.
  package static let files = [
    File(number: 1, name: "workspace", bytes: PackageResources.v001_workspace_sql),
    File(number: 2, name: "service", bytes: PackageResources.v002_service_sql),
    File(number: 3, name: "gone-media", bytes: PackageResources.v003_gone_media_sql),
  ]

  /// The content of `current.sql`, which a test compares with what the migrations make.
  package static let currentSchema: [UInt8] = PackageResources.current_sql
}
