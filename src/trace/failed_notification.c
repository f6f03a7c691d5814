/* failed_notification.c - see failed_notification.h. */
#include "failed_notification.h"

#include "seen.h"

/* By the return of its call, or by ProtocolCmNotifyCloseAfComplete: whichever came last. */
static int was_told_of_a_failure(const struct seen *s)
{
    static const uint16_t telling[] = {RETURN_CM_NOTIFY, RETURN_MCM_NOTIFY, ENTER_CM_NOTIFY_COMPLETE};
    unsigned long last = 0;
    int failed = 0;

    for (unsigned i = 0; i < sizeof telling / sizeof telling[0]; i++) {
        if (s->line[telling[i]] > last) {
            last = s->line[telling[i]];
            failed = is_failure(s->status[telling[i]]);
        }
    }
    return failed;
}

enum requirement rule_of_a_failed_notification(struct judge *j, const struct core *before, const struct finding *f)
{
    if (f->requirement != UNB_24 || f->event.kind != CALL_CLOSE_ADAPTER) {
        return f->requirement;
    }
    for (uint32_t i = 0; i < MAX_AF; i++) {
        const struct object af = {AN_AF, {i, before->af[i].generation}};
        const struct seen *s = seen_of(j, af);

        if (before->af[i].phase == AF_OPEN && s->generation == af.handle.generation && was_told_of_a_failure(s)) {
            return NTF_45;
        }
    }
    return UNB_24;
}
