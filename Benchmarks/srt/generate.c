// Writes an SRT file of so many captions whose content follows from a seed.
// Usage: generate COUNT SEED > FILE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state;

static uint64_t next(void) {
  state += 0x9E3779B97F4A7C15u;
  uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static const char *words[] = {"the", "weather", "turned", "before", "anyone", "noticed", "and",
                              "nobody", "said", "a", "word", "until", "morning", "caf\xC3\xA9",
                              "station", "slowly", "river", "of", "light", "again"};

static void text(void) {
  int count = 3 + (int)(next() % 5);
  int italic = next() % 16 == 0;
  if (italic) fputs("<i>", stdout);
  for (int i = 0; i < count; i++) {
    if (i) putchar(' ');
    fputs(words[next() % (sizeof words / sizeof *words)], stdout);
  }
  fputs(italic ? "</i>.\n" : ".\n", stdout);
}

static void stamp(long long ms) {
  printf("%02lld:%02lld:%02lld,%03lld", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

int main(int argc, char **argv) {
  long count = argc > 1 ? atol(argv[1]) : 1000;
  state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
  long long clock = 0;
  for (long i = 1; i <= count; i++) {
    clock += 40 + (long long)(next() % 300);
    printf("%ld\n", i);
    stamp(clock);
    fputs(" --> ", stdout);
    clock += 40 + (long long)(next() % 200);
    stamp(clock);
    putchar('\n');
    text();
    if (next() % 2) text();
    if (i < count) putchar('\n');
  }
  return 0;
}
