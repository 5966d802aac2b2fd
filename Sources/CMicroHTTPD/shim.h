#ifndef OFFBOOK_CMICROHTTPD_SHIM_H
#define OFFBOOK_CMICROHTTPD_SHIM_H

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* What a content reader gives back instead of a count; the library has casts for them. */
static const ssize_t offbook_content_end = -1;
static const ssize_t offbook_content_failed = -2;

/* Values of closed enumerations, which Swift would import under names of its own making. */
static const enum MHD_Result offbook_yes = MHD_YES;
static const enum MHD_Result offbook_no = MHD_NO;
static const enum MHD_ValueKind offbook_header_kind = MHD_HEADER_KIND;

/* Whether a request ended with its whole answer handed over. */
static inline int offbook_is_complete(enum MHD_RequestTerminationCode reason) {
  return reason == MHD_REQUEST_TERMINATED_COMPLETED_OK;
}

/*
 * Starts a daemon on 127.0.0.1 with a thread for each connection, so that handlers may wait.
 * Port 0 takes a free one. Null where the port is taken.
 */
static inline struct MHD_Daemon *offbook_daemon_start(
    uint16_t port, MHD_AccessHandlerCallback handler, MHD_RequestCompletedCallback completed,
    void *context) {
  struct sockaddr_in address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return MHD_start_daemon(
      MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL, 0, NULL,
      NULL, handler, context, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
      MHD_OPTION_NOTIFY_COMPLETED, completed, context, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
      (size_t)(512 * 1024), MHD_OPTION_END);
}

/* The port that a daemon listens on; 0 where it does not say. */
static inline uint16_t offbook_daemon_port(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info == NULL ? 0 : info->port;
}

/* The socket of a connection; -1 where it does not say. */
static inline int offbook_connection_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info == NULL ? -1 : info->connect_fd;
}

/* Lets an answer of unknown length end with the connection instead of a last chunk. */
static inline void offbook_response_ends_with_connection(struct MHD_Response *response) {
  MHD_set_response_options(response, MHD_RF_HTTP_VERSION_1_0_ONLY, MHD_RO_END);
}

#endif
