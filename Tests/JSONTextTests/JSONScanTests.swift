import JSONText
import Testing

/// Values that are found without being read.
struct JSONScanTests {
  private static let documents = [
    (#"{"data":{"state":{"a":[1]}}}"#, #"{"a":[1]}"#),
    ("\u{FEFF} { \"code\" : 0, \"data\" : { \"x\" : \"}\", \"state\" : [ ] } } ", "[ ]"),
    (#"{"data":1,"data":{"state":1,"state":"a\"}\\"},"b":"data"}"#, #""a\"}\\""#),
    (#"{"data":{"state":-1.5e3}}"#, "-1.5e3"),
    (#"{"message":"\"data\":{\"state\":1}","data":{"state":true,"z":[{"state":2}]}}"#, "true"),
  ]

  @Test(arguments: documents)
  func theLastOfEqualNamesIsFound(text: String, value: String) throws {
    let bytes = Array(text.utf8)
    let place = try #require(JSONScan.place(of: ["data", "state"], in: bytes))
    #expect(String(decoding: bytes[place], as: UTF8.self) == value)
    #expect(
      try JSONValue(parsing: Array(bytes[place]))
        == JSONValue(parsing: bytes)["data"]?["state"])
  }

  @Test(arguments: documents.prefix(2))
  func aKnownValueIsFoundWhereItIsTheWholeOne(text: String, value: String) {
    let bytes = Array(text.utf8)
    let names = ["data", "state"]
    #expect(
      JSONScan.place(of: Array(value.utf8), at: names, in: bytes)
        == JSONScan.place(of: names, in: bytes))
    for other in ["{}", "[]", "{\"a\":[2]}", "{\"a\":[1],\"b\":0}", "[ 1]"] {
      #expect(JSONScan.place(of: Array(other.utf8), at: names, in: bytes) == nil, "\(other)")
    }
  }

  @Test(arguments: [
    "", "[]", "7", "{", #"{"data":"#, #"{"data":{"state""#, #"{"data":7}"#, #"{"state":{}}"#,
    #"{"data" {"state":1}}"#, #"{"data":{"state":1"#, "{\"data\\",
  ])
  func whatIsNotThereIsNotFound(text: String) {
    let bytes = Array(text.utf8)
    let place = JSONScan.place(of: ["data", "state"], in: bytes)
    #expect(place == nil || place.map { $0.upperBound <= bytes.count } == true)
  }

  @Test(arguments: [
    (
      #"{"t":[{"sg":[{"a":[1,2]},{"b":"]"},3],"n":"sg"}]}"#,
      #"{"t":[{"sg":[{"a":[1,2]}],"n":"sg"}]}"#
    ),
    (#"{"sg":[],"x":{"sg" : [ "a" , "b" ]}}"#, #"{"sg":[],"x":{"sg" : [ "a"]}}"#),
    (#"{"sg":{"sg":[1,2]},"y":["sg",[1,2]]}"#, #"{"sg":{"sg":[1]},"y":["sg",[1,2]]}"#),
    (#"["sg",[1,2]]"#, #"["sg",[1,2]]"#),
  ])
  func onlyFirstElementsAreKept(text: String, outline: String) {
    let cut = JSONScan.cutting("sg", in: Array(text.utf8))
    #expect(String(decoding: cut, as: UTF8.self) == outline)
  }

  @Test func everyBeginningOfADocumentIsScannedWithoutATrap() {
    let bytes = Array(
      #"{"data":{"state":{"sg":[{"a":"\u00e9\""},[2]],"b":null}},"sg":[1,[2]]}"#.utf8)
    for count in bytes.indices {
      let beginning = Array(bytes[..<count])
      _ = JSONScan.place(of: ["data", "state"], in: beginning)
      _ = JSONScan.cutting("sg", in: beginning)
      for index in beginning.indices {
        var broken = beginning
        broken[index] = UInt8(ascii: "]")
        _ = JSONScan.place(of: ["data", "state"], in: broken)
        _ = JSONScan.cutting("sg", in: broken)
      }
    }
  }
}
