#ifndef OFFBOOK_CZIP_H
#define OFFBOOK_CZIP_H

#include <stddef.h>
#include <stdint.h>

/*
 * libzip over memory, opened with dlopen on first need: a command that touches no DOCX does not
 * pay for mapping libzip and libcrypto.
 */

/* An archive that is read from, or written to, memory. To be used by one thread at a time. */
typedef struct offbook_zip offbook_zip;

/* The stream of one entry's content. */
typedef struct offbook_zip_stream offbook_zip_stream;

/* What the directory says of an entry: to be believed only as far as reading it confirms. */
typedef struct {
  uint64_t size;
  uint64_t compressed_size;
  int encrypted;
} offbook_zip_entry;

enum {
  OFFBOOK_ZIP_OK = 0,
  /* The directory is missing or contradicts itself. */
  OFFBOOK_ZIP_DIRECTORY = 1,
  /* The content can't be unpacked from here on. */
  OFFBOOK_ZIP_DAMAGED = 2,
  /* All was unpacked, and its checksum is not the directory's. */
  OFFBOOK_ZIP_CHECKSUM = 3,
  OFFBOOK_ZIP_ENCRYPTED = 4,
  /* A compression that this libzip does not know. */
  OFFBOOK_ZIP_METHOD = 5,
  OFFBOOK_ZIP_MEMORY = 6,
};

/* Why libzip can't be used here, naming the package to install; null where it can. Loads it. */
const char *offbook_zip_unavailable(void);

/* Opens an archive in bytes that must stay until it is closed; null, and why, where it can't. */
offbook_zip *offbook_zip_open(const void *bytes, uint64_t count, int *error);

/* The number of entries. */
int64_t offbook_zip_count(offbook_zip *zip);

/* The name of an entry as it is stored; null where there is none. Lives as long as the archive. */
const char *offbook_zip_name(offbook_zip *zip, uint64_t index);

/* Tells what the directory says of an entry; 0 where it says nothing. */
int offbook_zip_describe(offbook_zip *zip, uint64_t index, offbook_zip_entry *entry);

/* Opens the content of an entry; null, and why, where it can't. */
offbook_zip_stream *offbook_zip_stream_open(offbook_zip *zip, uint64_t index, int *error);

/* Reads the next bytes: their number, 0 at the end, or -1 with the reason in `error`. */
int64_t offbook_zip_read(offbook_zip_stream *stream, void *bytes, uint64_t count, int *error);

/* Closes a stream; null is allowed. */
void offbook_zip_stream_close(offbook_zip_stream *stream);

/* Closes an archive that was opened or created, its content dropped; null is allowed. */
void offbook_zip_close(offbook_zip *zip);

/* Creates an empty archive to add to; null where memory or libzip is missing. */
offbook_zip *offbook_zip_create(void);

/* Adds an entry, dated 1980-01-01; the bytes must stay until the end of offbook_zip_finish. 0: ok. */
int offbook_zip_add(offbook_zip *zip, const char *name, const void *bytes, uint64_t count);

/* Writes the archive; its size in bytes, or -1. Nothing can be added any more. */
int64_t offbook_zip_finish(offbook_zip *zip);

/* Copies a finished archive out; the number of bytes copied, or -1. */
int64_t offbook_zip_take(offbook_zip *zip, void *bytes, uint64_t count);

#endif
