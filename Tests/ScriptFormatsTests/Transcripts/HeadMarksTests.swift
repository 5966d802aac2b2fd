import Testing

@testable import ScriptFormats

/// A row that is said to have no head has none.
@Test func rowsWithoutMarksHaveNoHead() {
  var without = 0
  for seed in UInt64(1)...3000 {
    var scripts = HostileScripts(seed: seed)
    var bytes: [UInt8] = []
    for _ in 0..<4 { bytes += Array((scripts.text() + "\n").utf8) }
    for _ in 0..<scripts.number(below: 3) { scripts.damage(&bytes) }
    if scripts.number(below: 4) == 0 {
      let place = scripts.number(below: bytes.count + 1)
      bytes.insert(
        contentsOf: Array(repeating: 120, count: 50 + scripts.number(below: 130)), at: place)
    }
    var marks = HeadMarks()
    for row in TextRows(bytes).rows {
      guard !marks.mayHaveHead(bytes.span, row.start..<row.end) else { continue }
      without += 1
      let head = RowHead(bytes, row, boldEnd: row.end, counted: false)
      let text = String(decoding: bytes[row.start..<row.end], as: UTF8.self)
      #expect(head == nil, "Seed \(seed): \(text)")
    }
  }
  #expect(without > 1000)
}
