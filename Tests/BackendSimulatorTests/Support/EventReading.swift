import JSONText

/// Reads server-sent events (the HTML standard, 9.2.6), slowly and by the letter.
func events(in body: [UInt8]) -> [JSONValue] {
  var rows: [[UInt8]] = [[]]
  var previous: UInt8 = 0
  for byte in body {
    if byte == 10, previous == 13 {
      previous = byte
      continue
    }
    if byte == 10 || byte == 13 { rows.append([]) } else { rows[rows.count - 1].append(byte) }
    previous = byte
  }
  var found: [JSONValue] = []
  var data: [String] = []
  for row in rows.map({ String(decoding: $0, as: UTF8.self) }) {
    if row.isEmpty {
      let document = Array(data.joined(separator: "\n").utf8)
      if let event = try? JSONValue(parsing: document) {  // An empty event is none.
        found.append(event)
      }
      data = []
    } else if row.hasPrefix("data:") {
      let value = row.dropFirst(5)
      data.append(String(value.first == " " ? value.dropFirst() : value))
    }
  }
  return found
}

/// The text that a person is shown: of either dialect, each text once.
func spoken(_ events: [JSONValue]) -> String {
  var text = ""
  var isWholeToCome = false
  for event in events {
    if event["type"]?.string == "text" { text += event["content"]?.string ?? "" }
    let parts = event["content"]?["parts"]?.array ?? []
    let words = parts.compactMap { $0["text"]?.string }.joined()
    if event["partial"]?.bool == true {
      text += words
      isWholeToCome = true
    } else if isWholeToCome {
      isWholeToCome = false
    } else {
      text += words
    }
  }
  return text
}
