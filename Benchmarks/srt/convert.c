// Reads an SRT file and writes it again, without a look at what was written.
// Usage: convert IN OUT
#include "subrip.h"

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  size_t size, length;
  char *data = read_whole(argv[1], &size);
  subtitles all = parse(data, size);
  char *out = format(&all, &length);
  write_whole(argv[2], out, length);
  return 0;
}
