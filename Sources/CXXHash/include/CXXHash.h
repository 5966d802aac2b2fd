#ifndef OFFBOOK_CXXHASH_H
#define OFFBOOK_CXXHASH_H

#include <stddef.h>
#include <stdint.h>

/// Writes the 16 bytes of the XXH3 hash (128 bits, canonical order) of bytes.
///
/// It tells files apart at the speed of memory; it is no defence against somebody who wants two alike.
void offbook_xxh3(const void *bytes, size_t count, uint8_t *hash);

#endif
