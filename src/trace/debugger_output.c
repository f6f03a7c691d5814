/* debugger_output.c - see debugger_output.h: reads the lines of the tap, puts them in order,
 * and gives their objects and threads the numbers of a trace. The order of events that NDIS
 * alone knows is found by event_order.c. */
#define _POSIX_C_SOURCE 200809L
#include "debugger_output.h"

#include "event_order.h"
#include "supposed.h"
#include "trace.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_LINE = 4096, MOST_THREADS = UINT8_MAX + 1, NO_OBJECT = 0 };

static const char mark[] = "closeaf-tap ";

/* A driver from its load to its unload: loaded again, it counts from 1. */
struct driver {
    char name[64];
    int is_manager;
    uint32_t highest; /* sequence number so far */
};

struct line {
    size_t driver;
    uint32_t sequence;
    size_t position; /* among all lines of the tap, in the log */
    unsigned long place; /* line of the log */
    unsigned long thread; /* the system's number */
    struct event event; /* by the driver's own names of objects; NO_EVENT: a remark */
    char remark[16], of[64];
};

struct converter {
    const char *path;
    FILE *messages;
    struct debugger_output *found;
    struct driver *drivers;
    size_t driver_count;
    struct line *lines;
    size_t count, room;
};

static int no_memory(const struct converter *c)
{
    fprintf(c->messages, "%s: out of memory\n", c->path);
    return 2;
}

static void say(const struct converter *c, unsigned long place, const char *what,
                const char *which)
{
    fprintf(c->messages, "%s:%lu: %s%s\n", c->path, place, what, which);
}

/* One line of the tap. */

/* A number without sign, up to 32 bits; moves *text past it. */
static int read_number(const char **text, unsigned long *number)
{
    char *end;

    if (**text < '0' || **text > '9') {
        return 0;
    }
    *number = strtoul(*text, &end, 10);
    if (end - *text > 10 || *number > UINT32_MAX) {
        return 0;
    }
    *text = end;
    return 1;
}

/* "client:name ", moves *text past it. */
static int read_driver(const char **text, char *name, size_t size)
{
    const size_t length = strcspn(*text, " ");
    const size_t role = strcspn(*text, " :");

    if (length == 0 || length >= size || (*text)[length] != ' ' ||
        !((role == 6 && strncmp(*text, "client", role) == 0) ||
          (role == 7 && strncmp(*text, "manager", role) == 0) ||
          (role == 3 && strncmp(*text, "mcm", role) == 0))) {
        return 0;
    }
    memcpy(name, *text, length);
    name[length] = '\0';
    *text += length + 1;
    return 1;
}

/* By the reader of traces, after a thread of its own. No tap sees what only the model does; what is
 * judged in traces alone may have been written by hand. */
static int read_event(const char *body, size_t length, struct event *event)
{
    char text[256];
    struct trace_error error;
    unsigned long line = 1;
    FILE *in;
    int result;

    if (length + 5 > sizeof text) {
        return 0;
    }
    length = (size_t)snprintf(text, sizeof text, "t0 %.*s\n", (int)length, body);
    in = fmemopen(text, length, "r");
    if (in == NULL) {
        return 0;
    }
    result = trace_read_event(in, event, &line, &error);
    (void)fclose(in);
    return result == 1 && (event_is_judged(*event) || event->kind >= MODEL_EVENT_COUNT);
}

/* After the mark. *rest: where the line of the tap ends. The number at its end must be the
 * one at its beginning, and nothing of another line between them. */
static int read_tap_line(const char *text, char *driver, size_t size, struct line *l,
                         const char **rest)
{
    unsigned long sequence, again;
    const char *body, *end;
    char over;

    if (!read_driver(&text, driver, size) || !read_number(&text, &sequence) ||
        strncmp(text, " t", 2) != 0) {
        return 0;
    }
    text += 2;
    if (!read_number(&text, &l->thread) || *text != ' ' || sequence == 0) {
        return 0;
    }
    body = ++text;
    end = strstr(body[0] == '#' ? body + 1 : body, " #");
    if (end == NULL) {
        return 0;
    }
    text = end + 2;
    if (!read_number(&text, &again) || again != sequence) {
        return 0;
    }
    *rest = text;
    l->sequence = (uint32_t)sequence;
    l->event.kind = NO_EVENT;
    if (body[0] == '#') {
        char remark[96];
        const size_t length = (size_t)(end - body);

        if (length >= sizeof remark) {
            return 0;
        }
        memcpy(remark, body, length);
        remark[length] = '\0';
        return sscanf(remark, "# %15s %63s %c", l->remark, l->of, &over) == 2;
    }
    return read_event(body, (size_t)(end - body), &l->event);
}

/* Loaded again: it begins with 1 again, far below the last number. */
enum { FAR_BEHIND = 16 };

static struct driver *driver_of(struct converter *c, const char *name, uint32_t sequence)
{
    struct driver *d;

    for (size_t i = c->driver_count; i > 0; i--) {
        d = &c->drivers[i - 1];
        if (strcmp(d->name, name) == 0) {
            if (sequence > 1 || d->highest <= FAR_BEHIND) {
                return d;
            }
            break;
        }
    }
    d = realloc(c->drivers, (c->driver_count + 1) * sizeof *d);
    if (d == NULL) {
        return NULL;
    }
    c->drivers = d;
    d = &c->drivers[c->driver_count++];
    (void)snprintf(d->name, sizeof d->name, "%s", name);
    d->is_manager = name[0] == 'm';
    d->highest = 0;
    return d;
}

static int keep_line(struct converter *c, struct line l, const char *name)
{
    struct driver *d = driver_of(c, name, l.sequence);

    if (d == NULL) {
        return 0;
    }
    if (c->count == c->room) {
        const size_t room = c->room == 0 ? 1024 : c->room * 2;
        struct line *lines = realloc(c->lines, room * sizeof *lines);

        if (lines == NULL) {
            return 0;
        }
        c->lines = lines;
        c->room = room;
    }
    l.driver = (size_t)(d - c->drivers);
    l.position = c->count;
    d->highest = l.sequence > d->highest ? l.sequence : d->highest;
    c->lines[c->count++] = l;
    c->found->lines++;
    return 1;
}

/* All lines of the tap within one piece of the log. */
static int read_piece(struct converter *c, const char *text, unsigned long place)
{
    while ((text = strstr(text, mark)) != NULL) {
        const struct line empty = {.place = place};
        struct line l = empty;
        char name[64];
        const char *rest;

        text += sizeof mark - 1;
        if (!read_tap_line(text, name, sizeof name, &l, &rest)) {
            c->found->damaged++;
            say(c, place, "a line of the tap is cut or mixed with another", "");
        } else if (!keep_line(c, l, name)) {
            return 0;
        } else {
            text = rest;
        }
    }
    return 1;
}

/* A debugger may write UTF-16, with a byte order mark or, as of ASCII alone, with each second byte
 * zero. The lines of the tap are ASCII: any other character becomes a question mark. */
struct text {
    FILE *in;
    enum { BYTES, UTF_16_LE, UTF_16_BE } coding;
    int begins[4]; /* the first bytes, which tell the coding */
    unsigned place; /* which of them is the next */
};

static struct text text_of(FILE *in)
{
    struct text t = {.in = in, .coding = BYTES};
    int *b = t.begins;

    for (unsigned i = 0; i < 4; i++) {
        b[i] = i > 0 && b[i - 1] == EOF ? EOF : getc(in);
    }
    if ((b[0] == 0xFF && b[1] == 0xFE) || (b[0] > 0 && b[1] == 0 && b[2] > 0 && b[3] == 0)) {
        t.coding = UTF_16_LE;
    } else if ((b[0] == 0xFE && b[1] == 0xFF) || (b[0] == 0 && b[1] > 0 && b[2] == 0 && b[3] > 0)) {
        t.coding = UTF_16_BE;
    }
    return t;
}

static int next_byte(struct text *t) { return t->place < 4 ? t->begins[t->place++] : getc(t->in); }

static int next_character(struct text *t)
{
    const int first = next_byte(t);
    const int second = t->coding == BYTES || first == EOF ? 0 : next_byte(t);
    const int low = t->coding == UTF_16_BE ? second : first;

    return first == EOF || second == EOF ? EOF : first + second == low ? low : '?';
}

/* A line of the log that is too long is read in pieces. NUL becomes a space. */
static int read_log(struct converter *c, FILE *in)
{
    struct text log = text_of(in);
    char text[LONGEST_LINE];
    unsigned long place = 1;
    size_t length = 0;
    int ch;

    do {
        ch = next_character(&log);
        if (ch != EOF && ch != '\n') {
            text[length++] = ch == '\0' ? ' ' : (char)ch;
        }
        if (ch == '\n' || ch == EOF || length == sizeof text - 1) {
            text[length] = '\0';
            length = 0;
            if (!read_piece(c, text, place)) {
                return no_memory(c);
            }
            place += ch == '\n' ? 1 : 0;
        }
    } while (ch != EOF);
    if (ferror(in)) {
        fprintf(c->messages, "%s: cannot be read\n", c->path);
        return 2;
    }
    return 0;
}

/* Order. */

static int by_sequence(const void *a, const void *b)
{
    const struct line *x = a, *y = b;

    if (x->driver != y->driver) {
        return x->driver < y->driver ? -1 : 1;
    }
    if (x->sequence != y->sequence) {
        return x->sequence < y->sequence ? -1 : 1;
    }
    return x->position < y->position ? -1 : x->position > y->position;
}

static int by_position(const void *a, const void *b)
{
    const struct line *x = a, *y = b;

    if (x->position != y->position) {
        return x->position < y->position ? -1 : 1;
    }
    return by_sequence(a, b);
}

static int same_event(const struct line *a, const struct line *b)
{
    return a->thread == b->thread && a->event.kind == b->event.kind &&
           a->event.status == b->event.status && a->event.irql == b->event.irql &&
           a->event.object.slot == b->event.object.slot &&
           a->event.object.generation == b->event.object.generation;
}

/* A debugger may show a line twice. */
static void drop_doubles(struct converter *c)
{
    size_t kept = 0;

    for (size_t i = 0; i < c->count; i++) {
        struct line *last = kept > 0 ? &c->lines[kept - 1] : NULL;

        if (last == NULL || last->driver != c->lines[i].driver ||
            last->sequence != c->lines[i].sequence) {
            c->lines[kept++] = c->lines[i];
        } else if (!same_event(last, &c->lines[i])) {
            c->found->damaged++;
            say(c, c->lines[i].place, "another line has this sequence number too, of ",
                c->drivers[last->driver].name);
        }
    }
    c->count = kept;
}

/* What is printed between the taking of a number and the line belongs before the lines that
 * took theirs later: the position of a line is the first of those after it. So an
 * event and what follows from it keep their order, across drivers too. */
static void merge(struct converter *c)
{
    for (size_t i = c->count - 1; i > 0; i--) {
        struct line *a = &c->lines[i - 1], *b = &c->lines[i];

        if (a->driver == b->driver && a->position > b->position) {
            a->position = b->position;
        }
    }
    qsort(c->lines, c->count, sizeof *c->lines, by_position);
}

/* How many lines of its driver are missing before each line. */
static int find_gaps(struct converter *c, uint32_t *gap)
{
    uint32_t *latest = calloc(c->driver_count, sizeof *latest);

    for (size_t i = 0; latest != NULL && i < c->count; i++) {
        const struct line *l = &c->lines[i];

        gap[i] = l->sequence - latest[l->driver] - 1;
        latest[l->driver] = l->sequence;
        if (gap[i] > 0) {
            c->found->missing += gap[i];
            fprintf(c->messages, "%s:%lu: %lu lines of %s are missing before this one, from "
                                 "#%lu on\n",
                    c->path, l->place, (unsigned long)gap[i], c->drivers[l->driver].name,
                    (unsigned long)(l->sequence - gap[i]));
        }
    }
    free(latest);
    return latest != NULL;
}

/* Objects: each driver's own names, and what they stand for. */

struct named {
    size_t driver;
    const char *kind;
    struct handle name;
    size_t object;   /* of event_order */
    size_t previous; /* the one before with the same hash; NO_OBJECT: none */
};

struct naming {
    struct named *named; /* [0] is nobody */
    size_t count, room;
    size_t *last; /* with each hash */
    size_t hashes;
    size_t objects;
};

static size_t *last_of(struct naming *n, size_t driver, const char *kind, struct handle name)
{
    uint64_t h = driver * 31 + (unsigned char)kind[0];

    h = (h * 31 + name.slot) * 0x9E3779B1u + name.generation;
    return &n->last[h % n->hashes];
}

/* The latest name of that number, or NO_OBJECT. */
static size_t find_name(struct naming *n, size_t driver, const char *kind, struct handle name)
{
    size_t i = *last_of(n, driver, kind, name);

    while (i != NO_OBJECT &&
           (n->named[i].driver != driver || strcmp(n->named[i].kind, kind) != 0 ||
            n->named[i].name.slot != name.slot ||
            n->named[i].name.generation != name.generation)) {
        i = n->named[i].previous;
    }
    return i;
}

static int add_name(struct naming *n, size_t driver, const char *kind, struct handle name,
                    size_t object)
{
    size_t *last = last_of(n, driver, kind, name);
    const struct named entry = {driver, kind, name, object, *last};

    if (n->count == n->room) {
        struct named *named = realloc(n->named, (n->room * 2 + 64) * sizeof *named);

        if (named == NULL) {
            return 0;
        }
        n->named = named;
        n->room = n->room * 2 + 64;
    }
    *last = n->count;
    n->named[n->count++] = entry;
    return 1;
}

/* With which an object appears: by a driver's call, or by NDIS's. */
enum birth { NO_BIRTH, BY_CALL, BY_NDIS };

static enum birth birth_of(uint16_t kind)
{
    switch (kind) {
    case ENTER_BIND:
    case ENTER_INITIALIZE:
    case OPEN_AF_ENTER:
    case SAP_REGISTER_ENTER:
    case VC_CREATE_BY_CLIENT_ENTER:
    case VC_CREATE_BY_MANAGER_ENTER:
    case PARTY_ADD_ENTER:
    case REQUEST_BY_CLIENT_ENTER:
    case REQUEST_BY_MANAGER_ENTER: return BY_NDIS;
    default: return begins_its_object(kind) ? BY_CALL : NO_BIRTH;
    }
}

/* What a driver asks NDIS for NDIS tells the other one of on the same thread, before the
 * call returns: so the two names of an object are known for one. */
static size_t asked_for(const struct converter *c, struct naming *n, size_t line)
{
    const struct line *told = &c->lines[line];
    const char *kind = event_object(told->event.kind);
    size_t i = line;

    while (i > 0) {
        const struct line *l = &c->lines[--i];
        if (l->thread != told->thread) {
            continue;
        }
        if (birth_of(l->event.kind) == BY_CALL && l->driver != told->driver &&
            strcmp(event_object(l->event.kind), kind) == 0) {
            const size_t name = find_name(n, l->driver, kind, l->event.object);

            return name == NO_OBJECT ? NO_OBJECT : n->named[name].object;
        }
        break;
    }
    return NO_OBJECT;
}

/* The object of a name; *begins: it appears here. */
static int object_of(struct converter *c, struct naming *n, size_t line, const char *kind,
                     struct handle name, enum birth birth, size_t *object, uint8_t *begins)
{
    const struct line *l = &c->lines[line];
    const size_t known = find_name(n, l->driver, kind, name);

    if (birth != NO_BIRTH && known != NO_OBJECT) {
        c->found->damaged++;
        say(c, l->place, "slot and generation name a second object: ", kind);
    }
    if (birth == NO_BIRTH && known != NO_OBJECT) {
        *object = n->named[known].object;
        return 1;
    }
    *object = NO_OBJECT;
    if (name.generation == 0) {
        return 1; /* the tap did not know the handle either */
    }
    if (birth == BY_NDIS) {
        *object = asked_for(c, n, line);
    }
    if (*object == NO_OBJECT) {
        *object = ++n->objects;
        *begins = birth != NO_BIRTH ? 1 : 0;
    }
    return add_name(n, l->driver, kind, name, *object);
}

/* Threads: numbers of a trace for those of the system. One that nobody is inside any more
 * may be given up for another, if there are too many. */
struct threads {
    unsigned long system[MOST_THREADS];
    size_t last[MOST_THREADS];
    unsigned depth[MOST_THREADS];
    unsigned count;
};

static int goes_in(const char *verb)
{
    return strcmp(verb, "call") == 0 || strcmp(verb, "enter") == 0;
}

static unsigned thread_number(struct threads *t, unsigned long system)
{
    unsigned oldest = MOST_THREADS;

    for (unsigned i = 0; i < t->count; i++) {
        if (t->system[i] == system) {
            return i;
        }
        if (t->depth[i] == 0 && (oldest == MOST_THREADS || t->last[i] < t->last[oldest])) {
            oldest = i;
        }
    }
    if (t->count < MOST_THREADS) {
        oldest = t->count++;
    }
    if (oldest < MOST_THREADS) {
        t->system[oldest] = system;
        t->depth[oldest] = 0;
    }
    return oldest;
}

static int number_threads(struct converter *c)
{
    struct threads t = {.count = 0};

    for (size_t i = 0; i < c->count; i++) {
        struct line *l = &c->lines[i];
        const unsigned n = thread_number(&t, l->thread);
        const char *verb = l->event.kind != NO_EVENT ? event_verb(l->event.kind) : l->remark;

        if (n == MOST_THREADS) {
            say(c, l->place, "more than 256 threads are inside calls at once", "");
            return 2;
        }
        l->event.thread = (uint8_t)n;
        t.last[n] = i;
        if (goes_in(verb)) {
            t.depth[n]++;
        } else if (strcmp(verb, "do") != 0 && t.depth[n] > 0) {
            t.depth[n]--;
        }
    }
    return 0;
}

/* When NDIS may have seen an event: between the lines of its thread around it. In quarters of
 * a position; a line itself stands at 4 * position. */
static void set_moments(struct converter *c, struct order_event *events)
{
    size_t latest[MOST_THREADS];
    const char *verb;

    for (size_t i = 0; i < MOST_THREADS; i++) {
        latest[i] = 0;
    }
    for (size_t i = 0; i < c->count; i++) { /* not before the line before */
        events[i].earliest = 4 * (i + 1);
        events[i].latest = 4 * (i + 1);
        if (c->lines[i].event.kind != NO_EVENT) {
            verb = event_verb(c->lines[i].event.kind);
            if (strcmp(verb, "enter") == 0 || strcmp(verb, "return") == 0) {
                events[i].earliest = latest[c->lines[i].event.thread] + 1;
            }
        }
        latest[c->lines[i].event.thread] = 4 * (i + 1);
    }
    for (size_t i = 0; i < MOST_THREADS; i++) {
        latest[i] = 4 * (c->count + 1);
    }
    for (size_t i = c->count; i > 0; i--) { /* not after the next one */
        const struct line *l = &c->lines[i - 1];

        if (l->event.kind != NO_EVENT) {
            verb = event_verb(l->event.kind);
            if (strcmp(verb, "call") == 0 || strcmp(verb, "leave") == 0) {
                events[i - 1].latest = latest[l->event.thread] - 1;
            }
        }
        latest[l->event.thread] = 4 * i;
    }
}

static int name_objects(struct converter *c, struct order_event *events, size_t *objects)
{
    struct naming n = {.count = 1, .room = 1, .hashes = c->count + 1};
    int good;

    n.named = calloc(1, sizeof *n.named);
    n.last = calloc(n.hashes, sizeof *n.last);
    good = n.named != NULL && n.last != NULL;
    for (size_t i = 0; good && i < c->count; i++) {
        const struct line *l = &c->lines[i];
        const uint16_t kind = l->event.kind;
        uint8_t ignored;

        events[i].event = l->event;
        if (kind == NO_EVENT) {
            continue;
        }
        events[i].is_manager = (uint8_t)c->drivers[l->driver].is_manager;
        if (event_on(kind)[0] != '\0') {
            good = object_of(c, &n, i, event_on(kind), l->event.on, NO_BIRTH, &events[i].on,
                             &ignored);
        }
        good = good && object_of(c, &n, i, event_object(kind), l->event.object, birth_of(kind),
                                 &events[i].object, &events[i].begins);
    }
    *objects = n.objects + 1;
    free(n.named);
    free(n.last);
    return good;
}

static void tell_overflow(struct converter *c, const struct line *l)
{
    if (l->event.kind == NO_EVENT && strcmp(l->remark, "overflow") == 0) {
        c->found->damaged++;
        say(c, l->place, "TAP_SLOTS is too small for another object: ", l->of);
    }
}

static void write_list(struct converter *c, const struct order *order, const uint32_t *gap,
                       FILE *out)
{
    for (size_t i = 0; i < order->count; i++) {
        const struct ordered *o = &order->list[i];

        if (o->from != NOT_RECORDED) {
            const struct line *l = &c->lines[o->from];

            if (gap[o->from] > 0) {
                fprintf(out, "# missing: %lu lines of the tap of %s, from #%lu on\n",
                        (unsigned long)gap[o->from], c->drivers[l->driver].name,
                        (unsigned long)(l->sequence - gap[o->from]));
            }
            tell_overflow(c, l);
        }
        if (o->event.kind != NO_EVENT) {
            trace_write_event(out, o->event);
        }
    }
}

static int write_trace(struct converter *c, struct readings readings, FILE *out)
{
    struct order_event *events = calloc(c->count + 1, sizeof *events);
    uint32_t *gap = calloc(c->count, sizeof *gap);
    struct order order = {0};
    size_t objects = 0;
    int good = events != NULL && gap != NULL && find_gaps(c, gap) &&
               name_objects(c, events, &objects);

    if (good) {
        set_moments(c, events);
        good = order_find(&order, readings, events, c->count, objects);
    }
    if (good) {
        trace_write_header(out, readings);
        write_list(c, &order, gap, out);
        c->found->moved = order.moved;
        c->found->filled = order.filled;
    }
    order_free(&order);
    free(events);
    free(gap);
    return good ? 0 : no_memory(c);
}

int debugger_output_convert(FILE *in, const char *path, struct readings readings, FILE *out,
                            FILE *messages, struct debugger_output *found)
{
    const struct debugger_output nothing = {0};
    struct converter c = {.path = path, .messages = messages, .found = found};
    int result;

    *found = nothing;
    result = read_log(&c, in);
    if (result == 0 && c.count == 0) {
        fprintf(messages, "%s: has no line of the tap (closeaf-tap)\n", path);
        result = 2;
    }
    if (result == 0) {
        qsort(c.lines, c.count, sizeof *c.lines, by_sequence);
        drop_doubles(&c);
        merge(&c);
        result = number_threads(&c);
    }
    if (result == 0) {
        result = write_trace(&c, readings, out);
    }
    free(c.lines);
    free(c.drivers);
    if (result == 0 && (found->missing > 0 || found->damaged > 0)) {
        result = 1;
    }
    return result;
}
