/// What talks to the service, or is about it.
enum ServiceCommands {
  static let all = [
    ExtractCommand.extract, GenerateCommand.generate, TalkCommands.say, AttachCommand.attach,
    SyncCommand.sync, IntentCommands.group, TimelineCommand.timeline, MediaCommand.media,
    RenderCommand.render, AccountCommands.credits, AccountCommands.open, AccountCommands.auth,
  ]
}
