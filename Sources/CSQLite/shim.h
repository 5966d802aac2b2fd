#ifndef OFFBOOK_CSQLITE_SHIM_H
#define OFFBOOK_CSQLITE_SHIM_H

#include <sqlite3.h>

/* Swift can't see SQLITE_TRANSIENT, a cast of -1: these two copy what they bind. */
static inline int offbook_bind_text(
  sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
  return sqlite3_bind_text64(statement, index, bytes, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}
static inline int offbook_bind_blob(
  sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
  return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}

#endif
