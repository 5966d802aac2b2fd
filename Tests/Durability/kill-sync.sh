#!/usr/bin/env bash
# Kills a sync at a system call, again and again, and syncs once more: nothing may be lost or
# charged twice.
#
# usage: kill-sync.sh [ROUNDS] [SEED]
#
# Each round begins with a new project: a script that came from a video, an edit here, an edit of
# another device, a message that waits; every third with a video whose script is still to be made.
# SIGKILL comes at the Nth call (strace's injection) of one of
# the calls that write, send or receive; ROUNDS=all goes through every N of every such call.
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-50}
RANDOM=${2:-1}
bin=${OFFBOOK_BIN:-$PWD/.build/release}
folder=$(mktemp -d)
simulator=
cleanup() {
  [ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true
  rm -rf "$folder"
}
trap cleanup EXIT
export HOME=$folder XDG_CONFIG_HOME=$folder/config OFFBOOK_WORKSPACE=$folder/workspace OFFBOOK_PACE=0.001
unset NEMO_TOKEN NEMO_CLIENT_ID OFFBOOK_SPEND
"$bin/offbook-simulator" --credits 100000 --silent 0 --pace 0 > "$folder/simulator" &
simulator=$!
for _ in $(seq 200); do grep -q http "$folder/simulator" && break; sleep 0.05; done
NEMO_API_URL=$(sed -n 's/^Listening on //p' "$folder/simulator")
export NEMO_API_URL
head -c 20000 /dev/zero | tr '\0' 'v' > "$folder/talk.mp4"

offbook() { "$bin/offbook" --quiet "$@"; }
ask() { curl -sS "$NEMO_API_URL/simulator/$1" "${@:2}"; }
fail() { echo "kill-sync.sh: $*" >&2; echo "  round $round: SIGKILL at $call number $number" >&2; exit 1; }

prepare() {
  rm -rf "$OFFBOOK_WORKSPACE"
  ask reset -X POST > /dev/null
  ask credits -X POST -d '{"available":100000}' > /dev/null
  rm -rf "$folder/config"
  offbook extract "$folder/talk.mp4" > /dev/null
  offbook line set talk 1 --text "Edited here in round $round."
  ask edit -X POST -d "{\"edits\":[{\"op\":\"set\",\"index\":2,\"text\":\"Edited there in round $round.\"}]}" > /dev/null
  NEMO_API_URL=http://127.0.0.1:9 offbook say "Add a title 'Round $round'" > /dev/null 2>&1 || [ $? = 6 ]
}

prepare_extraction() {
  rm -rf "$OFFBOOK_WORKSPACE" "$folder/config"
  ask reset -X POST > /dev/null
  NEMO_API_URL=http://127.0.0.1:9 offbook extract "$folder/talk.mp4" > /dev/null 2>&1 || [ $? = 6 ]
}

# One script and one charge, or a doubt that is told.
check_extraction() {
  offbook doctor > /dev/null || fail "doctor found something"
  local charges scripts doubts
  charges=$(ask charges | grep -o '"kind":"extraction"' | wc -l)
  [ "$charges" -le 1 ] || fail "the script was extracted $charges times"
  scripts=$(offbook list --json | grep -o '"title":"talk[^"]*"' | wc -l)
  doubts=$(offbook intents --json | grep -o '"state":"[a-zA-Z]*"' | sort | uniq -c | tr -s ' \n' ' ')
  case $doubts in
    *queued* | *sending* | *streaming*) fail "something waits though the sync is over:$doubts" ;;
    *inDoubt*) in_doubt=$((in_doubt + 1)); [ "$scripts" -le 1 ] || fail "there are $scripts scripts" ;;
    *) [ "$charges$scripts" = 11 ] || fail "$charges extractions gave $scripts scripts" ;;
  esac
}

# One message of each kind that is charged, whatever happened; an open doubt is told, never repeated.
check() {
  offbook doctor > /dev/null || fail "doctor found something"
  local charges pushes titles lines
  charges=$(ask charges)
  titles=$(grep -o "Add a title 'Round $round'" <<< "$charges" | wc -l)
  [ "$titles" -le 1 ] || fail "the message was carried out $titles times"
  pushes=$(grep -o 'Replace the text track' <<< "$charges" | wc -l)
  [ "$pushes" -le 1 ] || fail "the script was sent $pushes times"
  lines=$(offbook show talk --json)
  grep -q "Edited here in round $round." <<< "$lines" || fail "the edit made here is gone"
  grep -q "Edited there in round $round." <<< "$lines" || fail "the other device's edit is gone"
  local doubts
  doubts=$(offbook intents --json | grep -o '"state":"[a-zA-Z]*"' | sort | uniq -c | tr -s ' \n' ' ')
  case $doubts in
    *queued* | *sending* | *streaming*) fail "something waits though the sync is over:$doubts" ;;
    *inDoubt*) in_doubt=$((in_doubt + 1)) ;;
    *) [ "$titles" = 1 ] || fail "the message was never sent, and nothing says so" ;;
  esac
}

# The calls, and how many of each a thread of a sync makes at most.
calls=(pwrite64 pwrite64 fdatasync ftruncate sendto sendto recvfrom recvfrom openat close connect poll fcntl futex)
declare -A most=([pwrite64]=76 [fdatasync]=9 [ftruncate]=8 [sendto]=8 [recvfrom]=27 [openat]=43 [close]=41
  [connect]=3 [poll]=36 [fcntl]=98 [futex]=20)
killed=0 survived=0 in_doubt=0 round=0

one() {  # CALL NUMBER; 1 where the sync was over before
  call=$1 number=$2 round=$((round + 1))
  local kind=
  [ $((round % 3)) != 0 ] || kind=_extraction
  "prepare$kind"
  local status=0
  {
    strace -f -qq -o /dev/null -e "trace=$call" -e "inject=$call:signal=SIGKILL:when=$number" \
      "$bin/offbook" --quiet sync --spend 1000 > /dev/null 2>&1
  } 2> /dev/null || status=$?
  local was_killed=0
  if [ $status = 137 ] || [ $status = 265 ]; then was_killed=1; killed=$((killed + 1)); else survived=$((survived + 1)); fi
  # Two more: the first goes on, the second finds what the first sent.
  offbook sync --spend 1000 > /dev/null 2>&1 || true
  offbook sync --spend 1000 > /dev/null 2>&1 || true
  "check$kind"
  [ $was_killed = 1 ]
}

if [ "$rounds" = all ]; then
  for call in "${!most[@]}"; do
    number=1
    while one "$call" $number; do number=$((number + 1)); done
  done
else
  for _ in $(seq "$rounds"); do
    picked=${calls[RANDOM % ${#calls[@]}]}
    one "$picked" $((RANDOM % most[$picked] + 1)) || true
  done
fi
echo "kill-sync: $round rounds, $killed killed, $survived finished first, $in_doubt left a doubt that is told; nothing lost, nothing charged twice"
