/* lockstep.c - the core's side of lockstep.pml: takes the model's events, keeps what both
 * answered, counts, and says where they differ. */
#define LOCKSTEP_ITSELF
#include "lockstep.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/trace.h"

/* The last event, and the step that made it: where in the model, and how deep the search was. */
static struct event event;
static unsigned long statement_of_event;
static long depth_of_event = -1;

/* The model's client may close an AF with something left on it, and both go on (EARLY_CLOSE); but
 * not in its unbind (AF-CL-14). */
static int may_leave_undone;

static int forgotten = -1; /* the field that the core forgets; -1: none */
static int asks_only_model; /* ONLY_MODEL: which assertions fail, and nothing is compared */
static const char *accepted = ""; /* what the core accepts that it should not (ACCEPT) */
static unsigned long patience; /* so many events without that field; 0: to the end of the search */

/* Where the two are known to answer differently, or with two names for one breach: the rows
 * of lockstep.reasons for this configuration, from the file that KNOWN names. */
static struct known {
    char event[96], model[32], core[32];
    unsigned long times;
} known[64];
static size_t known_count;

/* Every state of the core that the search has come to, once, by its number; and where to find
 * it: a hash table with open addresses of numbers, 0 for none, one more than the number else. */
static struct core *cores;
static size_t core_count, core_room;
static uint32_t *places;
static size_t place_count; /* a power of two, more than twice core_room */

/* The assertions of the model that have failed, by their names, where it prints these
 * (ASSERTIONS, model/assertions.awk); and the last that was asked. */
static const char *failed[1024], *asked_last;
static size_t failed_count;

static unsigned long taken, refused, unjudged, unheard, states, comparisons;

static const struct {
    const char *name;
    uint8_t letter; /* where in struct readings */
    const char *letters;
    uint8_t recommended;
} known_readings[] = {
#define READING(name, recommended, letters) \
    {#name, offsetof(struct readings, name), letters, recommended},
#include "protocol/readings.def"
#undef READING
};

static void print_figures(void)
{
    printf("lockstep: figures %lu %lu %lu %lu %lu %lu %zu\n", taken, refused, unjudged, unheard,
           states, comparisons, core_count);
    for (size_t i = 0; i < failed_count; i++) {
        printf("lockstep: fails %s", failed[i] + 2);
    }
    for (size_t i = 0; i < known_count; i++) {
        printf("lockstep: known %lu %s | %s | %s\n", known[i].times, known[i].event,
               known[i].model, known[i].core);
    }
}

void lockstep_give_up(const char *why)
{
    fprintf(stderr, "lockstep: %s\n", why);
    exit(2);
}

const struct core *lockstep_core(uint32_t number)
{
    return &cores[number];
}

static uint64_t hash_of(const void *bytes, size_t size)
{
    uint64_t hash = size, word;

    for (size_t i = 0; i < size; i += sizeof word) {
        word = 0;
        memcpy(&word, (const unsigned char *)bytes + i,
               size - i < sizeof word ? size - i : sizeof word);
        hash = (hash ^ word) * 0x9e3779b97f4a7c15u; /* Fibonacci hashing, word by word */
        hash ^= hash >> 29;
    }
    return hash;
}

static size_t place_of(const struct core *c)
{
    for (size_t place = (size_t)hash_of(c, sizeof *c);; place++) {
        const uint32_t found = places[place & (place_count - 1)];
        if (found == 0 || memcmp(&cores[found - 1], c, sizeof *c) == 0) {
            return place & (place_count - 1);
        }
    }
}

/* Room for twice as many. */
static void make_room(void)
{
    core_room = core_room == 0 ? 1u << 14 : 2 * core_room;
    place_count = 4 * core_room;
    free(places);
    cores = realloc(cores, core_room * sizeof *cores);
    places = calloc(place_count, sizeof *places);
    if (cores == NULL || places == NULL || core_room > UINT32_MAX / 2) {
        lockstep_give_up("no room for the states of the core");
    }
    for (size_t i = 0; i < core_count; i++) {
        places[place_of(&cores[i])] = (uint32_t)i + 1;
    }
}

static uint32_t number_of(const struct core *c)
{
    if (core_count == core_room) {
        make_room();
    }
    uint32_t *const place = &places[place_of(c)];
    if (*place == 0) {
        memcpy(&cores[core_count], c, sizeof *c);
        *place = (uint32_t)++core_count;
    }
    return *place - 1;
}

static void read_known(const char *name)
{
    FILE *in = name == NULL ? NULL : fopen(name, "r");
    char line[1024];

    if (in == NULL) {
        lockstep_give_up("KNOWN names no file that can be read");
    }
    while (fgets(line, sizeof line, in) != NULL) {
        struct known *k = &known[known_count];
        if (known_count == sizeof known / sizeof known[0] ||
            sscanf(line, "%*[^|]| %95[^|]| %31[^ |] | %31[^ |] |", k->event, k->model, k->core) != 3) {
            lockstep_give_up("too many rows of known differences, or one that cannot be read");
        }
        k->event[strcspn(k->event, " ") == 0 ? 0 : strlen(k->event) - 1] = '\0'; /* the blank before the bar */
        known_count++;
    }
    (void)fclose(in);
}

Lockstep lockstep_begin(struct readings readings, int early_close)
{
    const char *field = getenv("FORGET");
    struct core first;
    Lockstep both;

    may_leave_undone = early_close;
    for (size_t i = 0; i < sizeof known_readings / sizeof known_readings[0]; i++) {
        uint8_t *const letter = (uint8_t *)&readings + known_readings[i].letter;
        if (*letter == 0) {
            lockstep_give_up("model/lockstep.pml does not set a reading of readings.def");
        }
        if (strchr(known_readings[i].letters, *letter) == NULL) {
            *letter = known_readings[i].recommended; /* lockstep.reasons has what comes of it */
        }
    }
    if (field != NULL && strcmp(field, "fields") == 0) {
        const char *name;
        for (int i = 0; (name = lockstep_forget(i, NULL, NULL)) != NULL; i++) {
            printf("lockstep: field %d %s\n", i, name);
        }
        exit(0);
    }
    if (field != NULL) {
        forgotten = atoi(field);
        patience = getenv("PATIENCE") == NULL ? 0 : strtoul(getenv("PATIENCE"), NULL, 10);
    }
    asks_only_model = getenv("ONLY_MODEL") != NULL;
    if (getenv("ACCEPT") != NULL) {
        accepted = getenv("ACCEPT");
    }
    read_known(getenv("KNOWN"));
    if (getenv("TRACES") != NULL) {
        lockstep_trace(getenv("TRACES"), readings);
    }
    memset(&both, 0, sizeof both); /* what stands in padding tells states apart */
    memset(&first, 0, sizeof first);
    core_initialise(&first, readings);
    both.core = number_of(&first);
    (void)atexit(print_figures);
    return both;
}

static void print_event(struct event e)
{
    printf("@ %u %u %u %u %u %u", e.thread, e.kind, e.object.slot, e.object.generation,
           e.status, e.irql);
    if (e.on.generation != 0) {
        printf(" %u %u", e.on.slot, e.on.generation);
    }
    printf("\n");
}

static const char *answer(enum requirement broken)
{
    return broken == CONFORMING ? "accepts" : requirement_id(broken);
}

static int is_known(const char *name, const char *of_model, const char *of_core)
{
    for (size_t i = 0; i < known_count; i++) {
        if ((strcmp(known[i].event, "*") == 0 || strcmp(known[i].event, name) == 0) &&
            (strcmp(known[i].model, of_model) == 0 ||
             (strcmp(known[i].model, "*") == 0 && strcmp(of_model, "accepts") != 0)) &&
            (strcmp(known[i].core, "*") == 0 || strcmp(known[i].core, of_core) == 0)) {
            known[i].times++;
            return 1;
        }
    }
    return 0;
}

/* Two answers to the last event: a violation, unless it is known. */
static void differ(enum requirement of_model, enum requirement of_core)
{
    char name[96], said[256];

    (void)snprintf(name, sizeof name, "%s %s", event_verb(event.kind), event_name(event.kind));
    if (asks_only_model || is_known(name, answer(of_model), answer(of_core))) {
        return;
    }
    (void)snprintf(said, sizeof said, "lockstep: differs: %s: the model says %s, the core %s", name,
                   answer(of_model), answer(of_core));
    uerror(said);
}

/* The numbers of a line, some of which stand in its format. */
static void read_line(const char *format, va_list arguments, int numbers[8])
{
    int count = 0;

    while (*format != '\0' && count < 8) {
        if (*format == '%') {
            numbers[count++] = va_arg(arguments, int);
            format += 2;
        } else if (*format >= '0' && *format <= '9') {
            numbers[count++] = (int)strtol(format, (char **)&format, 10);
        } else {
            format++;
        }
    }
}

static uint32_t generation_in(const struct core *c, struct handle h, int of_af)
{
    return of_af ? (h.slot < MAX_AF ? c->af[h.slot].generation : 0)
                 : (h.slot < MAX_BINDING ? c->binding[h.slot].generation : 0);
}

/* A core that accepts what it should not (a seeded difference): an older generation of a handle;
 * another status, INVALID_DATA, where FAILURE may stand; or another holder, the manager's binding
 * in the place of a client's. */
static enum requirement step_of_core(struct core *c, struct event e)
{
    const int of_af = strcmp(event_object(e.kind), "af") == 0;

    if (strcmp(accepted, "generation") == 0 &&
        e.object.generation + 1 == generation_in(c, e.object, of_af)) {
        e.object.generation++;
    } else if (strcmp(accepted, "status") == 0 && e.status == INVALID_DATA) {
        e.status = FAILURE;
    } else if (strcmp(accepted, "holder") == 0 && e.kind == OPEN_AF_CALL &&
               e.on.slot == MANAGER_BINDING && MAX_BINDING > 1) {
        e.on.slot = 1;
        e.on.generation = c->binding[1].generation;
    }
    return core_step(c, e);
}

/* One step of the core; of a field that it forgets nothing is changed. Where in so many events
 * (PATIENCE; 0: any number) there was nothing to forget, another configuration is to show it. */
static enum requirement take(struct event e)
{
    static int has_forgotten;
    const struct core before = *lockstep_core(lockstep_now->core);
    struct core c = before;
    const enum requirement left_undone = core_left_undone(&c, e);
    enum requirement broken = step_of_core(&c, e);

    if (broken == CONFORMING && (!may_leave_undone || left_undone == AF_CL_14)) {
        broken = left_undone;
    }

    if (forgotten >= 0) {
        const struct core after = c;
        if (lockstep_forget(forgotten, &c, &before) == NULL) {
            lockstep_give_up("there is no field of this number");
        }
        has_forgotten |= memcmp(&after, &c, sizeof after) != 0;
        if (!has_forgotten && patience > 0 && taken > patience) {
            lockstep_give_up("this field does not change");
        }
    }
    if (broken == CONFORMING) { /* what was refused ends the path, or was a question */
        lockstep_now->core = number_of(&c);
    }
    return broken;
}

/* The model says that there is no right to the event of this step; or that a driver has made
 * a mistake of its own, of which no event tells. */
static void refuse(enum requirement broken)
{
    Lockstep *const now = lockstep_now;
    size_t i = 0;

    /* tcc does not merge strings that are alike: each place that asks has one of its own. */
    while (asked_last != NULL && i < failed_count && failed[i] != asked_last &&
           strcmp(failed[i], asked_last) != 0) {
        i++;
    }
    if (asked_last != NULL && i == failed_count) {
        if (failed_count == sizeof failed / sizeof failed[0]) {
            lockstep_give_up("too many assertions fail");
        }
        failed[failed_count++] = asked_last;
    }
    now->broken_for_model = (uint16_t)broken;
    if (depth != depth_of_event || lockstep_statement() != statement_of_event) {
        now->broken_for_core = (uint16_t)broken;
        unheard++;
    }
}

int lockstep_line(const char *format, va_list arguments)
{
    Lockstep *const now = lockstep_now;
    int number[8] = {0};
    uint32_t before;

    if (format[0] == '=' && format[1] == ' ') {
        asked_last = format;
        return 0;
    }
    if (format[0] != '@') {
        return readtrail ? vprintf(format, arguments) : 0;
    }
    if (now->broken_for_model != CONFORMING) {
        return 0; /* the step has failed already; nothing follows from it */
    }
    read_line(format + 1, arguments, number);
    if (format[1] == '!') {
        refuse((enum requirement)number[0]);
        return 0;
    }
    if (now->broken_for_core != CONFORMING) {
        return 0; /* and the model goes on: the claim says so */
    }
    const struct event line = {
        .thread = (uint8_t)number[0],
        .kind = (uint16_t)number[1],
        .object = {(uint32_t)number[2], (uint32_t)number[3]},
        .status = (uint8_t)number[4],
        .irql = (uint8_t)number[5],
        .on = {(uint32_t)number[6], (uint32_t)number[7]},
    };
    if (line.kind >= EVENT_KIND_COUNT) {
        unjudged++;
        if (line.kind <= LAST_OF_driver) { /* the runtime makes it: src/runtime/runtime_driver.c */
            lockstep_add_to_trace(line, now->core, now->core);
        }
        return 0;
    }
    event = line;
    statement_of_event = lockstep_statement();
    depth_of_event = depth;
    if (readtrail) {
        print_event(event);
    }
    before = now->core;
    now->broken_for_core = (uint16_t)take(event);
    taken++;
    if (now->broken_for_core == CONFORMING) { /* what is refused is no transition */
        lockstep_add_to_trace(event, before, now->core);
    }
    return 0;
}

int lockstep_both_accept(void)
{
    const enum requirement of_model = lockstep_now->broken_for_model,
                           of_core = lockstep_now->broken_for_core;

    if (of_model == CONFORMING && of_core == CONFORMING) {
        states++;
        return 1;
    }
    if (of_model == of_core) {
        refused++;
    } else {
        differ(of_model, of_core);
    }
    return 0;
}

/* ---- questions ---- */

/* Of each state of the core, what of NDIS stood in the model when it was asked this question. */
static uint64_t *asked[QUESTIONS];
static size_t asked_room;

int lockstep_is_new(int question, const void *of_model, size_t size)
{
    const uint64_t hash = hash_of(of_model, size) | 1; /* never 0 */
    uint64_t *last;

    if (readtrail) {
        return 1;
    }
    if (asked_room < core_room) {
        for (size_t i = 0; i < QUESTIONS; i++) {
            asked[i] = realloc(asked[i], core_room * sizeof *asked[i]);
            if (asked[i] == NULL) {
                lockstep_give_up("no room for what was asked");
            }
            memset(asked[i] + asked_room, 0, (core_room - asked_room) * sizeof *asked[i]);
        }
        asked_room = core_room;
    }
    last = &asked[question][lockstep_now->core];
    if (*last == hash) {
        return 0;
    }
    *last = hash;
    return 1;
}

/* The core refuses this event, and stays as it is. */
static void refuses(struct core *c, struct event e, const char *what)
{
    char said[160];

    taken++;
    if (step_of_core(c, e) != CONFORMING) {
        refused++;
        return;
    }
    (void)snprintf(said, sizeof said, "lockstep: differs: %s %s: the core accepts %s: %u.%u",
                   event_verb(e.kind), event_name(e.kind), what, e.object.slot,
                   e.object.generation);
    uerror(said);
}

/* Each event of an object, with each of its statuses, and a handle that is dead or that nobody
 * has been given: of generation 0, of those before and behind the one that is alive, or of no
 * slot. What begins a generation gives out the next one, and no other. */
static void refuses_handles_of(struct core *c, uint16_t kind, uint32_t slot, uint32_t alive)
{
    const int begins = kind == OPEN_AF_CALL || kind == ENTER_BIND || kind == ENTER_INITIALIZE;
    const uint32_t generations[] = {0, alive - 1, begins ? alive + 2 : alive + 1,
                                    begins ? alive : UINT32_MAX};
    struct event e = {.kind = kind, .thread = 3};

    if (kind == OPEN_AF_CALL || kind == RETURN_OPEN_AF) {
        e.on = (struct handle){1, c->binding[1].generation};
    }
    for (uint8_t status = 0; status < STATUS_COUNT; status++) {
        e.status = status;
        for (size_t i = 0; i < sizeof generations / sizeof generations[0]; i++) {
            e.object = (struct handle){slot, generations[i]};
            refuses(c, e, "a dead handle, or one that was never given out");
        }
        e.object = (struct handle){MAX_AF + MAX_BINDING, alive};
        refuses(c, e, "a handle of no slot");
        if (!event_has_status(kind)) {
            break;
        }
    }
}

/* And an AF that is opened on what is no binding of a client: the manager's, one that is gone,
 * one that is to come. */
static void refuses_holders(struct core *c, uint32_t slot)
{
    const struct handle wrong[] = {{MANAGER_BINDING, c->binding[MANAGER_BINDING].generation},
                                   {1, c->binding[1].generation - 1},
                                   {1, c->binding[1].generation + 1},
                                   {1, 0}, {MAX_BINDING, 1}};
    struct event e = {.kind = OPEN_AF_CALL, .thread = 3,
                      .object = {slot, c->af[slot].generation + 1}};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        e.on = wrong[i];
        refuses(c, e, "another holder");
    }
}

int lockstep_refuses_handles(void)
{
    const struct core before = *lockstep_core(lockstep_now->core);
    struct core c = before;

    if (asks_only_model) {
        return 0;
    }
    for (uint32_t slot = 0; slot < MAX_AF; slot++) {
        for (uint16_t kind = FIRST_OF_closing; kind <= LAST_OF_notification; kind++) {
            refuses_handles_of(&c, kind, slot, c.af[slot].generation);
        }
        refuses_handles_of(&c, OPEN_AF_CALL, slot, c.af[slot].generation);
        refuses_handles_of(&c, RETURN_OPEN_AF, slot, c.af[slot].generation);
    }
    for (uint16_t kind = FIRST_OF_binding; kind <= LAST_OF_binding; kind++) {
        for (uint32_t slot = 0; slot < MAX_BINDING; slot++) {
            refuses_handles_of(&c, kind, slot, c.binding[slot].generation);
        }
    }
    for (uint32_t slot = 0; slot < MAX_AF; slot++) {
        refuses_holders(&c, slot);
    }
    if (memcmp(&c, &before, sizeof c) != 0) {
        uerror("lockstep: differs: the core refuses a handle, and is another afterwards");
    }
    return 0;
}

void lockstep_same(const char *field, int slot, long of_model, long of_core)
{
    comparisons++;
    if (of_model != of_core && !asks_only_model) {
        char said[160];
        (void)snprintf(said, sizeof said, "lockstep: differs: after %s %s: %s of slot %d is %ld in the model, %ld in the core",
                       event_verb(event.kind), event_name(event.kind), field, slot, of_model,
                       of_core);
        uerror(said);
    }
}
