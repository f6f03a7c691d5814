/* find_rules.c - looks for a short trace that breaks a requirement, and only it, for each
 * requirement that the core can name; run by tests/find_rules, built with small tables.
 *
 * From each state of a given trace, breadth first through what the core accepts. A state is followed further only if two of its records stand side by side as they
 * have not before (a search of width 2): that keeps the search small and reaches nearly
 * everything, for a rule seldom looks at more than two records. What is found is a path, an
 * event that is refused, and, from where the judge goes on, a shortest path to a state in which
 * nothing is left undone. */
#include "trace/findings.h"

#include <stdlib.h>
#include <string.h>

static _Noreturn void give_up(const char *what)
{
    fprintf(stderr, "find_rules: %s\n", what);
    exit(2);
}

/* The states met, each with the event that led to it. */
struct node {
    struct core core;
    struct event by;
    uint32_t from, depth;
    uint32_t next, to_rest; /* towards a state at rest; UNREACHED if there is none */
};

#define UNREACHED UINT32_MAX
static struct node *nodes;
static uint32_t node_count, most_nodes;

struct edge {
    uint32_t from, to;
    struct event by;
};
static struct edge *edges;
static size_t edge_count, edge_room;

/* Hash sets of what was met: states, and pairs of records. */

struct set {
    uint64_t *key;
    uint32_t *value;
    size_t room, count;
};

static uint64_t hash(const void *bytes, size_t size, uint64_t seed)
{
    const unsigned char *p = bytes;
    uint64_t h = seed ^ 0xCBF29CE484222325u;

    for (size_t i = 0; i < size; i++) {
        h = (h ^ p[i]) * 0x100000001B3u;
    }
    h ^= h >> 29;
    return h == 0 ? 1 : h;
}

/* The place of the key; what stands there is 0 if it was not met. */
static uint32_t *find(struct set *s, uint64_t key)
{
    size_t at;

    if (s->count * 2 >= s->room) {
        struct set larger = {calloc(s->room * 4 + 1024, sizeof *s->key),
                             calloc(s->room * 4 + 1024, sizeof *s->value), s->room * 4 + 1024, 0};

        if (larger.key == NULL || larger.value == NULL) {
            give_up("out of memory");
        }
        for (size_t i = 0; i < s->room; i++) {
            if (s->key[i] != 0) {
                *find(&larger, s->key[i]) = s->value[i];
            }
        }
        free(s->key);
        free(s->value);
        *s = larger;
    }
    for (at = key % s->room; s->key[at] != 0 && s->key[at] != key; at = (at + 1) % s->room) {
    }
    if (s->key[at] == 0) {
        s->key[at] = key;
        s->count++;
    }
    return &s->value[at];
}

static struct set states, pairs;

/* The records of a state, each as a number in which generations do not count. */

#define RECORDS \
    (2 * MAX_AF + 2 * MAX_BINDING + MAX_SAP + MAX_VC + MAX_PARTY + MAX_REQUEST + 1)

static size_t records_of(const struct core *c, uint64_t *out)
{
    struct core k = *c;
    size_t n = 0;

#define TABLE(table, size, forget)                                                 \
    for (uint32_t i = 0; i < (size); i++) {                                        \
        k.table[i].generation = k.table[i].generation != 0;                        \
        forget;                                                                    \
        out[n] = hash(&k.table[i], sizeof k.table[i], n);                          \
        n++;                                                                       \
    }
    TABLE(binding, MAX_BINDING, )
    TABLE(af, MAX_AF, k.af[i].served_by = 0)
    TABLE(sap, MAX_SAP, k.sap[i].af.generation = 0)
    TABLE(vc, MAX_VC, k.vc[i].af.generation = 0)
    TABLE(party, MAX_PARTY, k.party[i].vc.generation = 0)
    TABLE(request, MAX_REQUEST, k.request[i].on.generation = 0)
    TABLE(af_close, MAX_AF, k.af_close[i].on.generation = 0)
    TABLE(to_miniport, MAX_BINDING, k.to_miniport[i].on.generation = 0)
#undef TABLE
    out[n] = hash(&k.stack, sizeof k.stack, n);
    return n + 1;
}

static unsigned width; /* how many records must stand side by side as never before */

static int is_novel(const struct core *c)
{
    uint64_t record[RECORDS];
    const size_t n = records_of(c, record);
    int novel = 0;

    for (size_t i = 0; i < n; i++) {
        for (size_t j = width == 1 ? i : 0; j < i + (width == 1); j++) {
            uint32_t *met = find(&pairs, record[i] * 31 + record[j]);

            novel |= *met == 0;
            *met = 1;
        }
    }
    return novel;
}

/* Every event that may be tried in a state: each row, by two threads, with each status, with
 * the handle that a slot has, the one before it and the next. */

static uint32_t generation(const struct core *c, const char *kind, uint32_t slot)
{
    return strcmp(kind, "af") == 0        ? c->af[slot].generation
           : strcmp(kind, "binding") == 0 ? c->binding[slot].generation
           : strcmp(kind, "sap") == 0     ? c->sap[slot].generation
           : strcmp(kind, "vc") == 0      ? c->vc[slot].generation
           : strcmp(kind, "party") == 0   ? c->party[slot].generation
                                          : c->request[slot].generation;
}

static uint32_t slots(const char *kind)
{
    return strcmp(kind, "af") == 0        ? MAX_AF
           : strcmp(kind, "binding") == 0 ? MAX_BINDING
           : strcmp(kind, "sap") == 0     ? MAX_SAP
           : strcmp(kind, "vc") == 0      ? MAX_VC
           : strcmp(kind, "party") == 0   ? MAX_PARTY
           : strcmp(kind, "request") == 0 ? MAX_REQUEST
                                          : 1;
}

#define MOST_GENERATIONS 3

/* Which events are tried: of the groups that the argument names, by the objects of the events;
 * what is of opening an AF, and of plug and play, are groups of their own. */
static const char *groups;

static const char *group_of(uint16_t kind)
{
    const char *object = event_object(kind);
    const char *section = event_section(kind);

    if (strcmp(object, "af") == 0) {
        return kind == RETURN_OPEN_AF || strcmp(section, "closing") == 0 ||
                       strcmp(section, "notification") == 0
                   ? "af"
                   : "opening";
    }
    return strcmp(object, "binding") == 0 && strcmp(section, "binding") != 0 ? "pnp" : object;
}

static int is_tried(uint16_t kind)
{
    const char *group = group_of(kind);
    const char *found = strstr(groups, group);

    return found != NULL && (found[strlen(group)] == ',' || found[strlen(group)] == '\0');
}

typedef void visit(uint32_t node, struct event e);

static void each_on(uint32_t node, struct event e, visit *tell)
{
    const char *kind = event_on(e.kind);

    if (kind[0] == '\0') {
        tell(node, e);
        return;
    }
    for (e.on.slot = 0; e.on.slot < slots(kind); e.on.slot++) {
        const uint32_t now = generation(&nodes[node].core, kind, e.on.slot);

        e.on.generation = now != 0 ? now : 1;
        tell(node, e);
        if (now > 1) {
            e.on.generation = now - 1;
            tell(node, e);
        }
    }
}

static void each_object(uint32_t node, struct event e, visit *tell)
{
    const char *kind = event_object(e.kind);

    for (e.object.slot = 0; e.object.slot < slots(kind); e.object.slot++) {
        const uint32_t now = generation(&nodes[node].core, kind, e.object.slot);

        for (uint32_t g = now > 1 ? now - 1 : 1; g <= now + 1 && g <= MOST_GENERATIONS; g++) {
            e.object.generation = g;
            each_on(node, e, tell);
        }
    }
}

static void each_event(uint32_t node, visit *tell)
{
    static const uint8_t tried[] = {SUCCESS,   PENDING,   FAILURE,       NO_STATUS,
                                    RESOURCES, CLOSING, NOT_SUPPORTED, NOT_ACCEPTED};

    for (unsigned kind = 1; kind < EVENT_KIND_COUNT; kind++) {
        for (uint8_t thread = 0; thread < 2 && is_tried((uint16_t)kind); thread++) {
            struct event e = {(uint16_t)kind, NO_STATUS, PASSIVE, thread, {0, 0}, {0, 0}, 0};

            for (size_t i = 0; event_has_status(e.kind) && i < sizeof tried; i++) {
                e.status = tried[i];
                each_object(node, e, tell);
            }
            if (!event_has_status(e.kind)) {
                each_object(node, e, tell);
            } else {
                e.status = SUCCESS;
            }
            e.irql = DISPATCH;
            each_object(node, e, tell);
        }
    }
}

/* The search. */

static uint32_t add_node(const struct core *core, struct event by, uint32_t from)
{
    if (node_count == most_nodes) {
        return UNREACHED;
    }
    nodes[node_count] = (struct node){*core, by, from, from == UNREACHED ? 0 : nodes[from].depth + 1,
                                      UNREACHED, UNREACHED};
    return node_count++;
}

static void add_edge(uint32_t from, uint32_t to, struct event by)
{
    if (edge_count == edge_room) {
        edge_room = edge_room * 2 + 1024;
        edges = realloc(edges, edge_room * sizeof *edges);
        if (edges == NULL) {
            give_up("out of memory");
        }
    }
    edges[edge_count++] = (struct edge){from, to, by};
}

static void follow(uint32_t node, struct event e)
{
    struct core next = nodes[node].core;
    uint32_t *met, to;

    if (core_left_undone(&next, e) != CONFORMING || core_step(&next, e) != CONFORMING) {
        return;
    }
    met = find(&states, hash(&next, sizeof next, 7));
    if (*met == 0) {
        *met = UNREACHED;
        if (is_novel(&next)) {
            to = add_node(&next, e, node);
            *met = to == UNREACHED ? UNREACHED : to + 1;
        }
    }
    if (*met != UNREACHED) {
        add_edge(node, *met - 1, e);
    }
}

/* How far it is from each state to one at rest: backwards along the edges. */
static void measure_rest(void)
{
    uint32_t *first = calloc(node_count, sizeof *first), *queue = calloc(node_count, sizeof *queue);
    uint32_t *after = calloc(edge_count + 1, sizeof *after);
    uint32_t end = 0;

    if (first == NULL || queue == NULL || after == NULL) {
        give_up("out of memory");
    }
    for (size_t i = 0; i < edge_count; i++) {
        after[i + 1] = first[edges[i].to];
        first[edges[i].to] = (uint32_t)i + 1;
    }
    for (uint32_t n = 0; n < node_count; n++) {
        if (core_owes(&nodes[n].core) == CONFORMING) {
            nodes[n].to_rest = 0;
            queue[end++] = n;
        }
    }
    for (uint32_t at = 0; at < end; at++) {
        for (uint32_t i = first[queue[at]]; i != 0; i = after[i]) {
            struct node *from = &nodes[edges[i - 1].from];

            if (from->to_rest == UNREACHED) {
                from->to_rest = nodes[queue[at]].to_rest + 1;
                from->next = i - 1;
                queue[end++] = edges[i - 1].from;
            }
        }
    }
    free(first);
    free(queue);
    free(after);
}

/* The best trace for each requirement. */
static struct best {
    uint32_t node, length;
    struct event e; /* that is refused; NO_EVENT: what is left undone */
} best[REQUIREMENT_COUNT];

static void offer(enum requirement r, uint32_t node, uint32_t length, struct event e)
{
    if (best[r].length == 0 || length < best[r].length) {
        best[r] = (struct best){node, length, e};
    }
}

static void judge_refusal(uint32_t node, struct event e)
{
    struct core next = nodes[node].core;
    const enum requirement r = core_step(&next, e);

    if (r != CONFORMING && nodes[node].to_rest != UNREACHED) {
        offer(r, node, nodes[node].depth + 1 + nodes[node].to_rest, e);
    }
}

static void judge_rest_of(uint32_t node)
{
    static struct judge j;
    static const struct event none;
    struct finding f, more;

    judge_begin(&j, nodes[node].core.readings);
    j.core = nodes[node].core;
    if (judge_end(&j, &f) && !judge_end(&j, &more)) {
        offer(f.requirement, node, nodes[node].depth + 1, none);
    }
}

static void write_path(FILE *out, uint32_t node)
{
    if (nodes[node].from != UNREACHED) {
        write_path(out, nodes[node].from);
        trace_write_event(out, nodes[node].by);
    }
}

static void write_trace(const char *folder, enum requirement r)
{
    const struct best *b = &best[r];
    const unsigned long lines = nodes[b->node].depth + 3;
    char path[512];
    FILE *out;

    (void)snprintf(path, sizeof path, "%s/%s.trace", folder, requirement_id(r));
    out = fopen(path, "w");
    if (out == NULL) {
        give_up("cannot write a trace");
    }
    trace_write_header(out, nodes[0].core.readings);
    if (b->e.kind == NO_EVENT) {
        fprintf(out, "# expect: %s at end\n", requirement_id(r));
    } else {
        fprintf(out, "# expect: %s at %lu\n", requirement_id(r), lines);
    }
    write_path(out, b->node);
    if (b->e.kind != NO_EVENT) {
        trace_write_event(out, b->e);
    }
    if (fclose(out) != 0) {
        give_up("cannot write a trace");
    }
}

static uint32_t meet(const struct core *core, struct event by, uint32_t from)
{
    const uint32_t node = add_node(core, by, from);

    (void)is_novel(core);
    *find(&states, hash(core, sizeof *core, 7)) = node + 1;
    return node;
}

/* The states of the trace, from which the search goes on. */
static void begin(const char *path)
{
    static const struct event none;
    FILE *in = fopen(path, "r");
    struct trace_error error;
    struct readings readings;
    struct core core;
    struct event e;
    unsigned long line = 1;
    uint32_t node;

    if (in == NULL || trace_read_header(in, &readings, &error) < 0) {
        give_up("cannot read the trace");
    }
    core_initialise(&core, readings);
    node = meet(&core, none, UNREACHED);
    while (trace_read_event(in, &e, &line, &error) > 0 && node_count < most_nodes) {
        if (!event_is_judged(e) || core_left_undone(&core, e) != CONFORMING ||
            core_step(&core, e) != CONFORMING) {
            fprintf(stderr, "find_rules: %s:%lu does not conform with small tables\n", path, line);
            exit(1);
        }
        add_edge(node, node_count, e);
        node = meet(&core, e, node);
    }
    (void)fclose(in);
}

/* Prints the trace up to the last event that its comments expect a finding at, and behind that a
 * shortest way to a state in which nothing is left undone, from where the judge goes on. */
static void finish(const char *path)
{
    static struct judge judge;
    struct event way[MOST_TO_REST];
    unsigned length;
    struct finding found[MOST_FINDINGS];
    FILE *in = fopen(path, "r");
    struct trace_error error;
    struct readings readings;
    struct event e;
    unsigned long line = 1, last = 0, n = 0;
    char text[4096];

    if (in == NULL) {
        give_up("cannot read the trace");
    }
    while (fgets(text, sizeof text, in) != NULL) {
        const char *at = strncmp(text, "# expect:", 9) == 0 ? strstr(text, " at ") : NULL;

        if (at != NULL && strtoul(at + 4, NULL, 10) > last) {
            last = strtoul(at + 4, NULL, 10);
        }
    }
    rewind(in);
    while (n++ < last && fgets(text, sizeof text, in) != NULL) {
        (void)fputs(text, stdout);
    }
    rewind(in);
    if (trace_read_header(in, &readings, &error) < 0) {
        give_up("cannot read the trace");
    }
    judge_begin(&judge, readings);
    while (trace_read_event(in, &e, &line, &error) > 0 && line <= last) {
        (void)judge_event(&judge, e, line, found);
    }
    (void)fclose(in);
    if (!way_to_rest(&judge.core, way, &length)) {
        give_up("nothing leads to rest");
    }
    for (unsigned i = 0; i < length; i++) {
        trace_write_event(stdout, way[i]);
    }
}

/* find_rules --finish TRACE: see finish.
 * find_rules TRACE STATES WIDTH GROUP,... FOLDER: writes FOLDER/ID.trace for what was
 * found. STATES is how many are followed beside those of the trace. */
int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--finish") == 0) {
        finish(argv[2]);
        return 0;
    }
    if (argc != 6) {
        give_up("usage: find_rules TRACE STATES WIDTH GROUP,... FOLDER");
    }
    most_nodes = (uint32_t)strtoul(argv[2], NULL, 10) + 1000;
    width = argv[3][0] == '1' ? 1 : 2;
    groups = argv[4];
    nodes = calloc(most_nodes, sizeof *nodes);
    if (nodes == NULL) {
        give_up("out of memory");
    }
    begin(argv[1]);
    most_nodes = node_count + (uint32_t)strtoul(argv[2], NULL, 10);
    for (uint32_t n = 0; n < node_count; n++) {
        each_event(n, follow);
    }
    measure_rest();
    for (uint32_t n = 0; n < node_count; n++) {
        each_event(n, judge_refusal);
        judge_rest_of(n);
    }
    for (int r = CONFORMING + 1; r < BOUND_REACHED; r++) {
        if (best[r].length != 0) {
            write_trace(argv[5], (enum requirement)r);
        }
    }
    return 0;
}
