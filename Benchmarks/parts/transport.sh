# Over loopback, the bytes from and to files; the server throws away and makes up all else.
part_transport() {
  compile transport/server.c transport-server -lpthread
  compile transport/client.c transport-client -lcurl
  local ours=${TRANSPORT:-$PWD/.build/release/transport-benchmark} size=$((500 * 1024 * 1024))
  local files=$build/transport theirs=$build/transport-client port url batch
  mkdir -p "$files"
  [ -s "$files/upload" ] || head -c $size /dev/urandom > "$files/upload"
  coproc server { exec "$build/transport-server"; }
  read -r port <&"${server[0]}"
  url=http://127.0.0.1:$port
  local clean="rm -f $files/ours $files/theirs"
  row "download, 500 MiB, fsync / C" "$ours download $url/file/$size $files/ours" \
    "$theirs download $url/file/$size $files/theirs" "$clean"
  row "download, 500 MiB, fsync / curl, no fsync" "$ours download $url/file/$size $files/ours" \
    "curl -s -o $files/theirs $url/file/$size" "$clean"
  row "upload, 500 MiB / C" "$ours upload $url/upload $files/upload" \
    "$theirs upload $url/upload $files/upload"
  row "upload, 500 MiB / curl" "$ours upload $url/upload $files/upload" \
    "curl -s -F files=@$files/upload $url/upload"
  for batch in 1 200; do
    row "1M events, $batch in a write / C" "$ours events $url/events/1000000/$batch" \
      "$theirs events $url/events/1000000/$batch"
  done
  $clean
  # Its standard input ends here, and so does the server.
  eval "exec ${server[1]}>&-"
}
