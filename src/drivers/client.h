/* client.h - an example client that follows the documents. */
#ifndef CLOSEAF_CLIENT_H
#define CLOSEAF_CLIENT_H

#include "ndis.h"

/* Its DriverEntry: in a program of many drivers each has a name of its own. */
DRIVER_INITIALIZE ClientDriverEntry;

#endif
