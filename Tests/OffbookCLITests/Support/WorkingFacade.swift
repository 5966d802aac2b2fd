import Offbook
import ScriptModel
import TestSupport

/// Whether the library behind the command does its work, so that tests of whole commands can pass.
enum WorkingFacade {
  static let canOpen: Bool = {
    let folder = TemporaryFolder()
    do throws(WorkspaceError) {
      _ = try Workspace.open(at: folder.path + "/workspace", create: true)
      return true
    } catch {
      print("Tests of whole commands are passed over: \(error)")
      return false
    }
  }()

  static let canConvert: Bool = {
    do throws(WorkspaceError) {
      let bytes = Array("1\n00:00:01,000 --> 00:00:02,000\nHello.\n".utf8)
      _ = try Workspace.convert(bytes, named: "hello.srt", to: ExportOptions(format: .text))
      return true
    } catch {
      print("Tests of conversions are passed over: \(error)")
      return false
    }
  }()
}
