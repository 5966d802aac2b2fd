extension Draft {
  /// Words in a track's name by which it is a script, whatever else the name holds.
  private static let captionWords: Set<String> = [
    "caption", "captions", "subtitle", "subtitles", "sub", "subs", "cc", "transcript", "script",
    "dialogue", "dialog", "speech", "lyrics", "narration",
  ]
  private static let captionSigns = ["字幕", "台词", "对白", "文稿", "旁白", "歌词"]
  /// Words in a track's name by which it decorates the picture and is no script.
  private static let titleWords: Set<String> = [
    "title", "titles", "headline", "heading", "logo", "watermark", "sticker", "banner", "badge",
    "slogan", "brand", "cta", "outro", "intro", "endcard", "credits", "tagline", "overlay",
    "lowerthird", "lowerthirds", "opener",
  ]
  private static let titleSigns = ["标题", "片头", "片尾", "水印", "贴纸", "标志", "口号"]
  private static let titlePhrases = [["lower", "third"], ["lower", "thirds"], ["end", "card"]]
  /// A text of more characters than this is no title.
  private static let longestTitle = 80

  /// The names by which a text track is the title of a video and no script, whatever it holds.
  private static let titleNames: Set<String> = ["title", "标题"]

  /// The text tracks that are scripts, those that are named as titles are left out.
  package var scriptTracks: [Track] { tracks.filter { $0.kind == .text && !isNamedTitle($0) } }

  /// Whether a text track bears exactly the name that the service gives to a video's title.
  ///
  /// No guess is good enough here: what is left out never comes to the person who waits for it.
  package func isNamedTitle(_ track: Track) -> Bool {
    guard track.kind == .text, let name = track.name else { return false }
    return Self.titleNames.contains(name.lowercased())
  }

  /// Whether a text track looks like a title, a logo or the like: good enough to call it so.
  ///
  /// In this order: a name that speaks of captions makes a script; one that speaks of titles a title;
  /// of several text tracks one with a single short segment is a title, where another has more.
  package func isTitle(_ track: Track) -> Bool {
    guard track.kind == .text else { return false }
    let name = track.name ?? ""
    let words = Self.words(of: name)
    if words.contains(where: Self.captionWords.contains)
      || Self.holds(Self.captionSigns, name)
    {
      return false
    }
    let hasPhrase = Self.titlePhrases.contains { phrase in
      words.indices.contains { words[$0...].starts(with: phrase) }
    }
    if hasPhrase || words.contains(where: Self.titleWords.contains)
      || Self.holds(Self.titleSigns, name)
    {
      return true
    }
    guard track.segments.count == 1, track.segments[0].text.count <= Self.longestTitle else {
      return false
    }
    return hasTalk
  }

  /// Whether a name holds one of some words in Chinese; most names have no such letter at all.
  private static func holds(_ signs: [String], _ name: String) -> Bool {
    name.utf8.contains { $0 >= 0x80 } && signs.contains(where: name.contains)
  }

  /// What names a track in a binding: its id, else its name, else its place.
  ///
  /// A name that several tracks without an id share names none of them.
  package func key(of track: Track) -> String {
    if let id = track.id { return id }
    if let name = track.name, tracks.filter({ $0.name == name || $0.id == name }).count == 1 {
      return name
    }
    return "#\(track.index)"
  }

  /// All tracks with what names each in a binding, in time that grows with their number alone.
  package var keyedTracks: [(key: String, track: Track)] {
    var uses: [String: Int] = [:]
    for track in tracks {
      if let name = track.name { uses[name, default: 0] += 1 }
      if let id = track.id, id != track.name { uses[id, default: 0] += 1 }
    }
    return tracks.map { track in
      let name = track.name.flatMap { uses[$0] == 1 ? $0 : nil }
      return (track.id ?? name ?? "#\(track.index)", track)
    }
  }

  /// The script tracks with what names each in a binding.
  ///
  /// - Parameter own: keys and names of tracks that are scripts though they are named as titles.
  package func keyedScriptTracks(
    including own: Set<String> = []
  ) -> [(key: String, track: Track)] {
    keyedTracks.filter { key, track in
      track.kind == .text
        && (!isNamedTitle(track) || own.contains(key)
          || track.name.map(own.contains) == true)
    }
  }

  /// The track that a binding names.
  package func track(withKey key: String) -> Track? {
    keyedTracks.first { $0.key == key }?.track
  }

  /// The words of a name in lower case; `mainTitle_2` has `main`, `title` and `2`.
  private static func words(of name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var previous: Unicode.Scalar = " "
    for scalar in name.unicodeScalars {
      let isLetter = scalar.properties.isAlphabetic
      let isOfWord = isLetter || scalar.properties.numericType != nil
      let begins =
        isLetter != previous.properties.isAlphabetic
        || (previous.properties.isLowercase && scalar.properties.isUppercase)
      if !isOfWord || begins {
        if !word.isEmpty { words.append(word.lowercased()) }
        word = ""
      }
      if isOfWord { word.unicodeScalars.append(scalar) }
      previous = scalar
    }
    if !word.isEmpty { words.append(word.lowercased()) }
    return words
  }
}
