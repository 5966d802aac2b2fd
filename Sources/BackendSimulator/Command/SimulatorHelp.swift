/// The help of the command; the options come from their table.
enum SimulatorHelp {
  static var text: String {
    examples + "\nOptions\n" + SimulatorOptions.table.map(row).joined() + ending
  }

  private static let column = 28
  private static let width = 98

  /// An option's name with its values, and in a second column what it does.
  private static func row(_ option: OptionDefinition) -> String {
    var name = "  --\(option.name)"
    var summary = option.summary
    if let value = option.value {
      // Long lists of values are words of the summary, so that they can be wrapped.
      if value.utf8.count > 30 {
        name += " NAME"
        summary += ": " + value.split(separator: "|").joined(separator: " | ")
      } else {
        name += " \(value)"
      }
    }
    var rows = [name]
    if name.count >= column - 1 { rows.append("") }
    for word in summary.split(separator: " ") {
      let last = rows.count - 1
      if rows[last].count < column {
        rows[last] += String(repeating: " ", count: column - rows[last].count) + word
      } else if rows[last].count + 1 + word.count <= width {
        rows[last] += " " + word
      } else {
        rows.append(String(repeating: " ", count: column) + word)
      }
    }
    return rows.joined(separator: "\n") + "\n"
  }

  private static let examples = """
    The service, rehearsed on 127.0.0.1: try everything without an account.

    Examples
      offbook-simulator --port 8801
          then, in another terminal: export NEMO_API_URL=http://127.0.0.1:8801
      offbook-simulator --port 8801 --dialect adk --segment-keys text=content,start=t0
      offbook-simulator --port 8801 --credits 1000 --fixtures texts
      offbook-simulator --port 8801 --fault 'message#1:cut-answer,at=40'

    Usage
      offbook-simulator [options]

    It prints 'Listening on http://127.0.0.1:PORT' and runs until Ctrl-C or SIGTERM.

    """

  private static let ending = """
      --until-stdin-closes      Ends when its standard input does
      --help                    Shows this

    Options that are on or off are turned off as --no-NAME.

    Faults: ENDPOINT[#FIRST[xCOUNT]]:ACTION[,KEY=VALUE…]
      ENDPOINT  token session claim message upload credits state render poll cancel download
                media, or *
      FIRST     the first request of that kind that it happens to (1); COUNT: to how many (1)
      ACTION    cut-before-body, cut-body,at=N, cut-after-body, cut-answer,at=N
                  (reset=yes: with a reset; work=done|undone|late,reads=N for cut-after-body)
                stall[,at=N],ms=N       slow,bytes=N,ms=N
                status,status=N[,code=N][,retry-after=N][,form=json|html|empty][,work=…]
                broken-json  html  empty  body,text=…  length,by=N  corrupt
                revoke-token  expire-session  fail-render  forget-render
                agent-error[,work=…]  name,kind=traversal|absolute|control|long|rtl|…

    Steering while it runs (JSON; no token needed)
      GET  /simulator/log /simulator/charges /simulator/sessions /simulator/renders
      POST /simulator/faults          {"fault":"state#1x3:status,status=503"}
      POST /simulator/options         {"dialect":"adk","silent":100}
      POST /simulator/edit            {"track":"talk","edits":[{"op":"set","index":0,"text":"…"}]}
      POST /simulator/credits         {"available":1000}
      POST /simulator/revoke-tokens /simulator/expire-session /simulator/reset

    """
}
