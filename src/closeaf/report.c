/* report.c - see report.h. */
#define _POSIX_C_SOURCE 200809L
#include "report.h"

#include "command.h"
#include "debts.h"
#include "nearest.h"

#include <string.h>

int report_format_of(const char *name, enum report_format *format)
{
    static const char *const names[] = {"text", "json", "sarif"};

    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        if (name != NULL && strcmp(name, names[i]) == 0) {
            *format = (enum report_format)i;
            return 1;
        }
    }
    return 0;
}

static const char *const level_names[LEVEL_COUNT] = {"breach", "contested", "advice", "observation",
                                                   "note"};

enum finding_level finding_level(const struct kept_finding *f)
{
    const enum requirement q = f->finding.requirement;
    const enum requirement_level level = level_of_finding(&f->finding);

    return q == BOUND_REACHED || q == NOT_AN_EVENT ? NO_VERDICT
           : level == LEVEL_NOTHING                ? OBSERVATION
           : level != LEVEL_MUST                   ? ADVICE
           : is_contested(f)                       ? CONTESTED
                                                   : BREACH;
}

int finding_level_of(const char *name, enum finding_level *level)
{
    for (unsigned i = BREACH; i <= OBSERVATION; i++) {
        if (name != NULL && strcmp(name, level_names[i]) == 0) {
            *level = (enum finding_level)i;
            return 1;
        }
    }
    return 0;
}

/* By what was found, whatever the exit status goes by. */
static const char *verdict_name(int status, const struct file_figures *counted)
{
    return status == UNREADABLE                  ? "not judged"
           : counted->of_level[BREACH] > 0       ? "violations"
           : counted->of_level[CONTESTED] > 0    ? "contested"
           : counted->of_level[ADVICE] > 0       ? "advice"
           : counted->of_level[OBSERVATION] > 0  ? "observation"
           : status == FOUND                     ? "violations"
                                                 : "conforming";
}

static void write_object(FILE *out, struct object o)
{
    fprintf(out, "%s:%lu.%lu", object_kind_name(o.kind), (unsigned long)o.handle.slot,
            (unsigned long)o.handle.generation);
}

static const char *level_in_sarif(enum finding_level level)
{
    static const char *const names[LEVEL_COUNT] = {"error", "warning", "note", "note", "note"};

    return names[level];
}

/* What is wrong with it, where more can be said than the rule does. */
static void write_why(FILE *out, const struct finding *f)
{
    switch (f->kind) {
    case ONCE_MORE: fprintf(out, ", a second time: the first was at line %lu", f->first); break;
    case AFTER_THE_END:
        fputs(", after the end of ", out);
        write_object(out, f->object);
        if (f->first != 0) {
            fprintf(out, " at line %lu", f->first);
        }
        break;
    case NOTHING_PENDS: fputs(", though nothing pends that it would complete", out); break;
    case NEVER_BEGUN: fputs(", of which nothing was seen before", out); break;
    case TOO_EARLY:
        for (unsigned i = 0; i < f->supposed_count; i++) {
            const struct event *e = &f->supposed[i];

            fprintf(out, "%s %s %s (%s:%lu.%lu)", i == 0 ? ", before:" : ",", event_verb(e->kind),
                    event_name(e->kind), event_object(e->kind), (unsigned long)e->object.slot,
                    (unsigned long)e->object.generation);
        }
        break;
    default: break;
    }
}

/* What happened, as one sentence without its end. */
static void write_happened(FILE *out, const struct finding *f)
{
    if (f->event.kind != NO_EVENT) {
        write_event_in_words(out, f->event);
        write_why(out, f);
        return;
    }
    if (f->kind == FROM_THE_MIDDLE) {
        fputs("the recording begins in the middle: at line ", out);
        fprintf(out, "%lu an object is used whose beginning was not seen (", f->first);
        write_object(out, f->object);
        fputc(')', out);
        return;
    }
    fputs("left undone at the end of the trace (", out);
    write_object(out, f->object);
    fputc(')', out);
}

/* The same, as a JSON string: the words have no character that would have to be escaped. */
static void write_happened_json(FILE *out, const struct finding *f)
{
    fputc('"', out);
    write_happened(out, f);
    fputc('"', out);
}

/* Text: path:line: ID: what happened; what the rule asks [which document says so]. */

static void text_place(const struct check_report *r, const char *path, unsigned long line)
{
    fprintf(r->out, "%s%s:", r->colours ? "\033[1m" : "", input_name(path));
    if (line == 0) {
        fputs("end:", r->out);
    } else {
        fprintf(r->out, "%lu:", line);
    }
    fputs(r->colours ? "\033[0m " : " ", r->out);
}

/* "amb_06=a or amb_06=c": by which there is no such finding. */
static void write_letters(FILE *out, const struct kept_finding *f, const char *between,
                          const char *quote)
{
    const char *before = "";

    for (unsigned number = 0; number < MOST_LETTERS; number++) {
        if (f->conforms_by[number] != 0) {
            fprintf(out, "%s%s%s%s", before, quote, letter_name(number), quote);
            before = between;
        }
    }
}

/* The number-th place that the finding looks back to: its line, or 0 behind the last. */
static unsigned long related_line(const struct finding *f, unsigned number, const char **what)
{
    const struct {
        unsigned long line;
        const char *what;
    } related[] = {
        {f->begun, "begins here"},
        {f->first, f->kind == ONCE_MORE         ? "has this for the first time here"
                   : f->kind == FROM_THE_MIDDLE ? "is first used here"
                                                : "ends here"},
    };
    unsigned found = 0;

    for (unsigned i = 0; i < sizeof related / sizeof related[0]; i++) {
        if (related[i].line != 0 && related[i].line != f->line && found++ == number) {
            *what = related[i].what;
            return related[i].line;
        }
    }
    return 0;
}

/* The line itself, and where to look before it. */
static void text_history(const struct check_report *r, const char *path, const struct finding *f)
{
    const char *what;
    unsigned long line;

    if (f->event.kind != NO_EVENT) {
        fputs("    ", r->out);
        trace_write_event(r->out, f->event);
    }
    for (unsigned i = 0; (line = related_line(f, i, &what)) != 0; i++) {
        text_place(r, path, line);
        fputs("note: ", r->out);
        write_object(r->out, f->object);
        fprintf(r->out, " %s\n", what);
    }
}

static void text_finding(const struct check_report *r, const char *path,
                         const struct kept_finding *kept)
{
    const struct finding *f = &kept->finding;
    const enum finding_level level = finding_level(kept);

    text_place(r, path, f->line);
    fprintf(r->out, "%s%s%s: ", r->colours ? "\033[1;31m" : "", requirement_id(f->requirement),
            r->colours ? "\033[0m" : "");
    if (level > BREACH && level < NO_VERDICT) {
        fprintf(r->out, "%s: ", level_names[level]);
    }
    write_happened(r->out, f);
    if (is_contested(kept)) {
        fputs("; no finding by ", r->out);
        write_letters(r->out, kept, " or ", "");
    }
    fprintf(r->out, "; %s [%s]", requirement_text(f->requirement),
            requirement_source(f->requirement));
    fputc('\n', r->out);
    if (!r->is_brief) {
        text_history(r, path, f);
    }
}

/* JSON: one document, a member for each file. */

static void json_member(FILE *out, const char *name, const char *text)
{
    fprintf(out, ",\"%s\":", name);
    write_json_string(out, text);
}

/* Begins the next of the list. */
static void next_finding(struct check_report *r)
{
    fputs(r->findings++ == 0 ? "\n   {" : ",\n   {", r->out);
}

/* The end of the trace has no line. */
static void json_next(struct check_report *r, unsigned long line)
{
    next_finding(r);
    if (line == 0) {
        fputs("\"line\":null", r->out);
    } else {
        fprintf(r->out, "\"line\":%lu", line);
    }
}

static void json_finding(struct check_report *r, const struct kept_finding *kept)
{
    const struct finding *f = &kept->finding;
    const enum requirement q = f->requirement;

    json_next(r, f->line);
    json_member(r->out, "requirement", requirement_id(q));
    json_member(r->out, "level", level_names[finding_level(kept)]);
    if (is_contested(kept)) {
        fputs(",\"conforms_by\":[", r->out);
        write_letters(r->out, kept, ",", "\"");
        fputc(']', r->out);
    }
    if (kept->suppressed != NULL) {
        json_member(r->out, "suppressed", kept->suppressed);
    }
    json_member(r->out, "priority", requirement_priority(q));
    json_member(r->out, "actor", requirement_actor(q));
    fputs(",\"happened\":", r->out);
    write_happened_json(r->out, f);
    json_member(r->out, "rule", requirement_text(q));
    json_member(r->out, "source", requirement_source(q));
    fputs(",\"object\":\"", r->out);
    write_object(r->out, f->object);
    fputc('"', r->out);
    if (f->begun != 0) {
        fprintf(r->out, ",\"begun\":%lu", f->begun);
    }
    if (f->first != 0) {
        fprintf(r->out, ",\"first\":%lu", f->first);
    }
    if (f->event.kind != NO_EVENT) {
        json_member(r->out, "verb", event_verb(f->event.kind));
        json_member(r->out, "name", event_name(f->event.kind));
        json_member(r->out, "status", status_name(f->event.status));
        json_member(r->out, "irql", irql_name(f->event.irql));
        fprintf(r->out, ",\"thread\":%u", (unsigned)f->event.thread);
    }
    fputc('}', r->out);
}

/* SARIF 2.1.0. Its rules are listed at the end, when it is known which are needed. */

/* A path as the reference of a URI (RFC 3986). */
static void sarif_uri(FILE *out, const char *path)
{
    const char *plain = "-._~/";

    fputc('"', out);
    for (const char *p = path; *p != '\0'; p++) {
        if ((*p >= '0' && *p <= '9') || (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z') ||
            strchr(plain, *p) != NULL) {
            fputc(*p, out);
        } else {
            fprintf(out, "%%%02X", (unsigned)(unsigned char)*p);
        }
    }
    fputc('"', out);
}

static void sarif_place(FILE *out, const char *path, unsigned long line)
{
    fputs("{\"physicalLocation\":{\"artifactLocation\":{\"uri\":", out);
    sarif_uri(out, path);
    fputc('}', out);
    if (line != 0) {
        fprintf(out, ",\"region\":{\"startLine\":%lu}", line);
    }
    fputc('}', out);
}

static void sarif_location(FILE *out, const char *path, unsigned long line)
{
    fputs("\"locations\":[", out);
    sarif_place(out, path, line);
    fputs("}]", out);
}

static void sarif_related(FILE *out, const char *path, const struct finding *f)
{
    const char *what;
    unsigned long line;

    for (unsigned i = 0; (line = related_line(f, i, &what)) != 0; i++) {
        fputs(i == 0 ? ",\"relatedLocations\":[" : ",", out);
        sarif_place(out, path, line);
        fputs(",\"message\":{\"text\":\"", out);
        write_object(out, f->object);
        fprintf(out, " %s\"}}", what);
    }
    fputs(related_line(f, 0, &what) != 0 ? "]" : "", out);
}

static void sarif_finding(struct check_report *r, const char *path,
                          const struct kept_finding *kept)
{
    const struct finding *f = &kept->finding;

    next_finding(r);
    r->seen[f->requirement] = 1;
    fprintf(r->out, "\"ruleId\":\"%s\",\"level\":\"%s\",\"message\":{\"text\":\"",
            requirement_id(f->requirement), level_in_sarif(finding_level(kept)));
    write_happened(r->out, f); /* it has no character that would have to be escaped */
    if (is_contested(kept)) {
        fputs("; contested: no finding by ", r->out);
        write_letters(r->out, kept, " or ", "");
    }
    fputs("\"},", r->out);
    if (kept->suppressed != NULL) {
        fputs("\"suppressions\":[{\"kind\":\"external\",\"justification\":", r->out);
        write_json_string(r->out, kept->suppressed);
        fputs("}],", r->out);
    }
    sarif_location(r->out, path, f->line);
    sarif_related(r->out, path, f);
    fputc('}', r->out);
}

static void sarif_remark(struct check_report *r, const char *path, unsigned long line,
                         const char *level, const char *text)
{
    next_finding(r);
    fprintf(r->out, "\"level\":\"%s\",\"message\":{\"text\":", level);
    write_json_string(r->out, text);
    fputs("},", r->out);
    sarif_location(r->out, path, line);
    fputc('}', r->out);
}

static void sarif_rules(const struct check_report *r)
{
    const char *before = "";

    for (int q = 0; q < REQUIREMENT_COUNT; q++) {
        if (r->seen[q] != 0) {
            fprintf(r->out, "%s\n   {\"id\":\"%s\",\"shortDescription\":{\"text\":", before,
                    requirement_id((enum requirement)q));
            write_json_string(r->out, requirement_text((enum requirement)q));
            fputs("},\"help\":{\"text\":", r->out);
            write_json_string(r->out, requirement_source((enum requirement)q));
            fputs("}}", r->out);
            before = ",";
        }
    }
}

void report_begin(struct check_report *r)
{
    r->files = 0;
    r->findings = 0;
    memset(r->seen, 0, sizeof r->seen);
    if (r->format == REPORT_JSON) {
        fputs("{\"closeaf\":\"check\",\"version\":1,\"files\":[", r->out);
    } else if (r->format == REPORT_SARIF) {
        fputs("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
              "\"version\":\"2.1.0\",\"runs\":[{\"results\":[",
              r->out);
    }
}

void report_begin_file(struct check_report *r, const char *path)
{
    r->asks_for_rest = 0;
    if (r->format == REPORT_JSON) {
        fprintf(r->out, "%s\n {\"file\":", r->files == 0 ? "" : ",");
        write_json_string(r->out, input_name(path));
        fputs(",\"findings\":[", r->out);
        r->findings = 0;
        r->outstanding = 0;
    }
    r->files++;
}

/* In text what is accepted is counted only. */
void report_finding(struct check_report *r, const char *path, const struct kept_finding *f)
{
    switch (r->format) {
    case REPORT_TEXT:
        if (f->suppressed == NULL) {
            text_finding(r, path, f);
        }
        break;
    case REPORT_JSON: json_finding(r, f); break;
    case REPORT_SARIF: sarif_finding(r, path, f); break;
    }
}

/* Not a breach: what a reader of a trace that hangs looks for first. */
void report_outstanding(struct check_report *r, const char *path, const struct outstanding *o,
                        const char *behind)
{
    static char text[17000];

    (void)snprintf(text, sizeof text, "outstanding: %s of %s:%lu.%lu since line %lu, owed by %s%s%s",
                   o->what, object_kind_name(o->object.kind), (unsigned long)o->object.handle.slot,
                   (unsigned long)o->object.handle.generation, o->since,
                   o->owed_by[0] == 'N' ? "NDIS" : o->owed_by[0] == 'c' ? "the client" : "the call manager",
                   behind[0] != '\0' ? "; behind it: " : "", behind);
    if (r->format == REPORT_TEXT) {
        text_place(r, path, 0);
        fprintf(r->out, "%s\n", text);
    } else if (r->format == REPORT_JSON) {
        fputs(r->outstanding++ == 0 ? "],\"outstanding\":[\n   {\"what\":" : ",\n   {\"what\":", r->out);
        write_json_string(r->out, o->what);
        fputs(",\"object\":\"", r->out);
        write_object(r->out, o->object);
        fprintf(r->out, "\",\"since\":%lu", o->since);
        json_member(r->out, "owed_by", o->owed_by);
        if (behind[0] != '\0') {
            json_member(r->out, "behind", behind);
        }
        fputc('}', r->out);
    } else {
        sarif_remark(r, path, o->since, "note", text);
    }
}

/* A line of text; in SARIF a note. */
static void tell_text(struct check_report *r, const char *path, unsigned long line,
                      const char *text)
{
    if (r->format == REPORT_TEXT) {
        text_place(r, path, line);
        fprintf(r->out, "%s\n", text);
    } else if (r->format == REPORT_SARIF) {
        sarif_remark(r, path, line, "note", text);
    }
}

void report_wait(struct check_report *r, const char *path, const struct nesting *n, unsigned thread,
                 enum requirement rule)
{
    char text[2048] = "";
    FILE *out = fmemopen(text, sizeof text, "w");

    if (out == NULL) {
        return;
    }
    fprintf(out, "held up: thread t%u waits at line %lu%s", thread, n->last_line[thread],
            n->depth[thread] > 0 ? "," : "");
    write_standing(out, n, thread);
    if (rule != CONFORMING) {
        fprintf(out, ", against %s: none of these goes on until what it waits for is done on another thread, and "
                     "whoever is to do that may wait for them", requirement_id(rule));
    }
    (void)fclose(out);
    tell_text(r, path, 0, text);
}

void report_way(struct check_report *r, const char *path, unsigned steps, struct event first)
{
    char text[400] = "";
    FILE *out = fmemopen(text, sizeof text, "w");

    r->asks_for_rest = 1;
    r->steps_to_rest = first.kind == NO_EVENT ? -1 : (long)steps;
    if (out == NULL) {
        return;
    }
    if (first.kind == NO_EVENT) {
        fputs("no way to rest was found", out);
    } else {
        fprintf(out, "%u step%s to rest, which closeaf owed tells; the first: ", steps,
                steps == 1 ? "" : "s");
        write_event_in_words(out, first);
    }
    (void)fclose(out);
    tell_text(r, path, 0, text);
}

/* "amb_06=a amb_30=b": what is not as it is recommended. */
static void write_readings(FILE *out, struct readings used, const char *between, const char *quote)
{
    const struct readings recommended = core_recommended_readings();
    const char *before = "";

#define READING(name, letter, letters)                                     \
    if (used.name != recommended.name) {                                   \
        fprintf(out, "%s%s" #name "=%c%s", before, quote, used.name, quote); \
        before = between;                                                  \
    }
#include "protocol/readings.def"
#undef READING
    if (before[0] == '\0' && quote[0] == '\0') {
        fputs("the recommended readings", out);
    }
}

void report_conforming(struct check_report *r, const char *path, const struct readings *found,
                       unsigned tried)
{
    char text[1024] = "";
    FILE *out = fmemopen(text, sizeof text, "w");

    if (out == NULL) {
        return;
    }
    if (found != NULL) {
        fputs("conforms by ", out);
        write_readings(out, *found, " ", "");
    } else {
        fprintf(out, "conforms by none of the %u readings tried", tried);
    }
    (void)fclose(out);
    if (r->format == REPORT_JSON) {
        r->conforms = found != NULL ? 1 : -1;
        r->conforms_by = found != NULL ? *found : core_recommended_readings();
    }
    tell_text(r, path, 0, text);
}

void report_useless(struct check_report *r, const char *path, unsigned long line)
{
    tell_text(r, path, line, "suppresses nothing");
}

void report_lacking(struct check_report *r, const char *path, enum requirement requirement,
                    unsigned long line)
{
    if (r->format == REPORT_TEXT) {
        text_place(r, path, line);
        fprintf(r->out, "expected %s here, but it was not found\n", requirement_id(requirement));
    } else if (r->format == REPORT_JSON) {
        json_next(r, line);
        fprintf(r->out, ",\"expected\":\"%s\"}", requirement_id(requirement));
    } else {
        sarif_remark(r, path, line, "error", "the trace expects a finding here, and there is none");
    }
}

/* Said in each format, so that nobody takes these for judged. */
static void tell_what_is_not_judged(struct check_report *r, const char *path,
                                    const struct file_figures *counted)
{
    char text[128];

    (void)snprintf(text, sizeof text,
                   "not judged: %lu event%s about a driver as a whole (its registration, locks, waits)",
                   counted->not_judged, counted->not_judged == 1 ? "" : "s");
    if (r->format == REPORT_TEXT) {
        fprintf(stderr, "%s:%lu: %s\n", input_name(path), counted->first_not_judged, text);
    } else if (r->format == REPORT_SARIF) {
        sarif_remark(r, path, counted->first_not_judged, "note", text);
    }
}

/* The known name that is nearest, of which the unknown one may be a misspelling; of a code it is
 * another code of the same callback. Null: none is near. */
static const char *nearest_name(uint16_t unknown)
{
    const char *name = event_name(unknown);
    const size_t function = strchr(name, '/') != NULL ? (size_t)(strchr(name, '/') + 1 - name) : 0;
    struct nearest of_code = nearest_begin(name + function), whole = nearest_begin(name);
    const char *found = NULL;

    for (uint16_t kind = NO_EVENT + 1; kind < NAMED_EVENT_COUNT; kind++) {
        const char *before = of_code.known;

        nearest_try(&whole, event_name(kind));
        if (function > 0 && strncmp(event_name(kind), name, function) == 0) {
            nearest_try(&of_code, event_name(kind) + function);
            found = of_code.known != before ? event_name(kind) : found;
        }
    }
    return found != NULL ? found : whole.known;
}

/* The name is one of the vocabulary; it is the row with this verb, or this object, that there is not. */
static int is_row_missing(uint16_t unknown, const char *known)
{
    return known != NULL && strcmp(known, event_name(unknown)) == 0;
}

/* A line for each, so that a misspelt name is not passed over in silence. */
static void tell_what_is_unknown(struct check_report *r, const char *path,
                                 const struct file_figures *counted)
{
    char text[300];

    for (unsigned i = 0; i < MOST_UNKNOWN; i++) {
        const uint16_t kind = (uint16_t)(NAMED_EVENT_COUNT + i);
        const char *known = counted->unknown_times[i] > 0 ? nearest_name(kind) : NULL;

        if (counted->unknown_times[i] == 0) {
            continue;
        }
        if (is_row_missing(kind, known)) {
            (void)snprintf(text, sizeof text, "not in the vocabulary, passed over: %s %s (the name is, but not with "
                           "this verb and this kind of object)", event_verb(kind), known);
        } else {
            (void)snprintf(text, sizeof text, "unknown name, passed over: %s %s%s%s%s", event_verb(kind),
                           event_name(kind), known != NULL ? " (did you mean " : "",
                           known != NULL ? known : "", known != NULL ? "?)" : "");
        }
        if (r->format == REPORT_TEXT) {
            fprintf(stderr, "%s:%lu: %s\n", input_name(path), counted->unknown_first[i], text);
        } else if (r->format == REPORT_SARIF) {
            sarif_remark(r, path, counted->unknown_first[i], "note", text);
        }
    }
}

/* "2 events with an unknown name, the first at line 13: NAME (nearest: NAME)". */
static void write_unknown(FILE *out, const struct file_figures *counted)
{
    const char *known = counted->unknown > 0 ? nearest_name(counted->first_unknown) : NULL;

    if (counted->unknown == 0) {
        return;
    }
    fprintf(out, "; %lu event%s with an unknown name, the first at line %lu: %s", counted->unknown,
            counted->unknown == 1 ? "" : "s",
            counted->unknown_first[counted->first_unknown - NAMED_EVENT_COUNT],
            event_name(counted->first_unknown));
    if (is_row_missing(counted->first_unknown, known)) {
        fputs(" (known, but not with this verb and this kind of object)", out);
    } else if (known != NULL) {
        fprintf(out, " (nearest known: %s)", known);
    }
}

static void json_unknown(FILE *out, const struct file_figures *counted)
{
    const char *before = "";

    fprintf(out, ",\"unknown\":{\"events\":%lu,\"names\":[", counted->unknown);
    for (unsigned i = 0; i < MOST_UNKNOWN; i++) {
        const uint16_t kind = (uint16_t)(NAMED_EVENT_COUNT + i);
        const char *known = counted->unknown_times[i] > 0 ? nearest_name(kind) : NULL;

        if (counted->unknown_times[i] > 0) {
            fprintf(out, "%s{\"line\":%lu,\"events\":%lu", before, counted->unknown_first[i],
                    counted->unknown_times[i]);
            json_member(out, "verb", event_verb(kind));
            json_member(out, "name", event_name(kind));
            if (known != NULL) {
                json_member(out, "nearest", known);
            }
            fputc('}', out);
            before = ",";
        }
    }
    fputs("]}", out);
}

void report_not_opened(struct check_report *r, const char *path)
{
    if (r->format == REPORT_SARIF) { /* the others name each file, or have said it */
        sarif_remark(r, path, 0, "error", "the file cannot be opened");
    }
}

/* "1 breach", "2 breaches"; nothing of none. */
static void write_count(FILE *out, unsigned long count, const char *one, const char *more,
                        const char **before)
{
    if (count > 0) {
        fprintf(out, "%s%lu %s", *before, count, count == 1 ? one : more);
        *before = ", ";
    }
}

/* What was seen, what was found in it, by which readings. */
static void summarise(struct check_report *r, const char *path,
                      const struct file_figures *counted, struct readings used)
{
    static const char *const plurals[OBJECT_KIND_COUNT] = {"", "AFs", "bindings", "SAPs", "VCs",
                                                           "parties", "requests", "drivers"};
    static const char *const singulars[OBJECT_KIND_COUNT] = {"", "AF", "binding", "SAP", "VC",
                                                             "party", "request", "driver"};
    const char *before = "";

    text_place(r, path, 0);
    if (counted->events == 0) {
        fputs("no event: nothing was judged\n", r->out);
        return;
    }
    write_count(r->out, counted->of_level[BREACH], "breach", "breaches", &before);
    write_count(r->out, counted->of_level[CONTESTED], "contested finding", "contested findings", &before);
    write_count(r->out, counted->of_level[ADVICE], "piece of advice", "pieces of advice", &before);
    write_count(r->out, counted->of_level[OBSERVATION], "observation", "observations", &before);
    fprintf(r->out, "%s in %lu event%s (", before[0] == '\0' ? "conforms" : "", counted->events,
            counted->events == 1 ? "" : "s");
    before = "";
    for (unsigned kind = AN_AF; kind < OBJECT_KIND_COUNT; kind++) {
        write_count(r->out, counted->objects[kind], singulars[kind], plurals[kind], &before);
    }
    fprintf(r->out, "%s) by ", before[0] == '\0' ? "no object" : "");
    write_readings(r->out, used, " ", "");
    before = "; ";
    write_count(r->out, counted->not_judged, "event not judged", "events not judged", &before);
    before = "; ";
    write_count(r->out, counted->suppressed, "finding suppressed", "findings suppressed", &before);
    before = "; ";
    write_count(r->out, counted->not_selected, "finding not selected", "findings not selected", &before);
    write_unknown(r->out, counted);
    fputc('\n', r->out);
}

void report_end_file(struct check_report *r, const char *path, int status,
                     const struct file_figures *counted, struct readings used,
                     const struct trace_error *error)
{
    if (counted->not_judged > 0) {
        tell_what_is_not_judged(r, path, counted);
    }
    if (counted->unknown > 0) {
        tell_what_is_unknown(r, path, counted);
    }
    if (counted->given_up) {
        tell_text(r, path, 0,
                  "so many breaches that it was given up to search what only follows from them: "
                  "later findings may be consequences");
    }
    if (counted->lack_memory > 0 && !counted->tells_of_memory) {
        tell_text(r, path, 0,
                  "no line of this trace tells that memory was freed: if that was not recorded, begin it with "
                  "\"t0 do RecordingOmitsMemory driver:0.1 - PASSIVE\", and what it lacks of such lines is no finding");
    }
    if (counted->unclear > 0) {
        char text[160];

        (void)snprintf(text, sizeof text,
                       "%lu later line%s may be wrong and %s not judged: an earlier one contradicts "
                       "what was seen of the object",
                       counted->unclear, counted->unclear == 1 ? "" : "s",
                       counted->unclear == 1 ? "was" : "were");
        tell_text(r, path, 0, text);
    }
    if (error != NULL && r->format == REPORT_SARIF) {
        char text[sizeof error->expected + 64];

        (void)snprintf(text, sizeof text, "not a trace: column %lu: expected %s",
                       error->column, error->expected);
        sarif_remark(r, path, error->line, "error", text);
    }
    if (error != NULL) {
        (void)unreadable(path, error);
    }
    if (counted->not_contested) {
        tell_text(r, path, 0,
                  "which readings make the findings was not looked for: the trace is too long");
    }
    if (r->format == REPORT_TEXT && status != UNREADABLE && !counted->is_silent) {
        summarise(r, path, counted, used);
    }
    if (r->format != REPORT_JSON) {
        return;
    }
    fprintf(r->out, "],\"events\":%lu,\"not_judged\":%lu,\"unclear\":%lu,\"given_up\":%s,\"verdict\":\"%s\"",
            counted->events, counted->not_judged, counted->unclear, counted->given_up ? "true" : "false",
            verdict_name(status, counted));
    if (counted->unknown > 0) {
        json_unknown(r->out, counted);
    }
    fputs(",\"objects\":{", r->out);
    for (unsigned kind = AN_AF; kind < OBJECT_KIND_COUNT; kind++) {
        fprintf(r->out, "%s\"%s\":%lu", kind == AN_AF ? "" : ",",
                object_kind_name((enum object_kind)kind), counted->objects[kind]);
    }
    fputs("},", r->out);
    if (r->asks_for_rest && r->steps_to_rest < 0) {
        fputs("\"steps_to_rest\":null,", r->out);
    } else if (r->asks_for_rest) {
        fprintf(r->out, "\"steps_to_rest\":%ld,", r->steps_to_rest);
    }
    fputs("\"readings\":[", r->out);
    write_readings(r->out, used, ",", "\"");
    fputc(']', r->out);
    if (r->conforms != 0) {
        fputs(r->conforms > 0 ? ",\"conforms_by\":[" : ",\"conforms_by\":null", r->out);
        if (r->conforms > 0) {
            write_readings(r->out, r->conforms_by, ",", "\"");
            fputc(']', r->out);
        }
        r->conforms = 0;
    }
    if (error != NULL) {
        fprintf(r->out, ",\"error\":{\"line\":%lu,\"column\":%lu", error->line, error->column);
        json_member(r->out, "expected", error->expected);
        fputc('}', r->out);
    }
    fputc('}', r->out);
}

void report_end(struct check_report *r)
{
    if (r->format == REPORT_JSON) {
        fputs("]}\n", r->out);
    } else if (r->format == REPORT_SARIF) {
        fputs("],\"tool\":{\"driver\":{\"name\":\"closeaf\",\"rules\":[", r->out);
        sarif_rules(r);
        fputs("]}}}]}\n", r->out);
    }
}
