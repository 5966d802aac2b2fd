# Whole syncs against offbook-simulator, beside curl making the same requests to a twin of each session.
part_sync() {
  local root=$build/sync simulator=${SIMULATOR:-$PWD/.build/release/offbook-simulator} count
  rm -rf "$root"
  mkdir -p "$root"
  head -c 20000 /dev/zero | tr '\0' v > "$root/medium"
  coproc service {
    exec "$simulator" --credits 100000000 --registered-token benchmark --fixtures "$root" --pace 0 \
      --silent 0 --heartbeats 0 --until-stdin-closes
  }
  local listening
  read -r listening <&"${service[0]}"
  export NEMO_API_URL=${listening#Listening on } NEMO_TOKEN=benchmark OFFBOOK_PACE=0
  export XDG_CONFIG_HOME=$root/config
  for count in ${IDLE:-1 10 100}; do
    [ $count -lt 100 ] || local rounds=$(few 5)
    syncs_of_nothing $count
  done
  for count in 1 100 10000; do
    syncs_of_edits "$count edited lines of 10000, 1 project" 1 10000 $count
  done
  for count in 10 100; do
    [ $count -lt 100 ] || local rounds=$(few 3)
    syncs_of_edits "1 edited line in each of $count projects" $count 100 1
  done
  eval "exec ${service[1]}>&-"
  unset NEMO_API_URL NEMO_TOKEN OFFBOOK_PACE XDG_CONFIG_HOME
}

# A workspace of projects, each with a session and a script of LINES lines, EDITED of which hold a
# word that `replace` finds.
sessions() {  # WORKSPACE PROJECTS LINES EDITED
  local number
  awk -v lines="$3" -v edited="$4" '
    function clock(second) {
      return sprintf("%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60)
    }
    BEGIN {
      for (line = 0; line < lines; line++)
        printf "[%s.000 --> %s.500] %s: Words number %d of the talk%s.\n", clock(line * 3),
          clock(line * 3 + 2), line % 2 ? "ANNA" : "BEN", line, line < edited ? ", take 0" : ""
    }' > "$root/talk-$3-$4.txt"
  cp "$root/medium" "$root/talk-$3-$4.mp4"
  for number in $(seq "$2"); do
    work "$1" project new "project $number"
    work "$1" extract "$root/talk-$3-$4.mp4" -p "project $number" --spend 1000
  done
  work "$1" sync --spend 1000
}

# The requests since the FIRST one, and the sessions whose state was asked for.
requests_since() {  # FIRST
  curl -sS "$NEMO_API_URL/simulator/log" > "$root/log"
  echo $(($(sqlite3 :memory: \
    "SELECT json_array_length(readfile('$root/log'), '\$.requests')") - $1))
}
sessions_since() {  # FIRST
  sqlite3 :memory: "
    SELECT DISTINCT value ->> 'path' FROM json_each(readfile('$root/log'), '\$.requests')
    WHERE key >= $1 AND value ->> 'endpoint' = 'state'" | cut -d/ -f6
}

syncs_of_nothing() {  # PROJECTS
  local ws=$root/idle-$1 first made session
  sessions "$ws" "$1" 100 1
  first=$(requests_since 0)
  work "$ws" sync
  made=$(requests_since "$first")
  for session in $(sessions_since "$first"); do
    echo "url = \"$NEMO_API_URL/api/state/nemo_agent/me/$session/latest\""
    echo 'output = "/dev/null"'
  done > "$root/idle-$1.curl"
  row "sync, nothing to do, $1 projects / curl" "$offbook --workspace $ws --quiet sync" \
    "curl -sS --no-progress-meter -H 'Authorization: Bearer benchmark' -Z --parallel-max 6 -K $root/idle-$1.curl"
  echo "  requests of such a sync: $made"
}

syncs_of_edits() {  # WHAT PROJECTS LINES EDITED
  local ws=$root/edited-$2-$3-$4 first made session theirs=0
  sessions "$ws" "$2" "$3" "$4"
  sessions "$ws-twin" "$2" "$3" "$4"
  first=$(requests_since 0)
  work "$ws-twin" sync
  requests_since "$first" > /dev/null
  local sent
  sent=$(sessions_since "$first")
  "$offbook" --workspace "$ws" list -p "project 1" --json > "$root/list"
  "$offbook" --workspace "$ws" --quiet export \
    "$(sqlite3 :memory: "SELECT readfile('$root/list') ->> '\$.data.scripts[0].id'")" \
    -f srt --speakers every -o "$root/talk.srt" --force > /dev/null
  rm -f "$root/began"
  : > "$root/edited.curl"
  for session in $sent; do bare_push "$session" >> "$root/edited.curl"; done
  theirs=$(grep -c '^url' "$root/edited.curl")
  local edit="$offbook --workspace $ws --quiet replace --all --regex 'take [0-9]+' 'take %'"
  row "sync, $1 / curl" "$offbook --workspace $ws --quiet sync --spend 1000000" \
    "curl -sS -K $root/edited.curl" "$edit"
  first=$(requests_since 0)
  $offbook --workspace $ws --quiet replace --all --regex 'take [0-9]+' 'take 1000'
  work "$ws" sync --spend 1000000
  made=$(requests_since "$first")
  echo "  requests of such a sync: $made; of curl: $theirs"
}

# What a sync of one edited script sends, for curl: state, credits, captions, credits, state.
bare_push() {  # SESSION
  local state=/api/state/nemo_agent/me/$1/latest credits=/api/credits/balance/simple title
  local body=$root/message-$1.json
  title=$(curl -sS -H 'Authorization: Bearer benchmark' "$NEMO_API_URL$state" > "$root/state"
    sqlite3 :memory: "SELECT value ->> '\$.m.title'
      FROM json_each(readfile('$root/state'), '\$.data.state.draft.t') WHERE value ->> 'tt' = 7")
  local words="Replace the text track \"$title\" with exactly these captions and leave every other track as it is."
  local text="'$words' || char(10) || '\`\`\`srt' || char(10) || cast(readfile('$root/talk.srt') AS TEXT) || '\`\`\`'"
  one_request "$state"
  one_request "$credits"
  if [ "$(wc -c < "$root/talk.srt")" -gt 65536 ]; then
    one_request "/api/upload-video/nemo_agent/me/$1"
    echo "form = \"files=@$root/talk.srt\""
    text="'$words' || char(10) || 'The captions are in the uploaded file \"talk.srt\".'"
  fi
  sqlite3 :memory: "SELECT json_object('app_name', 'nemo_agent', 'user_id', 'me', 'session_id', '$1',
    'new_message', json_object('parts', json_array(json_object('text', $text))))" > "$body"
  one_request /run_sse
  echo 'header = "Content-Type: application/json"'
  echo 'header = "Accept: text/event-stream"'
  echo "data-binary = \"@$body\""
  one_request "$credits"
  one_request "$state"
}

one_request() {  # PATH
  [ -e "$root/began" ] && echo next || touch "$root/began"
  echo "url = \"$NEMO_API_URL$1\""
  echo 'output = "/dev/null"'
  echo 'header = "Authorization: Bearer benchmark"'
  echo 'fail'
}
