/* another_meant.h - a driver names an object that nobody has seen, and can only mean another one. */
#ifndef CLOSEAF_ANOTHER_MEANT_H
#define CLOSEAF_ANOTHER_MEANT_H

#include "findings.h"

/* The core has refused the event, of an object that never was: 1 if it ends something, and is right of one object and no
 * other. The core goes on as if that had been named; if it is named later, that is no finding. */
int means_another(struct judge *j, struct event e);

#endif
