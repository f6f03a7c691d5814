/* convert_jsonl.c - see convert.h. Also the canonical trace, which is as short. */
#include "convert.h"

void write_json_handle(FILE *out, const char *kind, struct handle h)
{
    fprintf(out, "{\"kind\":\"%s\",\"slot\":%lu,\"generation\":%lu}", kind,
            (unsigned long)h.slot, (unsigned long)h.generation);
}

static void begin_jsonl(FILE *out, struct readings readings)
{
    const char *before = "";

    fputs("{\"closeaf-trace\":2,\"readings\":{", out);
#define READING(name, letter, letters)                                  \
    fprintf(out, "%s\"" #name "\":\"%c\"", before, readings.name);      \
    before = ",";
#include "protocol/readings.def"
#undef READING
    fputs("}}\n", out);
}

static void event_jsonl(FILE *out, struct event e, unsigned long line)
{
    fprintf(out, "{\"line\":%lu,\"thread\":%u,\"verb\":\"%s\",\"name\":\"%s\",\"object\":",
            line, (unsigned)e.thread, event_verb(e.kind), event_name(e.kind));
    write_json_handle(out, event_object(e.kind), e.object);
    if (e.status == NO_STATUS) {
        fputs(",\"status\":null", out);
    } else {
        fprintf(out, ",\"status\":\"%s\"", status_name(e.status));
    }
    fprintf(out, ",\"irql\":\"%s\"", irql_name(e.irql));
    if (event_on(e.kind)[0] != '\0') {
        fputs(",\"on\":", out);
        write_json_handle(out, event_on(e.kind), e.on);
    }
    if (e.by != 0) {
        fprintf(out, ",\"by\":%u", (unsigned)e.by - 1);
    }
    fputs("}\n", out);
}

static void end_nothing(FILE *out) { (void)out; }

const struct converter to_jsonl = {begin_jsonl, event_jsonl, end_nothing};

static void event_trace(FILE *out, struct event e, unsigned long line)
{
    (void)line;
    trace_write_event(out, e);
}

const struct converter to_trace = {trace_write_header, event_trace, end_nothing};
