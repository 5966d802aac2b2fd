/// The numbered migrations of the workspace and the schema that they add up to.
package enum WorkspaceMigrations {
}
