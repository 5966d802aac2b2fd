#!/usr/bin/env bash
# Prints the line coverage of each module after `swift test --enable-code-coverage`.
set -euo pipefail
tools=$(dirname "$(readlink -f "$(command -v swift)")")
build=$(swift build --show-bin-path)
binary=$(ls -d "$build"/*PackageTests.xctest)
profile=$build/codecov/all.profdata
# What a killed process left may be cut off: such files are passed over.
find "$build/codecov" "$build/codecov-commands" -name '*.profraw' >"$build/codecov/files.txt"
"$tools/llvm-profdata" merge -sparse -failure-mode=all -f "$build/codecov/files.txt" -o "$profile" \
  2>/dev/null
"$tools/llvm-cov" export "$binary" -instr-profile "$profile" \
  -format=lcov -summary-only -ignore-filename-regex '(/Tests/|/\.build/|/usr/)' |
  awk -F: -v root="$PWD/" '
    $1 == "SF" {
      path = substr($0, 4); sub(root, "", path)
      split(path, parts, "/")
      module = parts[1] == "Sources" ? parts[2] : parts[1]
    }
    $1 == "LF" { lines[module] += $2 }
    $1 == "LH" { hit[module] += $2 }
    END {
      for (module in lines)
        printf "%-18s %6d lines %6.1f %%\n", module, lines[module],
          lines[module] ? 100 * hit[module] / lines[module] : 0
    }' | sort
