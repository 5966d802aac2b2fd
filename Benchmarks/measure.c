/* Runs two commands in turn, A B A B …, and prints one row of a table: the median wall time of each,
 * the median of the ratios pair by pair, and the largest resident set of each.
 *
 * usage: measure LABEL ROUNDS 'A' 'B' ['BEFORE']
 *
 * A, B and BEFORE are given to sh -c; BEFORE runs before every round of either and is not timed. Their
 * standard output is thrown away. Peak memory is that of the largest process in the command's tree. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { most_rounds = 101 };

struct result {
  double seconds;
  long kibibytes;
};

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

/* The tree is run below a process of its own, so that its children's peak can be told from others'. */
static struct result run(const char *command, int quiet) {
  int channel[2];
  if (pipe(channel) != 0) { perror("measure: pipe"); exit(2); }
  double start = now();
  pid_t child = fork();
  if (child == 0) {
    pid_t grandchild = fork();
    if (grandchild == 0) {
      if (quiet) dup2(open("/dev/null", O_WRONLY), 1);
      execl("/bin/sh", "sh", "-c", command, (char *)NULL);
      _exit(127);
    }
    int status;
    struct rusage usage;
    waitpid(grandchild, &status, 0);
    getrusage(RUSAGE_CHILDREN, &usage);
    if (write(channel[1], &usage.ru_maxrss, sizeof usage.ru_maxrss) < 0) _exit(126);
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 125);
  }
  int status;
  struct result result = {0, 0};
  if (read(channel[0], &result.kibibytes, sizeof result.kibibytes) < 0) perror("measure: read");
  waitpid(child, &status, 0);
  result.seconds = now() - start;
  close(channel[0]);
  close(channel[1]);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fprintf(stderr, "measure: exit %d: %s\n", WEXITSTATUS(status), command);
    exit(1);
  }
  return result;
}

static int ascending(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static double median(double *values, int count) {
  qsort(values, count, sizeof *values, ascending);
  return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

int main(int count, char **arguments) {
  if (count < 5) { fprintf(stderr, "usage: measure LABEL ROUNDS 'A' 'B' ['BEFORE']\n"); return 2; }
  int rounds = atoi(arguments[2]);
  if (rounds < 1 || rounds > most_rounds) rounds = 9;
  const char *before = count > 5 ? arguments[5] : NULL;
  double a[most_rounds], b[most_rounds], ratios[most_rounds];
  long peak_a = 0, peak_b = 0;
  for (int round = -1; round < rounds; round++) {
    if (before) run(before, 1);
    struct result first = run(arguments[3], 1);
    if (before) run(before, 1);
    struct result second = run(arguments[4], 1);
    if (round < 0) continue;
    a[round] = first.seconds;
    b[round] = second.seconds;
    ratios[round] = first.seconds / second.seconds;
    if (first.kibibytes > peak_a) peak_a = first.kibibytes;
    if (second.kibibytes > peak_b) peak_b = second.kibibytes;
  }
  printf("%-34s %9.1f %9.1f %7.2f %9.1f %9.1f\n", arguments[1], median(a, rounds) * 1000,
         median(b, rounds) * 1000, median(ratios, rounds), peak_a / 1024.0, peak_b / 1024.0);
  return 0;
}
