/* kept_active.h - a VC that the call manager has not deactivated, though the call on it is over. */
#ifndef CLOSEAF_KEPT_ACTIVE_H
#define CLOSEAF_KEPT_ACTIVE_H

#include "findings.h"

/* The client has rejected the call that was offered on it: the call manager has to deactivate it (CALL-24), and no
 * other can. */
int is_rejected_and_active(struct vc v);

/* There is such a VC on the AF. */
int keeps_a_rejected_vc(const struct core *c, struct handle af);

/* What the client has left before the event, by the core, beside such VCs. */
enum requirement left_beside_rejected_vcs(const struct core *c, struct event e);

#endif
