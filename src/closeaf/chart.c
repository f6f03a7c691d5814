/* chart.c - see chart.h. The file is read twice: once for the actors, once to draw. */
#include "chart_styles.h"

#include <string.h>

/* Slot 0 is the call manager's binding, so that of no client. */
#define UNKNOWN_CLIENT 0u

/* Whose an AF is stands in the line that opened it; a VC is its AF's, a party its VC's. As
 * many of each are remembered as a reader can follow; an older handle's client is drawn as
 * unknown. */
#define REMEMBERED 256u

struct owned {
    struct handle object;
    uint32_t client;
};

struct owners {
    struct owned owned[REMEMBERED];
    size_t count;
};

struct chart {
    struct owners afs, vcs;
    struct columns columns;
};

static void remember(struct owners *o, struct handle object, uint32_t client)
{
    o->owned[o->count % REMEMBERED].object = object;
    o->owned[o->count % REMEMBERED].client = client;
    o->count++;
}

static uint32_t owner_of(const struct owners *o, struct handle object)
{
    for (size_t i = o->count; i > 0 && i + REMEMBERED > o->count; i--) {
        const struct owned *known = &o->owned[(i - 1) % REMEMBERED];

        if (known->object.slot == object.slot && known->object.generation == object.generation) {
            return known->client;
        }
    }
    return UNKNOWN_CLIENT;
}

/* The AF that a line speaks of; one of a binding or a driver speaks of none. */
static struct handle af_of(struct event e)
{
    const struct handle none = {0, 0};

    return strcmp(event_object(e.kind), "af") == 0 ? e.object
           : strcmp(event_on(e.kind), "af") == 0   ? e.on
                                                   : none;
}

static uint32_t client_of(const struct chart *c, struct event e)
{
    return strcmp(event_on(e.kind), "vc") == 0 ? owner_of(&c->vcs, e.on)
                                               : owner_of(&c->afs, af_of(e));
}

/* Opening an AF says on which binding, so whose it is. */
static int is_opened_by(struct event e)
{
    return strcmp(event_on(e.kind), "binding") == 0;
}

static void learn(struct chart *c, struct event e)
{
    if (is_opened_by(e)) {
        remember(&c->afs, e.object, e.on.slot);
    } else if (strcmp(event_object(e.kind), "vc") == 0) {
        const uint32_t client = client_of(c, e);

        if (client != owner_of(&c->vcs, e.object)) {
            remember(&c->vcs, e.object, client);
        }
    }
}

static int driver_is(struct event e, const char *driver)
{
    return strcmp(event_driver(e.kind), driver) == 0;
}

/* The column of the driver at the other end of NDIS. */
static uint32_t column_of(const struct chart *c, struct event e)
{
    uint32_t client;

    if (driver_is(e, "system")) {
        return NDIS_COLUMN;
    }
    if (driver_is(e, "manager") ||
        (driver_is(e, "owner") && e.object.slot == MANAGER_BINDING)) {
        return MANAGER_COLUMN;
    }
    client = driver_is(e, "owner") ? e.object.slot : client_of(c, e);
    return NDIS_COLUMN + (client == UNKNOWN_CLIENT ? c->columns.clients + 1 : client);
}

/* The two ends of the arrow; equal for what an actor does by itself. */
static void arrow_of(const struct chart *c, struct event e, uint32_t *from, uint32_t *to)
{
    uint32_t driver = column_of(c, e);
    const char *verb = event_verb(e.kind);

    *from = strcmp(verb, "return") == 0 || strcmp(verb, "enter") == 0 ? NDIS_COLUMN : driver;
    *to = strcmp(verb, "call") == 0 || strcmp(verb, "leave") == 0 ? NDIS_COLUMN : driver;
}

/* Marks what the core finds broken and what the comments say is, and ends the event: 0,
 * or -1 with the error. */
static int draw_breaches(FILE *in, const struct chart_writer *w, FILE *out,
                         const struct chart *c, const struct row_of_chart *row,
                         enum requirement found, unsigned long *line,
                         struct trace_error *error)
{
    enum requirement broken = found;
    char comment[64];
    int more = 1;

    if (found != CONFORMING) {
        w->breach(out, requirement_id(found));
    }
    while (more > 0 &&
           (more = trace_read_comment(in, comment, sizeof comment, line, error)) > 0) {
        enum requirement said = trace_breach(comment);

        if (said != CONFORMING && said != broken) {
            w->breach(out, requirement_id(said));
            broken = said;
        }
    }
    w->end(out, &c->columns, row, broken != CONFORMING);
    return more;
}

/* The first reading: who takes part. */
static int survey(FILE *in, struct chart *c, struct trace_error *error)
{
    struct readings readings;
    struct event e;
    unsigned long line = 1;
    int more = trace_read_header(in, &readings, error);

    while (more > 0 && (more = trace_read_event(in, &e, &line, error)) > 0) {
        uint32_t client = is_opened_by(e)         ? e.on.slot
                          : driver_is(e, "owner") ? e.object.slot
                                                  : 0;

        if (client >= MAX_BINDING) {
            error->line = line;
            error->column = 1;
            (void)snprintf(error->expected, sizeof error->expected,
                           "a binding in slot 0 to %u",
                           (unsigned)MAX_BINDING - 1);
            return -1;
        }
        learn(c, e);
        if (driver_is(e, "client")) {
            client = client_of(c, e);
            c->columns.has_unknown |= client == UNKNOWN_CLIENT;
        }
        if (client > c->columns.clients) {
            c->columns.clients = client;
        }
        c->columns.rows++;
    }
    return more;
}

int chart_draw(FILE *in, enum chart_style style, FILE *out, struct trace_error *error)
{
    static struct chart c;
    static const struct chart empty;
    const struct chart_writer *w = &chart_writers[style];
    struct row_of_chart row = {.line = 1};
    unsigned long line = 1;
    struct readings readings;
    struct core core;
    enum requirement broken;
    int all_judged = 1;
    int more;

    c = empty;
    if (survey(in, &c, error) < 0) {
        return -1;
    }
    c.columns.rows += 2; /* there may be as many remarks */
    c.afs.count = 0;
    c.vcs.count = 0;
    rewind(in);
    more = trace_read_header(in, &readings, error);
    core_initialise(&core, readings);
    w->head(out, &c.columns);
    while (more > 0 && !ferror(out) &&
           (more = trace_read_event(in, &row.event, &line, error)) > 0) {
        row.line = line;
        learn(&c, row.event);
        if (all_judged && !event_is_judged(row.event)) {
            w->remark(out, &c.columns, row.number++, "",
                      "not judged: events about a driver as a whole", "");
            all_judged = 0;
        }
        arrow_of(&c, row.event, &row.from, &row.to);
        w->begin(out, &c.columns, &row);
        broken = event_is_judged(row.event) ? core_step(&core, row.event) : CONFORMING;
        more = draw_breaches(in, w, out, &c, &row, broken, &line, error) < 0 ? -1 : 1;
        row.number++;
    }
    broken = core_owes(&core);
    if (broken != CONFORMING) {
        w->remark(out, &c.columns, row.number, "end", "left undone: ", requirement_id(broken));
    }
    fputs(w->tail, out);
    return more;
}
