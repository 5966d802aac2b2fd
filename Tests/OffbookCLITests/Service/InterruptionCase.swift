import BackendSimulator

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One workflow, interrupted at one place in one manner.
struct InterruptionCase: Sendable, CustomStringConvertible {
  /// What a person is at.
  enum Workflow: String, CaseIterable, Sendable {
    /// A video becomes a script.
    case extract
    /// A script becomes a video, and that a finished file.
    case generate
    /// The agent is asked for an edit.
    case say

    /// What was done before.
    var before: [[String]] { self == .say ? [["extract", "talk.mp4"]] : [] }

    /// What is interrupted.
    var commands: [[String]] {
      switch self {
      case .extract: [["extract", "talk.mp4"]]
      case .generate: [["generate", "story.txt"], ["render"]]
      case .say: [["say", "Add a title 'Dreams'"]]
      }
    }
  }

  /// How it is interrupted.
  enum Manner: String, CaseIterable, Sendable {
    case kill, interrupt, cut, token, offline
  }

  let workflow: Workflow
  let manner: Manner
  /// From 1 to 10: how far the workflow has come.
  let place: Int

  var description: String { "\(workflow), \(manner) at place \(place)" }

  /// All with `OFFBOOK_EVERY_PLACE=1`; else every seventh.
  static let chosen: [InterruptionCase] = {
    var all: [InterruptionCase] = []
    for workflow in Workflow.allCases {
      for manner in Manner.allCases {
        for place in 1...10 {
          all.append(InterruptionCase(workflow: workflow, manner: manner, place: place))
        }
      }
    }
    if getenv("OFFBOOK_EVERY_PLACE") != nil { return all }
    return stride(from: 3, to: all.count, by: 7).map { all[$0] }
  }()

  /// What goes wrong at a request.
  ///
  /// - Parameter number: the request, from 1.
  func fault(at number: Int) -> Fault {
    let action: Fault.Action
    switch manner {
    case .kill, .interrupt, .offline:
      action = .stall(at: place.isMultiple(of: 2) ? 20 : nil, milliseconds: 5000)
    case .token: action = .revokeToken
    case .cut:
      switch place % 3 {
      case 0: action = .cutBeforeBody(reset: place.isMultiple(of: 2))
      case 1: action = .cutAnswer(at: 20, reset: place.isMultiple(of: 2))
      default: action = .cutAfterBody(work: .done, reset: place.isMultiple(of: 2))
      }
    }
    return Fault(nil, first: number, action)
  }
}
