# Over loopback, the bytes from and to files; the server throws away and makes up all else.
part_transport() {
  compile transport/client.c transport-client -lcurl
  local ours=${TRANSPORT:-$PWD/.build/release/transport-benchmark} size=$((500 * 1024 * 1024))
  local files=$build/transport theirs=$build/transport-client port url batch
  mkdir -p "$files"
  [ -s "$files/upload" ] || head -c $size /dev/urandom > "$files/upload"
  if ! compile transport/server.c transport-server -lssl -lcrypto -lpthread 2> /dev/null; then
    echo "transport: libssl-dev is not to be had here, left out"
    return 0
  fi
  coproc server { exec "$build/transport-server"; }
  read -r port <&"${server[0]}"
  url=http://127.0.0.1:$port
  transfers ""
  for batch in 1 200; do
    row "1M events, $batch in a write / C" "$ours events $url/events/1000000/$batch" \
      "$theirs events $url/events/1000000/$batch"
  done
  PRINTED=1 row "age of an event at 1000 a second, median / C" "$ours latency $url/clock/3000/1000" \
    "$theirs latency $url/clock/3000/1000"
  # Its standard input ends here, and so does the server.
  eval "exec ${server[1]}>&-"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
    -keyout "$files/key.pem" -out "$files/certificate.pem" -subj /CN=localhost \
    -addext subjectAltName=IP:127.0.0.1 2> /dev/null
  coproc server { exec "$build/transport-server" "$files/certificate.pem" "$files/key.pem"; }
  read -r port <&"${server[0]}"
  url=https://127.0.0.1:$port
  export CURL_CA_BUNDLE=$files/certificate.pem
  transfers ", TLS"
  unset CURL_CA_BUNDLE
  eval "exec ${server[1]}>&-"
}

transfers() {  # WHAT
  local clean="rm -f $files/ours $files/theirs"
  row "download, 500 MiB$1, fsync / C" "$ours download $url/file/$size $files/ours" \
    "$theirs download $url/file/$size $files/theirs" "$clean"
  row "download, 500 MiB$1, fsync / curl, no fsync" "$ours download $url/file/$size $files/ours" \
    "curl -s -o $files/theirs $url/file/$size" "$clean"
  row "upload, 500 MiB$1 / C" "$ours upload $url/upload $files/upload" \
    "$theirs upload $url/upload $files/upload"
  row "upload, 500 MiB$1 / curl" "$ours upload $url/upload $files/upload" \
    "curl -s -F files=@$files/upload $url/upload"
  $clean
}
