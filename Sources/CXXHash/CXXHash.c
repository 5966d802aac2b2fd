#include "CXXHash.h"

#include <string.h>

// The header holds the whole library: nothing is loaded at start.
#define XXH_INLINE_ALL
#include <xxhash.h>

void offbook_xxh3(const void *bytes, size_t count, uint8_t *hash) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes, count));
  memcpy(hash, canonical.digest, sizeof canonical.digest);
}
