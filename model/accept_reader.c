/* accept_reader.c - gives accept.pml the traces whose names stand on standard input, one a line,
 * and prints a verdict for each: one line, read by tests/crosscheck. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/trace.h"

static char **names;
static int name_count = -1;

static struct event *events;
static unsigned long *lines;
static int count, room;
static struct readings readings;
static const char *trace_name;

const char *accept_asked;

static void *grown(void *old, size_t size)
{
    void *larger = realloc(old, size);

    if (larger == NULL) {
        fprintf(stderr, "accept: out of memory\n");
        exit(2);
    }
    return larger;
}

static void read_names(void)
{
    char name[4096];

    name_count = 0;
    while (fgets(name, sizeof name, stdin) != NULL) {
        name[strcspn(name, "\n")] = '\0';
        names = grown(names, (size_t)(name_count + 1) * sizeof *names);
        names[name_count++] = strcpy(grown(NULL, strlen(name) + 1), name);
    }
}

/* 1 if there are more than so many traces. */
int accept_is_trace(int trace)
{
    if (name_count < 0) {
        read_names();
    }
    return trace < name_count;
}

/* Reads this trace, whose events are the next; its readings. */
struct readings accept_begin(int trace)
{
    struct trace_error error;
    struct event e;
    unsigned long line = 1;
    int got;

    trace_name = names[trace];
    FILE *in = fopen(trace_name, "r");
    if (in == NULL) {
        fprintf(stderr, "accept: cannot read %s\n", trace_name);
        exit(2);
    }
    count = 0;
    got = trace_read_header(in, &readings, &error);
    while (got == 1 && (got = trace_read_event(in, &e, &line, &error)) == 1) {
        if (count == room) {
            room = room == 0 ? 256 : 2 * room;
            events = grown(events, (size_t)room * sizeof *events);
            lines = grown(lines, (size_t)room * sizeof *lines);
        }
        events[count] = e;
        lines[count++] = line;
    }
    if (got < 0) {
        fprintf(stderr, "%s:%lu:%lu: expected %s\n", trace_name, error.line, error.column,
                error.expected);
        exit(2);
    }
    fclose(in);
    return readings;
}

/* 1 if there is an event at this position, which is put where event points. */
int accept_next(int position, struct event *event)
{
    if (position < count && event != NULL) {
        *event = events[position];
    }
    return position < count;
}

/* What the level of an event breaks; CONFORMING if nothing, or it is not the core's to judge. */
enum requirement accept_level(struct event e)
{
#define NONE NOT_AN_EVENT
    static const struct {
        uint8_t highest;
        enum requirement requirement;
    } rows[NAMED_EVENT_COUNT] = {
#define EVENT(identifier, verb, name, object, on, status, who, level, requirement, section, judge) \
    [identifier] = {level, requirement},
#include "protocol/vocabulary.def"
#undef EVENT
    };
#undef NONE

    return e.kind < EVENT_KIND_COUNT && e.irql > rows[e.kind].highest ? rows[e.kind].requirement
                                                                      : CONFORMING;
}

/* Whether a row is one that only the other kind of call manager calls: an MCM has a function of
 * its own where there is one of the same name with NdisMCm (MCM-07). */
int accept_other_kind(int kind, int is_miniport)
{
    const char *name = event_name((uint16_t)kind);

    if (strncmp(name, "NdisMCm", 7) == 0) {
        return !is_miniport;
    }
    if (is_miniport && (strncmp(name, "NdisCm", 6) == 0 || strncmp(name, "NdisCo", 6) == 0) &&
        strcmp(event_driver((uint16_t)kind), "manager") == 0) {
        const size_t length = strcspn(name, "/") - 6;
        for (uint16_t other = 1; other < EVENT_KIND_COUNT; other++) {
            if (strncmp(event_name(other), "NdisMCm", 7) == 0 &&
                strncmp(event_name(other) + 7, name + 6, length) == 0 &&
                strcspn(event_name(other) + 7, "/") == length) {
                return 1;
            }
        }
    }
    return 0;
}

/* Whether the call of NdisUnbindAdapter before this position starts no unbind, as its return says. */
int accept_refuses_unbind(int position)
{
    const struct handle binding = events[position - 1].object;

    for (int i = position; i < count; i++) {
        if (events[i].object.slot == binding.slot && events[i].object.generation == binding.generation) {
            if (events[i].kind == ENTER_UNBIND) {
                return 0;
            }
            if (events[i].kind == RETURN_UNBIND_ADAPTER) {
                return events[i].status == RESOURCES;
            }
        }
    }
    return 0;
}

/* The verdict, when so many events have been played and this is broken. */
void accept_end(int position, int broken)
{
    int unjudged = 0;

    for (int i = 0; i < position; i++) {
        unjudged += events[i].kind >= EVENT_KIND_COUNT;
    }
    if (broken != CONFORMING) {
        const uint16_t kind = events[position - 1].kind;
        printf("%s: refused at line %lu: %s %s breaks %s%s%s", trace_name, lines[position - 1],
               event_verb(kind), event_name(kind), requirement_id((enum requirement)broken),
               accept_asked != NULL ? " by " : "", accept_asked != NULL ? accept_asked : "\n");
    } else if (unjudged > 0) {
        printf("%s: accepted %d events, %d not judged\n", trace_name, position - unjudged, unjudged);
    } else {
        printf("%s: accepted %d events\n", trace_name, position);
    }
}
