#ifndef OFFBOOK_CXML2_H
#define OFFBOOK_CXML2_H

#endif
