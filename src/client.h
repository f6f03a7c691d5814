/* client.h - an example client that follows the documents. */
#ifndef CLOSEAF_CLIENT_H
#define CLOSEAF_CLIENT_H

#include "runtime.h"

/* ProtocolDriverContext: what the client leaves to chance. pick returns a number less
 * than the number of options; 0 is the simplest way. */
struct client_driver {
    unsigned (*pick)(unsigned options);
};

extern const struct entry_points client_entry_points;

#endif
