/* chart.c - see chart.h. The file is read twice: once for the actors, once to draw. */
#include "chart.h"

#include <string.h>

/* Actors: the call manager, NDIS, clients by their binding's slot, and, behind the
 * last of them, a client whose AF the trace has not opened. */
#define MANAGER 0u
#define NDIS 1u
#define UNKNOWN_CLIENT 0u

/* Whose an AF is stands in the line that opened it. As many openings are remembered
 * as a reader can follow; an older handle's client is drawn as unknown. */
#define REMEMBERED 256u

struct opening {
    struct handle af;
    uint32_t client;
};

struct chart {
    struct opening opening[REMEMBERED];
    size_t openings;
    uint32_t clients; /* highest slot of a client's binding */
    int has_unknown;
};

static void remember(struct chart *c, struct handle af, uint32_t client)
{
    c->opening[c->openings % REMEMBERED].af = af;
    c->opening[c->openings % REMEMBERED].client = client;
    c->openings++;
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
    struct handle af = af_of(e);

    for (size_t i = c->openings; i > 0 && i + REMEMBERED > c->openings; i--) {
        const struct opening *o = &c->opening[(i - 1) % REMEMBERED];

        if (o->af.slot == af.slot && o->af.generation == af.generation) {
            return o->client;
        }
    }
    return UNKNOWN_CLIENT;
}

/* Opening an AF says on which binding, so whose it is. */
static int is_opened_by(struct event e)
{
    return strcmp(event_on(e.kind), "binding") == 0;
}

static void learn(struct chart *c, struct event e)
{
    if (is_opened_by(e)) {
        remember(c, e.object, e.on.slot);
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
        return NDIS;
    }
    if (driver_is(e, "manager") ||
        (driver_is(e, "owner") && e.object.slot == MANAGER_BINDING)) {
        return MANAGER;
    }
    client = driver_is(e, "owner") ? e.object.slot : client_of(c, e);
    return NDIS + (client == UNKNOWN_CLIENT ? c->clients + 1 : client);
}

static uint32_t column_count(const struct chart *c)
{
    return NDIS + 1 + c->clients + (c->has_unknown ? 1 : 0);
}

static void name_column(const struct chart *c, uint32_t column, char *name, size_t size)
{
    if (column == MANAGER || column == NDIS) {
        (void)snprintf(name, size, "%s", column == MANAGER ? "call manager" : "NDIS");
    } else if (column - NDIS > c->clients) {
        (void)snprintf(name, size, "client ?");
    } else {
        (void)snprintf(name, size, "client %u", (unsigned)(column - NDIS));
    }
}

/* The two ends of the arrow; equal for what an actor does by itself. */
static void arrow_of(const struct chart *c, struct event e, uint32_t *from, uint32_t *to)
{
    uint32_t driver = column_of(c, e);
    const char *verb = event_verb(e.kind);

    *from = strcmp(verb, "return") == 0 || strcmp(verb, "enter") == 0 ? NDIS : driver;
    *to = strcmp(verb, "call") == 0 || strcmp(verb, "leave") == 0 ? NDIS : driver;
}

static int is_answer(struct event e)
{
    return strcmp(event_verb(e.kind), "return") == 0 ||
           strcmp(event_verb(e.kind), "leave") == 0;
}

static void write_label(FILE *out, struct event e)
{
    fprintf(out, "%s(%s:%lu.%lu", event_name(e.kind), event_object(e.kind),
            (unsigned long)e.object.slot, (unsigned long)e.object.generation);
    if (strcmp(event_on(e.kind), "af") == 0) {
        fprintf(out, " af:%lu.%lu", (unsigned long)e.on.slot, (unsigned long)e.on.generation);
    }
    fputc(')', out);
    if (e.status != NO_STATUS) {
        fprintf(out, " %s%s", is_answer(e) ? "returns " : "", status_name(e.status));
    }
}

/* Text: the arrows at the left, each column of the same width, the label behind. */

#define WIDTH 14u

static void text_head(FILE *out, const struct chart *c)
{
    char name[32];

    fprintf(out, "%6s ", "line");
    for (uint32_t i = 0; i < column_count(c); i++) {
        name_column(c, i, name, sizeof name);
        fprintf(out, "%*s%-*s", (int)((WIDTH - strlen(name)) / 2), "",
                (int)(WIDTH - (WIDTH - strlen(name)) / 2), name);
    }
    fputc('\n', out);
}

static char text_cell(uint32_t from, uint32_t to, uint32_t place, int answer)
{
    uint32_t low = (from < to ? from : to) * WIDTH + WIDTH / 2;
    uint32_t high = (from < to ? to : from) * WIDTH + WIDTH / 2;

    if (from == to && place == low) {
        return '*';
    }
    if (place % WIDTH == WIDTH / 2 && (place <= low || place >= high)) {
        return '|';
    }
    if (place <= low || place >= high) {
        return ' ';
    }
    if (place == high - 1 && from < to) {
        return '>';
    }
    if (place == low + 1 && from > to) {
        return '<';
    }
    return answer && place % 2 == 0 ? ' ' : '-';
}

static void text_event(FILE *out, const struct chart *c, unsigned long line,
                       struct event e)
{
    uint32_t from, to;

    arrow_of(c, e, &from, &to);
    fprintf(out, "%6lu ", line);
    for (uint32_t i = 0; i < column_count(c) * WIDTH; i++) {
        fputc(text_cell(from, to, i, is_answer(e)), out);
    }
    write_label(out, e);
}

/* mscgen. */

static void msc_head(FILE *out, const struct chart *c)
{
    char name[32];

    /* mscgen divides one width among the actors; the longest label needs 0.8 each. */
    fprintf(out, "msc {\n  hscale=\"%.1f\";\n  ", 0.8 * column_count(c));
    for (uint32_t i = 0; i < column_count(c); i++) {
        name_column(c, i, name, sizeof name);
        fprintf(out, "%sa%u [label=\"%s\"]", i == 0 ? "" : ", ", (unsigned)i, name);
    }
    fprintf(out, ";\n");
}

static void msc_event(FILE *out, const struct chart *c, struct event e)
{
    uint32_t from, to;

    arrow_of(c, e, &from, &to);
    fprintf(out, "  a%u %s a%u [label=\"", (unsigned)from,
            from == to ? "box" : is_answer(e) ? ">>" : "=>", (unsigned)to);
    write_label(out, e);
}

/* Both styles. What an event breaks is written behind its label, and then its end. */

static void write_breach(FILE *out, enum chart_style style, enum requirement broken)
{
    fprintf(out, "%sbreaks %s", style == CHART_TEXT ? "  <== " : "\\n",
            requirement_id(broken));
}

static void write_end(FILE *out, enum chart_style style, int is_broken)
{
    if (style == CHART_TEXT) {
        fputc('\n', out);
    } else {
        fprintf(out, "\"%s];\n",
                is_broken ? ", linecolour=\"red\", textcolour=\"red\"" : "");
    }
}

/* A line between the events, or at the end of them all. */
static void write_remark(FILE *out, enum chart_style style, const char *place,
                         const char *remark, const char *id)
{
    if (style == CHART_TEXT) {
        fprintf(out, "%6s %s%s\n", place, remark, id);
    } else {
        fprintf(out, "  --- [label=\"%s%s\", textcolour=\"red\"];\n", remark, id);
    }
}

/* Marks what the core finds broken and what the comments say is, and ends the event: 0,
 * or -1 with the error. */
static int draw_breaches(FILE *in, enum chart_style style, FILE *out, enum requirement found,
                         unsigned long *line, struct trace_error *error)
{
    enum requirement broken = found;
    char comment[64];
    int more = 1;

    if (found != CONFORMING) {
        write_breach(out, style, found);
    }
    while (more > 0 &&
           (more = trace_read_comment(in, comment, sizeof comment, line, error)) > 0) {
        enum requirement said = trace_breach(comment);

        if (said != CONFORMING && said != broken) {
            write_breach(out, style, said);
            broken = said;
        }
    }
    write_end(out, style, broken != CONFORMING);
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
                           "a binding that the core knows: slot 0 to %u",
                           (unsigned)MAX_BINDING - 1);
            return -1;
        }
        learn(c, e);
        if (driver_is(e, "client")) {
            client = client_of(c, e);
            c->has_unknown |= client == UNKNOWN_CLIENT;
        }
        if (client > c->clients) {
            c->clients = client;
        }
    }
    return more;
}

int chart_draw(FILE *in, enum chart_style style, FILE *out, struct trace_error *error)
{
    static struct chart c;
    static const struct chart empty;
    struct readings readings;
    struct core core;
    struct event e;
    unsigned long line = 1;
    enum requirement broken;
    int is_judged = 1;
    int more;

    c = empty;
    if (survey(in, &c, error) < 0) {
        return -1;
    }
    c.openings = 0;
    rewind(in);
    more = trace_read_header(in, &readings, error);
    core_initialise(&core, readings);
    if (style == CHART_TEXT) {
        text_head(out, &c);
    } else {
        msc_head(out, &c);
    }
    while (more > 0 && (more = trace_read_event(in, &e, &line, error)) > 0) {
        learn(&c, e);
        if (is_judged && !event_is_judged(e)) {
            write_remark(out, style, "",
                         "from here on the core does not judge; only the model does", "");
            is_judged = 0;
        }
        if (style == CHART_TEXT) {
            text_event(out, &c, line, e);
        } else {
            msc_event(out, &c, e);
        }
        broken = is_judged ? core_step(&core, e) : CONFORMING;
        more = draw_breaches(in, style, out, broken, &line, error) < 0 ? -1 : 1;
    }
    broken = is_judged ? core_unmet(&core) : CONFORMING;
    if (broken != CONFORMING) {
        write_remark(out, style, "end", "left undone: ", requirement_id(broken));
    }
    if (style == CHART_MSC) {
        fprintf(out, "}\n");
    }
    return more;
}
