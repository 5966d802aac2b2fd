# The installed size; and with ONLY=build, for it takes long, a clean build and the tests on 2 processors.
part_build() {
  local scratch=$build/scratch start
  cp "$offbook" "$build/installed"
  strip "$build/installed"
  echo "installed size of the command: $(($(stat -c %s "$build/installed") / 1024)) KiB"
  rm -f "$build/installed"
  [ "$only" = build ] || return 0
  rm -rf "$scratch" "$build/tests"
  start=$SECONDS
  taskset -c 0,1 swift build -j 2 --scratch-path "$scratch" > /dev/null
  echo "clean 'swift build' on 2 processors: $((SECONDS - start)) s"
  start=$SECONDS
  taskset -c 0,1 swift build -j 2 --build-tests --scratch-path "$scratch" > /dev/null
  echo "the tests' own build behind it: $((SECONDS - start)) s"
  start=$SECONDS
  # In two goes, as `make test` has it: commands that are run block the threads that sockets wait on.
  local sockets='HTTPTransportTests|ServiceTests|BackendSimulatorTests' go
  for go in "--skip $sockets" "--filter $sockets"; do
    # shellcheck disable=SC2086
    taskset -c 0,1 swift test --skip-build --disable-xctest --scratch-path "$scratch" $go \
      >> "$build/tests" 2>&1 || echo "some tests failed: see $build/tests"
  done
  echo "all tests on 2 processors: $((SECONDS - start)) s"
  rm -rf "$scratch"
}
