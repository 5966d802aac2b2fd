#ifndef OFFBOOK_CUCHARDET_H
#define OFFBOOK_CUCHARDET_H

#include <stddef.h>

/// Guesses the encoding of bytes with uchardet, which is opened on the first call.
///
/// Writes a name such as "WINDOWS-1252" and its NUL into `name`; an empty one for no guess.
/// Returns 1 for a guess, 0 for none, -1 where the library is not to be had.
int offbook_uchardet_guess(const char *bytes, size_t count, char *name, size_t capacity);

/// Opens a conversion to UTF-8 that refuses what the encoding does not allow; NULL for an unknown one.
void *offbook_iconv_open(const char *encoding);

/// Converts as iconv(3) does: returns 0, or the errno that stopped it (E2BIG, EILSEQ, EINVAL).
int offbook_iconv(void *conversion, const char **input, size_t *input_left, char **output,
                  size_t *output_left);

/// Sets a conversion back to its first state.
void offbook_iconv_reset(void *conversion);

/// Closes a conversion.
void offbook_iconv_close(void *conversion);

#endif
