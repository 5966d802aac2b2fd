/// The layouts in which a reply holds a transcript.
package enum TranscriptLayout: String, Sendable, CaseIterable {
  /// `Anna: text`
  case nameColon = "name-colon"
  /// `[00:01:05] ANNA: text`
  case bracketTime = "bracket-time"
  /// `**Anna:** text`
  case boldName = "bold-name"
  /// `00:00:05 - 00:00:08 Anna`, the text below
  case rangeAbove = "range-above"
  /// SRT in a fence
  case fencedSRT = "fenced-srt"
  /// WebVTT in a fence
  case fencedVTT = "fenced-vtt"
  /// `Anna  0:05`, the text below
  case otter
  /// `Anna (00:57):`, the text below
  case rev
  /// `00:00:05 Anna`, the text below
  case word
  /// `### 00:00:15 · Anna`, the text below
  case heading
  /// `**Anna** (00:01:30)`, the text below
  case boldTime = "bold-time"
  /// `[00:00:05.000 --> 00:00:08.000] [Anna]: text`
  case whisper
  /// `ANNA` alone, the text below
  case screenplay
}
