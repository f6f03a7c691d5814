/* failed_notification.h - a call manager that was told that its notification has failed: the AF is open still (NTF-45). */
#ifndef CLOSEAF_FAILED_NOTIFICATION_H
#define CLOSEAF_FAILED_NOTIFICATION_H

#include "findings.h"

/* The call manager closes its adapter beneath such an AF: in this state, the finding that would name UNB-24 names
 * NTF-45. Any other stays as it is. */
enum requirement rule_of_a_failed_notification(struct judge *j, const struct core *before, const struct finding *f);

#endif
