// Writes an SRT file of so many captions whose content follows from a seed.
// Usage: generate COUNT SEED [cjk] > FILE
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

static const char *signs[] = {"\u5929", "\u6c14", "\u5f88", "\u597d", "\u4e1c", "\u4eac", "\u7684", "\u4e86",
                              "\u6211", "\u4f60", "\u4ed6", "\u6cb3", "\u6d41", "\u5149", "\u5728", "\u662f"};
static int chinese;

static void text(void) {
  if (chinese) {
    for (int i = 6 + (int)(next() % 12); i; i--) fputs(signs[next() % 16], stdout);
    fputs("\u3002\n", stdout);
    return;
  }
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
  chinese = argc > 3;
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
