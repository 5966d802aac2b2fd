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
    /// The SHA-256 of its content in hexadecimal: taking it at each start was a seventh of that.
    package var sha256: String
    /// Its content: UTF-8.
    package var bytes: [UInt8]
  }

  /// All files in order.
  package static let files = [
    File(
      number: 1, name: "workspace",
      sha256: "6d743da70039c1a799f5e96e8f65101efc1fd6be4ba8c9ab94dd72da767c7e6e",
      bytes: PackageResources.v001_workspace_sql),
    File(
      number: 2, name: "service",
      sha256: "eb2dc0cdb377822ddb3defb6e0dfbda971237d7d2df99b3d6fc3660dfa5e24fd",
      bytes: PackageResources.v002_service_sql),
    File(
      number: 3, name: "gone-media",
      sha256: "7cd577e760332d0cbf36196d59df760407d749de7b725e5ac38bfea6b9c0957e",
      bytes: PackageResources.v003_gone_media_sql),
    File(
      number: 4, name: "export-fingerprint",
      sha256: "888af15c508a6226b40239ec3b3ce1154139794d1ee4d57b9e423cfde5a6b1c1",
      bytes: PackageResources.v004_export_fingerprint_sql),
  ]

  /// The content of `current.sql`, which a test compares with what the migrations make.
  package static let currentSchema: [UInt8] = PackageResources.current_sql
}
