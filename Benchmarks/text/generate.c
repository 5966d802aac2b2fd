/* Writes a transcript with a speaker's label before each turn; its content follows from a seed.
 *
 * usage: generate MEGABYTES SEED > FILE */
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

static const char *names[] = {"Anna Lee", "Bernard", "Chi Wai", "Speaker 4"};
static const char *words[] = {"we",  "have", "seen", "that", "every", "river", "finds", "its", "own",
                              "way", "down", "to",   "the",  "sea",   "in",    "the",   "caf\xC3\xA9"};

int main(int count, char **arguments) {
  long long limit = (count > 1 ? atoll(arguments[1]) : 1) * 1000000LL, written = 0;
  state = count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
  while (written < limit) {
    if (written) written += printf("\n");
    written += printf("%s: ", names[next() % 4]);
    int length = 8 + (int)(next() % 40);
    for (int i = 0; i < length; i++)
      written += printf("%s%s", i ? " " : "", words[next() % (sizeof words / sizeof *words)]);
    written += printf(".\n");
  }
  return 0;
}
