/* came_back.c - see came_back.h. */
#include "came_back.h"

#include "protocol/handle.h"
#include "seen.h"
#include "trace.h"

#include <string.h>

/* The return of a call, the leave of a callback; NO_EVENT if the core knows none. */
static uint16_t end_of(uint16_t begin)
{
    for (uint16_t kind = NO_EVENT + 1; kind < EVENT_KIND_COUNT; kind++) {
        if (beginning_of(kind) == begin) {
            return kind;
        }
    }
    return NO_EVENT;
}

/* What NDIS or the system does: it is in no handler of a driver then. */
static int is_done_outside(struct event e)
{
    return strcmp(event_verb(e.kind), "enter") == 0 || strcmp(event_driver(e.kind), "system") == 0;
}

/* Whether what stands in this frame cannot be still there: e came back around it, or a driver does e
 * while a function of NDIS runs, or NDIS while a handler of a driver does. */
static int must_have_come_back(const struct frame *frame, struct event e, unsigned long line)
{
    const int is_call = strcmp(event_verb(frame->begun.kind), "call") == 0;

    if (frame->is_told || end_of(frame->begun.kind) == NO_EVENT) {
        return 0;
    }
    return beginning_of(e.kind) != NO_EVENT ? frame->passed == line : is_call != is_done_outside(e);
}

static enum requirement breaks(const struct core *c, struct event e)
{
    static struct core asked;
    const enum requirement left = core_left_undone(c, e);

    asked = *c;
    return left != CONFORMING ? left : core_step(&asked, e);
}

/* With each status that the ends may have had, the first with which the core allows the event. */
static int is_allowed_behind(struct core *c, struct event e, struct event ends[], unsigned count, unsigned from)
{
    static struct core kept[MOST_UNTOLD];
    int is = 0;

    if (from == count) {
        return breaks(c, e) == CONFORMING;
    }
    kept[from] = *c;
    for (uint8_t status = NO_STATUS; !is && status < STATUS_COUNT; status++) {
        ends[from].status = status;
        is = (status != NO_STATUS) == event_has_status(ends[from].kind) &&
             core_step(c, ends[from]) == CONFORMING && is_allowed_behind(c, e, ends, count, from + 1);
        if (!is) {
            *c = kept[from];
        }
    }
    return is;
}

/* The ends that must have come, the innermost first. */
static unsigned ends_untold(const struct frame frames[], unsigned top, struct event e, unsigned long line,
                            struct event ends[MOST_UNTOLD])
{
    unsigned count = 0;

    while (count < top && count < MOST_UNTOLD && must_have_come_back(&frames[top - 1 - count], e, line)) {
        ends[count] = frames[top - 1 - count].begun;
        ends[count].kind = end_of(ends[count].kind);
        count++;
    }
    return count;
}

static struct finding finding_of(enum requirement requirement, struct event e, unsigned long line,
                                 const struct event ends[], unsigned count)
{
    static const struct finding none;
    struct finding f = none;

    f.requirement = requirement;
    f.kind = TOO_EARLY;
    f.line = line;
    f.event = e;
    f.object = object_of_event(e);
    f.supposed_count = count;
    memcpy(f.supposed, ends, count * sizeof ends[0]);
    return f;
}

/* Of more than these the oldest is forgotten: if it comes late, it comes a second time. */
static struct untold *new_untold(struct judge *j)
{
    if (j->untold_count == MOST_UNTOLD) {
        memmove(&j->untold[0], &j->untold[1], sizeof j->untold - sizeof j->untold[0]);
        j->untold_count--;
    }
    return &j->untold[j->untold_count++];
}

int has_come_back_untold(struct judge *j, struct event e, unsigned long line, struct finding *lacks)
{
    static struct core c;
    struct frame *frames = j->nesting.frames[e.thread];
    unsigned top = j->nesting.depth[e.thread];
    struct event ends[MOST_UNTOLD];
    unsigned count;
    enum requirement broken;

    top -= top > 0 && frames[top - 1].since == line; /* its own */
    count = ends_untold(frames, top, e, line, ends);
    broken = count == 0 ? CONFORMING : breaks(&j->core, e);
    for (unsigned some = 1; broken != CONFORMING && some <= count; some++) {
        c = j->core;
        if (is_allowed_behind(&c, e, ends, some, 0)) {
            struct untold *u = new_untold(j);

            u->lacks = finding_of(REC_01, e, line, ends, some);
            u->early = finding_of(broken, e, line, ends, some);
            u->is_named = beginning_of(e.kind) != NO_EVENT;
            j->core = c;
            for (unsigned i = 0; i < some; i++) {
                frames[top - 1 - i].is_untold = 1;
                frames[top - 1 - i].is_told = 1;
                remember_event(j, ends[i], line);
            }
            *lacks = u->lacks;
            return u->is_named;
        }
    }
    return 0;
}

/* The end that was supposed of it, if it is one of these; or null. */
static struct event *supposed_of(struct untold *u, struct event e)
{
    for (unsigned i = 0; i < u->lacks.supposed_count; i++) {
        struct event *end = &u->lacks.supposed[i];

        if (end->kind == e.kind && end->thread == e.thread && handles_equal(end->object, e.object)) {
            return end;
        }
    }
    return NULL;
}

int is_told_late(struct judge *j, struct event e, struct finding *early)
{
    for (unsigned i = 0; i < j->untold_count; i++) {
        struct untold *u = &j->untold[i];
        struct event *end = supposed_of(u, e);

        if (end != NULL) {
            seen_of(j, object_of_event(e))->is_astray |= end->status != e.status;
            end->kind = NO_EVENT; /* once */
            *early = u->early;
            early->requirement = u->is_named ? CONFORMING : early->requirement;
            u->is_named = 1;
            return 1;
        }
    }
    return 0;
}

/* Something around it has come back, and it has not: of it a line would be one too many. */
static int is_passed(const struct nesting *n, const struct untold *u)
{
    const struct event end = u->lacks.supposed[0];

    for (unsigned i = 0; i < n->depth[end.thread]; i++) {
        const struct frame *frame = &n->frames[end.thread][i];

        if (frame->begun.kind == beginning_of(end.kind) && handles_equal(frame->begun.object, end.object)) {
            return frame->passed != 0;
        }
    }
    return 1;
}

int is_never_told(struct judge *j, int at_the_end, struct finding *lacks)
{
    for (unsigned i = 0; i < j->untold_count; i++) {
        struct untold *u = &j->untold[i];

        if (!u->is_named && (at_the_end || is_passed(&j->nesting, u))) {
            u->is_named = 1;
            *lacks = u->lacks;
            return 1;
        }
    }
    return 0;
}
