/* The server that transports are measured against: on loopback, a thread a connection, with as little
 * work of its own as it can. It prints its port and runs until its standard input ends. With a certificate
 * and a key (PEM) it speaks TLS.
 *
 * usage: transport-server [CERTIFICATE KEY]
 *
 * GET /file/SIZE          so many bytes, with a length
 * GET /events/COUNT/BATCH so many server-sent events in chunks, BATCH of them in one write and chunk
 * GET /clock/COUNT/RATE   so many events, RATE a second, each with the time of its sending in ns
 * POST anything           reads the body, throws it away and answers {} */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { most_of_head = 16384, chunk_size = 1 << 18 };

static char block[chunk_size];
static SSL_CTX *context; /* NULL without TLS */

struct peer {
  int socket;
  SSL *tls;
};

static ssize_t receive(struct peer *peer, void *bytes, size_t count) {
  return peer->tls ? SSL_read(peer->tls, bytes, (int)count) : recv(peer->socket, bytes, count, 0);
}

static int send_all(struct peer *peer, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t sent = peer->tls ? SSL_write(peer->tls, bytes, (int)count)
                             : send(peer->socket, bytes, count, MSG_NOSIGNAL);
    if (sent <= 0) return -1;
    bytes += sent;
    count -= (size_t)sent;
  }
  return 0;
}

/* Reads a head; the number of bytes of the body that came with it, or -1. */
static long read_head(struct peer *peer, char *head) {
  size_t used = 0;
  while (used < most_of_head - 1) {
    ssize_t got = receive(peer, head + used, most_of_head - 1 - used);
    if (got <= 0) return -1;
    used += (size_t)got;
    head[used] = 0;
    char *end = strstr(head, "\r\n\r\n");
    if (end) {
      end[2] = 0;
      return (long)(used - (size_t)(end + 4 - head));
    }
  }
  return -1;
}

static int serve_file(struct peer *peer, int64_t size) {
  char head[200];
  int length = snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Length: %lld\r\n\r\n", (long long)size);
  if (send_all(peer, head, (size_t)length)) return -1;
  while (size > 0) {
    size_t part = size < chunk_size ? (size_t)size : chunk_size;
    if (send_all(peer, block, part)) return -1;
    size -= (int64_t)part;
  }
  return 0;
}

static int serve_events(struct peer *peer, long count, long batch) {
  const char *head =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  if (send_all(peer, head, strlen(head))) return -1;
  char *events = malloc((size_t)batch * 128), *chunk = malloc((size_t)batch * 128 + 64);
  int failed = 0;
  for (long done = 0; done < count && !failed;) {
    size_t used = 0;
    for (long index = 0; index < batch && done < count; index++, done++)
      used += (size_t)sprintf(
          events + used, "data: {\"type\":\"text\",\"content\":\"Word %ld of the reply.\"}\n\n", done);
    size_t length = (size_t)sprintf(chunk, "%zx\r\n", used);
    memcpy(chunk + length, events, used);
    memcpy(chunk + length + used, "\r\n", 2);
    failed = send_all(peer, chunk, length + used + 2);
  }
  free(events);
  free(chunk);
  return failed ? -1 : send_all(peer, "0\r\n\r\n", 5);
}

static int64_t nanoseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int serve_clock(struct peer *peer, long count, long rate) {
  const char *head =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  if (send_all(peer, head, strlen(head))) return -1;
  int64_t next = nanoseconds();
  for (long done = 0; done < count; done++, next += 1000000000LL / rate) {
    struct timespec until = {next / 1000000000LL, next % 1000000000LL};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
    char event[64], chunk[96];
    int length = sprintf(event, "data: %lld\n\n", (long long)nanoseconds());
    length = sprintf(chunk, "%x\r\n%s\r\n", length, event);
    if (send_all(peer, chunk, (size_t)length)) return -1;
  }
  return send_all(peer, "0\r\n\r\n", 5);
}

static int serve_upload(struct peer *peer, const char *head, long behind) {
  const char *field = strcasestr(head, "\r\nContent-Length:");
  int64_t left = field ? atoll(field + 17) : 0;
  if (strcasestr(head, "\r\nExpect:") && send_all(peer, "HTTP/1.1 100 Continue\r\n\r\n", 25)) return -1;
  left -= behind;
  char *buffer = peer->tls ? malloc(chunk_size) : NULL;
  while (left > 0) {
    /* With MSG_TRUNC the bytes of a TCP stream are dropped without being copied. */
    ssize_t got = peer->tls ? receive(peer, buffer, chunk_size)
                            : recv(peer->socket, NULL, 1 << 20, MSG_TRUNC);
    if (got <= 0) {
      free(buffer);
      return -1;
    }
    left -= got;
  }
  free(buffer);
  const char *answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
  return send_all(peer, answer, strlen(answer));
}

static void *serve(void *argument) {
  struct peer connection = {(int)(intptr_t)argument, NULL}, *peer = &connection;
  int one = 1;
  setsockopt(peer->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (context) {
    peer->tls = SSL_new(context);
    SSL_set_fd(peer->tls, peer->socket);
    if (SSL_accept(peer->tls) <= 0) {
      SSL_free(peer->tls);
      close(peer->socket);
      return NULL;
    }
  }
  char *head = malloc(most_of_head);
  long behind;
  int failed = 0;
  while (!failed && (behind = read_head(peer, head)) >= 0) {
    long long size;
    long count, batch;
    if (sscanf(head, "GET /file/%lld", &size) == 1) failed = serve_file(peer, size);
    else if (sscanf(head, "GET /events/%ld/%ld", &count, &batch) == 2 && batch > 0)
      failed = serve_events(peer, count, batch);
    else if (sscanf(head, "GET /clock/%ld/%ld", &count, &batch) == 2 && batch > 0)
      failed = serve_clock(peer, count, batch);
    else if (!strncmp(head, "POST ", 5)) failed = serve_upload(peer, head, behind);
    else failed = 1;
  }
  free(head);
  if (peer->tls) {
    SSL_shutdown(peer->tls);
    SSL_free(peer->tls);
  }
  close(peer->socket);
  return NULL;
}

static void *accept_all(void *argument) {
  int listener = (int)(intptr_t)argument;
  for (;;) {
    int peer = accept(listener, NULL, NULL);
    pthread_t thread;
    if (peer >= 0 && !pthread_create(&thread, NULL, serve, (void *)(intptr_t)peer))
      pthread_detach(thread);
  }
  return NULL;
}

int main(int count, char **arguments) {
  if (count == 3) {
    context = SSL_CTX_new(TLS_server_method());
    if (SSL_CTX_use_certificate_file(context, arguments[1], SSL_FILETYPE_PEM) <= 0
        || SSL_CTX_use_PrivateKey_file(context, arguments[2], SSL_FILETYPE_PEM) <= 0) return 1;
    signal(SIGPIPE, SIG_IGN);
  }
  memset(block, 'x', sizeof block);
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 64)) return 1;
  getsockname(listener, (struct sockaddr *)&address, &length);
  pthread_t thread;
  if (pthread_create(&thread, NULL, accept_all, (void *)(intptr_t)listener)) return 1;
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  char byte;
  while (read(0, &byte, 1) > 0) {}
  return 0;
}
