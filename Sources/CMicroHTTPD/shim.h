#ifndef OFFBOOK_CMICROHTTPD_SHIM_H
#define OFFBOOK_CMICROHTTPD_SHIM_H

#include <microhttpd.h>

#endif
