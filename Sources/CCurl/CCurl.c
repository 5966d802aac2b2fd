#include "CCurl.h"

const char *offbook_curl_unavailable(void) { return "libcurl is not wrapped yet"; }
