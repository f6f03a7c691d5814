/* nesting.c - see nesting.h. */
#include "nesting.h"

#include "trace.h"

#include <string.h>

int returns_a_request(uint16_t kind)
{
    return kind == OID_REQUEST_RETURN || kind == SET_FILTER_RETURN || kind == CLEAR_FILTER_RETURN ||
           kind == WITHDRAW_OFFLOADS_RETURN || kind == DIRECT_REQUEST_RETURN;
}

static const char *verb_of_beginning(uint16_t end)
{
    return returns_a_request(end)                   ? NULL
           : strcmp(event_verb(end), "return") == 0 ? "call"
           : strcmp(event_verb(end), "leave") == 0  ? "enter"
                                                    : NULL;
}

/* From this kind on the first with that verb, and with name and object of the other. */
static uint16_t find_kind(uint16_t first, uint16_t behind, const char *verb, uint16_t other)
{
    for (uint16_t kind = first; kind < behind; kind++) {
        if (strcmp(event_verb(kind), verb) == 0 &&
            strcmp(event_name(kind), event_name(other)) == 0 &&
            strcmp(event_object(kind), event_object(other)) == 0) {
            return kind;
        }
    }
    return NO_EVENT;
}

uint16_t beginning_of(uint16_t kind)
{
    static uint16_t beginnings[NAMED_EVENT_COUNT];
    static int are_known;

    for (uint16_t end = NO_EVENT + 1; !are_known && end < NAMED_EVENT_COUNT; end++) {
        const char *verb = verb_of_beginning(end);

        beginnings[end] = verb == NULL ? (uint16_t)NO_EVENT
                                       : find_kind(NO_EVENT + 1, NAMED_EVENT_COUNT, verb, end);
    }
    are_known = 1;
    if (kind >= NAMED_EVENT_COUNT) {
        const char *verb = verb_of_beginning(kind);

        return verb == NULL ? (uint16_t)NO_EVENT
                            : find_kind(NAMED_EVENT_COUNT, NAMED_EVENT_COUNT + MOST_UNKNOWN, verb,
                                        kind);
    }
    return beginnings[kind];
}

int has_an_end(uint16_t kind)
{
    static uint8_t has[NAMED_EVENT_COUNT];
    static int are_known;

    for (uint16_t end = NO_EVENT + 1; !are_known && end < NAMED_EVENT_COUNT; end++) {
        has[beginning_of(end)] = 1;
    }
    are_known = 1;
    if (kind >= NAMED_EVENT_COUNT) {
        return strcmp(event_verb(kind), "call") == 0 || strcmp(event_verb(kind), "enter") == 0;
    }
    return kind != NO_EVENT && has[kind];
}

int is_open_frame(const struct frame *frame) { return frame->passed == 0 && !frame->is_untold; }

static void push(struct nesting *n, struct event e, unsigned long line)
{
    struct frame *frames = n->frames[e.thread];
    struct frame *top;

    if (n->depth[e.thread] == MOST_FRAMES) { /* returns that are not told: the oldest is forgotten */
        memmove(&frames[0], &frames[1], sizeof frames[0] * (MOST_FRAMES - 1));
        n->depth[e.thread]--;
    }
    top = &frames[n->depth[e.thread]++];
    memset(top, 0, sizeof *top);
    top->begun = e;
    top->since = line;
}

static void take_out(struct nesting *n, uint8_t thread, unsigned place)
{
    struct frame *frames = n->frames[thread];

    n->depth[thread]--;
    memmove(&frames[place], &frames[place + 1], sizeof frames[0] * (n->depth[thread] - place));
}

/* The frame of this end on this thread, from the innermost outwards; MOST_FRAMES: there is none. */
static unsigned frame_of(const struct nesting *n, uint8_t thread, struct event end)
{
    const uint16_t begin = beginning_of(end.kind);

    for (unsigned place = n->depth[thread]; place > 0; place--) {
        const struct event begun = n->frames[thread][place - 1].begun;

        if (begun.kind == begin && begun.object.slot == end.object.slot &&
            begun.object.generation == end.object.generation) {
            return place - 1;
        }
    }
    return MOST_FRAMES;
}

/* It comes back on another thread than it was begun on: that frame is over too. 0: it never was. */
static int forget_elsewhere(struct nesting *n, struct event end)
{
    for (unsigned thread = 0; thread < THREADS; thread++) {
        const unsigned place = frame_of(n, (uint8_t)thread, end);

        if (place != MOST_FRAMES) {
            take_out(n, (uint8_t)thread, place);
            return 1;
        }
    }
    return 0;
}

/* The same line has passed others on this thread: it is named once. */
static void is_told_of_all(struct nesting *n, uint8_t thread, unsigned long passed)
{
    for (unsigned place = 0; place < n->depth[thread]; place++) {
        n->frames[thread][place].is_told |= n->frames[thread][place].passed == passed;
    }
}

/* So is a level that falls, of all in which it falls. */
static void is_told_of_all_above(struct nesting *n, struct event e)
{
    for (unsigned place = 0; place < n->depth[e.thread]; place++) {
        n->frames[e.thread][place].is_told |= n->frames[e.thread][place].begun.irql > e.irql;
    }
}

static unsigned long come_back(struct nesting *n, struct event e, unsigned long line,
                               struct event *wrong)
{
    const unsigned place = frame_of(n, e.thread, e);
    struct frame *frames = n->frames[e.thread];
    unsigned long passed;

    *wrong = e;
    if (place == MOST_FRAMES) {
        n->lacks_beginning = !forget_elsewhere(n, e);
        n->ends_nothing = 1;
        if (n->lacks_beginning && n->depth[e.thread] > 0 &&
            frames[n->depth[e.thread] - 1].begun.kind == beginning_of(e.kind)) {
            n->instead = frames[n->depth[e.thread] - 1].begun;
            take_out(n, e.thread, n->depth[e.thread] - 1u);
        }
        /* That DriverEntry was entered is seldom told. */
        return e.kind == DRIVER_ENTRY_LEAVE && n->lacks_beginning ? 0 : line;
    }
    for (unsigned inner = place + 1; inner < n->depth[e.thread]; inner++) {
        if (frames[inner].passed == 0) {
            frames[inner].passed = line;
            frames[inner].passed_by = e;
        }
    }
    passed = frames[place].is_told ? 0 : frames[place].passed;
    if (passed != 0) {
        *wrong = frames[place].passed_by;
        is_told_of_all(n, e.thread, passed);
    }
    take_out(n, e.thread, place);
    return passed;
}

unsigned long nest(struct nesting *n, struct event e, unsigned long line, struct event *wrong)
{
    unsigned long found = 0;
    unsigned place = n->depth[e.thread];

    n->lacks_beginning = 0;
    n->ends_nothing = 0;
    n->instead.kind = NO_EVENT;
    n->last[e.thread] = e;
    n->last_line[e.thread] = line;
    if (beginning_of(e.kind) != NO_EVENT) {
        return come_back(n, e, line, wrong);
    }
    while (place > 0 && event_is_unknown(n->frames[e.thread][place - 1].begun)) {
        place--;
    }
    if (place > 0 && !event_is_unknown(e)) {
        const struct frame *top = &n->frames[e.thread][place - 1];

        if (top->passed == 0 && !top->is_told && e.irql < top->begun.irql) {
            is_told_of_all_above(n, e);
            *wrong = e;
            found = line;
        }
    }
    if (has_an_end(e.kind)) {
        push(n, e, line);
    }
    return found;
}
