part_transport() {
  if [ -e Benchmarks/transport/run.sh ]; then
    bash Benchmarks/transport/run.sh
  else
    echo "transport, events, sync: there is no service yet, left out"
  fi
}
