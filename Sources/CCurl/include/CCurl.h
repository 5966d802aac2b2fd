#ifndef OFFBOOK_CCURL_H
#define OFFBOOK_CCURL_H

/*
 * libcurl, opened with dlopen on first need: a command that does not talk to the service does not
 * pay for mapping its libraries.
 */

/* Why libcurl can't be used here, naming the package to install; null where it can. Loads it. */
const char *offbook_curl_unavailable(void);

#endif
