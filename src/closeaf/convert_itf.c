/* convert_itf.c - see convert.h. https://apalache-mc.org/docs/adr/015adr-trace.html
 *
 * The state before the first event and then after each event: the event, its line, the
 * core's answer, and what is held of AFs and bindings, a map from slots. To an event that
 * the core does not judge the answer is "not judged". */
#include "convert.h"

static struct core core;

static void write_integer(FILE *out, const char *before, unsigned long n)
{
    fprintf(out, "%s{\"#bigint\":\"%lu\"}", before, n);
}

static const char *af_phase_name(uint8_t phase)
{
    static const char *const names[] = {
        [AF_FREE] = "FREE", [AF_OPENING] = "OPENING", [AF_FAILED] = "FAILED",
        [AF_OPEN] = "OPEN", [AF_CLOSING] = "CLOSING", [AF_CLOSED] = "CLOSED"};

    return phase < sizeof names / sizeof *names ? names[phase] : "";
}

static const char *binding_phase_name(uint8_t phase)
{
    static const char *const names[] = {"UNBOUND", "BINDING", "BOUND", "UNBINDING",
                                        "UNBIND_PENDED"};

    return phase < sizeof names / sizeof *names ? names[phase] : "";
}

static void write_tables(FILE *out)
{
    const char *before = "";

    fputs("\"af\":{\"#map\":[", out);
    for (uint32_t i = 0; i < MAX_AF; i++) {
        if (core.af[i].generation != 0) {
            fprintf(out, "%s[", before);
            write_integer(out, "", i);
            write_integer(out, ",{\"generation\":", core.af[i].generation);
            fprintf(out, ",\"phase\":\"%s\"", af_phase_name(core.af[i].phase));
            write_integer(out, ",\"binding\":", core.af[i].client);
            fputs("}]", out);
            before = ",";
        }
    }
    fputs("]},\"binding\":{\"#map\":[", out);
    before = "";
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        if (core.binding[i].generation != 0) {
            fprintf(out, "%s[", before);
            write_integer(out, "", i);
            write_integer(out, ",{\"generation\":", core.binding[i].generation);
            fprintf(out, ",\"phase\":\"%s\"}]", binding_phase_name(core.binding[i].phase));
            before = ",";
        }
    }
    fputs("]}}", out);
}

/* A record has the same fields in each state; those that an event has not are empty. */
static void write_state(FILE *out, unsigned long line, struct event e, const char *answer)
{
    write_integer(out, "{\"line\":", line);
    fprintf(out, ",\"event\":{\"verb\":\"%s\",\"name\":\"%s\",\"object\":\"%s\"",
            event_verb(e.kind), event_name(e.kind), event_object(e.kind));
    write_integer(out, ",\"slot\":", e.object.slot);
    write_integer(out, ",\"generation\":", e.object.generation);
    fprintf(out, ",\"on\":\"%s\"", event_on(e.kind));
    write_integer(out, ",\"on_slot\":", e.on.slot);
    write_integer(out, ",\"on_generation\":", e.on.generation);
    write_integer(out, ",\"thread\":", e.thread);
    fprintf(out, ",\"status\":\"%s\",\"irql\":\"%s\",\"by\":\"", status_name(e.status),
            irql_name(e.irql));
    if (e.by != 0) {
        fprintf(out, "%u", (unsigned)e.by - 1);
    }
    fprintf(out, "\"},\"answer\":\"%s\",", answer);
    write_tables(out);
}

static void begin_itf(FILE *out, struct readings readings)
{
    const struct event none = {0};

    core_initialise(&core, readings);
    fputs("{\"#meta\":{\"format\":\"ITF\",\"format-description\":"
          "\"https://apalache-mc.org/docs/adr/015adr-trace.html\","
          "\"source\":\"closeaf convert\"},\n"
          "\"vars\":[\"line\",\"event\",\"answer\",\"af\",\"binding\"],\n\"states\":[\n",
          out);
    write_state(out, 0, none, "");
}

static void event_itf(FILE *out, struct event e, unsigned long line)
{
    const char *answer = "not judged";

    if (event_is_judged(e)) {
        answer = requirement_id(core_step(&core, e));
    }
    fputs(",\n", out);
    write_state(out, line, e, answer);
}

static void end_itf(FILE *out) { fputs("\n]}\n", out); }

const struct converter to_itf = {begin_itf, event_itf, end_itf};
