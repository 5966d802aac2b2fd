/* Runs two commands in turn, A B A B …, and prints one row of a table: the median wall time of each in
 * milliseconds, the median of the ratios pair by pair, the same of processor time (which tells more
 * than wall time where others use the machine), and the largest resident set of each in MiB.
 *
 * usage: measure LABEL ROUNDS 'A' 'B' ['BEFORE']
 *
 * A command of plain words, 'quoted' or not, is started directly; one with any other character that
 * means something to a shell is given to sh -c. A `%` in a word is replaced by the number of the round,
 * so that an edit changes something each time. BEFORE runs before every round of either and is not
 * timed. An exit status other than 0 ends the run, but EXPECTED_STATUS where that is set. Standard
 * output is thrown away; where PRINTED is set, both print the milliseconds that something in them took,
 * and those count. The clock stands still while nothing runs: it goes from the start of a process to
 * its end. One round in front of the counted ones warms the caches. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { most_rounds = 101, most_words = 64, longest_command = 4096 };

struct result {
  double seconds, processor;
  long kibibytes;
};

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static double seconds_of(struct timeval time) { return time.tv_sec + time.tv_usec / 1e6; }

/* Writes a command with each `%` replaced. */
static void number(const char *command, int round, char *out) {
  size_t used = 0;
  for (; *command && used < longest_command - 16; command++) {
    if (*command == '%') used += (size_t)sprintf(out + used, "%d", round + 1);
    else out[used++] = *command;
  }
  out[used] = 0;
}

/* Cuts a command into words; 0 where a shell has to do it. */
static int words(char *command, char **out) {
  int count = 0;
  char *to = command;
  for (char *from = command; *from;) {
    if (*from == ' ') { from++; continue; }
    if (count == most_words - 1) return 0;
    out[count++] = to;
    for (int quoted = 0; *from && (quoted || *from != ' '); from++) {
      if (*from == '\'') quoted = !quoted;
      else if (!quoted && strchr("|&;<>()$`\\\"*?[]#~{}!\n", *from)) return 0;
      else *to++ = *from;
    }
    int more = *from != 0;
    *to++ = 0;
    if (more) from++;
  }
  out[count] = NULL;
  return count;
}

static struct result run(const char *command, int round) {
  char line[longest_command], cut[longest_command];
  char *arguments[most_words];
  number(command, round, line);
  strcpy(cut, line);
  int count = words(cut, arguments);
  int printed[2] = {-1, -1};
  if (getenv("PRINTED") && pipe2(printed, O_CLOEXEC)) exit(1);
  int nowhere = printed[1] >= 0 ? printed[1] : open("/dev/null", O_WRONLY | O_CLOEXEC);
  double start = now();
  pid_t child = vfork();
  if (child == 0) {
    dup2(nowhere, 1);
    if (count > 0) execvp(arguments[0], arguments);
    else execl("/bin/sh", "sh", "-c", line, (char *)NULL);
    _exit(127);
  }
  int status = -1;
  struct rusage usage;
  wait4(child, &status, 0, &usage);
  double processor = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  struct result result = {now() - start, processor, usage.ru_maxrss};
  close(nowhere);
  if (printed[0] >= 0) {
    char text[64] = "";
    if (read(printed[0], text, sizeof text - 1) <= 0) status = -1;
    result.seconds = atof(text) / 1000;
    close(printed[0]);
  }
  const char *expected = getenv("EXPECTED_STATUS");
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  if (child < 0 || (code != 0 && !(expected && code == atoi(expected)))) {
    fprintf(stderr, "measure: exit %d: %s\n", code, line);
    exit(1);
  }
  return result;
}

static int ascending(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static double median(double *values, int count) {
  qsort(values, (size_t)count, sizeof *values, ascending);
  return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

int main(int count, char **arguments) {
  if (count < 5) { fprintf(stderr, "usage: measure LABEL ROUNDS 'A' 'B' ['BEFORE']\n"); return 2; }
  int rounds = atoi(arguments[2]);
  if (rounds < 1 || rounds > most_rounds) rounds = 9;
  const char *before = count > 5 ? arguments[5] : NULL;
  double a[most_rounds], b[most_rounds], ratios[most_rounds], processor[most_rounds];
  long peak_a = 0, peak_b = 0;
  for (int round = -1; round < rounds; round++) {
    if (before) run(before, round);
    struct result first = run(arguments[3], round);
    if (before) run(before, round);
    struct result second = run(arguments[4], round);
    if (round < 0) continue;
    a[round] = first.seconds;
    b[round] = second.seconds;
    ratios[round] = first.seconds / second.seconds;
    processor[round] = first.processor / (second.processor > 0 ? second.processor : 1e-6);
    if (first.kibibytes > peak_a) peak_a = first.kibibytes;
    if (second.kibibytes > peak_b) peak_b = second.kibibytes;
  }
  double left = median(a, rounds) * 1000, right = median(b, rounds) * 1000;
  /* What takes less than ten milliseconds is worth more digits. */
  printf(right < 10 ? "%-54s %9.2f %9.2f %6.2f %6.2f %8.1f %8.1f\n"
                    : "%-54s %9.1f %9.1f %6.2f %6.2f %8.1f %8.1f\n",
         arguments[1], left, right, median(ratios, rounds),
         median(processor, rounds), peak_a / 1024.0, peak_b / 1024.0);
  return 0;
}
