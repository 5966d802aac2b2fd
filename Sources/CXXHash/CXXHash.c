#include "CXXHash.h"

#include <string.h>

// The header holds the whole library: nothing is loaded at start.
#define XXH_INLINE_ALL
#if __has_include(<xxhash.h>)
#include <xxhash.h>
#else
#error "xxhash.h is missing: install xxHash (Debian package libxxhash-dev)"
#endif
#if XXH_VERSION_NUMBER < 800
#error "xxHash 0.8.0 or later is needed: earlier ones give other hashes"
#endif

void offbook_xxh3(const void *bytes, size_t count, uint8_t *hash) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes, count));
  memcpy(hash, canonical.digest, sizeof canonical.digest);
}
