#ifndef OFFBOOK_CZIP_H
#define OFFBOOK_CZIP_H

#endif
