#!/usr/bin/env bash
# Prints the line coverage of each module after `swift test --enable-code-coverage`.
set -euo pipefail
tools=$(dirname "$(readlink -f "$(command -v swift)")")
build=$(swift build --show-bin-path)
binary=$(ls -d "$build"/*PackageTests.xctest)
"$tools/llvm-cov" export "$binary" -instr-profile "$build/codecov/default.profdata" \
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
