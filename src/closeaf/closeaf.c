/* closeaf.c - the command line: judges, draws, converts, compares, replays and records
 * traces. Each verb with more than a few lines has a file of its own. */
#define _POSIX_C_SOURCE 200809L
#include "command.h"
#include "nearest.h"
#ifndef WITHOUT_THREADS
#include "record.h"
#include "replay.h"
#endif

#include <errno.h>
#include <signal.h>
#include <string.h>

/* Another number: what closeaf printed or judged before is not what it prints or judges now. */
#define RELEASE "1.0"

static int help_verb(char **arguments);

#ifndef WITHOUT_THREADS /* as in a browser: the verbs that run the runtime are not there */
static int replay_verb(char **arguments)
{
    int result = GOOD;

    if (at_option(&arguments)) {
        return usage_error("replay does not know ", *arguments);
    }
    if (*arguments == NULL) {
        return usage_error("replay needs a file", "");
    }
    for (; *arguments != NULL; arguments++) {
        result = worse(result, replay_file(*arguments));
    }
    return result;
}

static int record_verb(char **arguments)
{
    struct recording recording = {.out = stdout};
    struct figures figures;
    unsigned long seed = 0, clients = 0;
    const char *value = NULL;
    int seeded = 0;

    for (; *arguments != NULL; arguments++) {
        if (strcmp(*arguments, "--miniport") == 0) {
            recording.miniport = 1;
        } else if (is_option(&arguments, "--seed", &value)) {
            seeded = read_number(value, 0, UINT32_MAX, &seed);
            if (!seeded) {
                return usage_error("--seed takes a number up to 4294967295", "");
            }
        } else if (is_option(&arguments, "--clients", &value)) {
            if (!read_number(value, 1, MAX_BINDING - 1, &clients)) {
                return usage_error("--clients takes a number from 1 to the number of "
                                   "bindings less one",
                                   "");
            }
        } else if (is_option(&arguments, "--events", &value)) {
            if (!read_number(value, 1, UINT32_MAX, &recording.events)) {
                return usage_error("--events takes a number from 1 to 4294967295", "");
            }
        } else {
            return usage_error("record does not know ", *arguments);
        }
    }
    if (!seeded || clients == 0) {
        return usage_error("record needs --seed N and --clients N", "");
    }
    recording.seed = (unsigned)seed;
    recording.clients = (unsigned)clients;
    return record(&recording, &figures);
}
#endif

static const struct verb {
    const char *name;
    int (*run)(char **arguments);
    const char *arguments, *summary, *help;
} verbs[] = {
    {"check", check_verb, "[OPTION...] [FILE...]", "judge traces against the requirements",
     "Prints FILE:LINE: ID: what happened; what the rule asks [which document says so]. A finding\n"
     "that only some readings of the documents make is marked as contested, with the letters by\n"
     "which there is none; one of a rule that only recommends, as advice. Breaches and contested\n"
     "findings make the exit status 1. What was not allowed has happened all the same:\n"
     "check goes on from what is true after it, so that nothing that only follows is a finding.\n"
     "What is left undone stands at FILE:end, and what is still outstanding: since which line,\n"
     "and whose move it is. The last line says what was seen. After \"do SystemCrash\" or \"do\n"
     "RecordingEnds\" nothing is left undone; after \"do RecordingBegins\" an object is judged from\n"
     "its first use; behind \"do RecordingOmitsMemory\" it is no finding that nothing is freed.\n"
     "A name that is unknown is passed over, counted and named.\n"
     "\n"
     "Findings that are known stand in FILE.suppress, one a line, with the reason:\n"
     "AF-CL-24 at 120 of af:0.1: mended in the next release (\"at\" and \"of\" may be left out).\n"
     "\n"
     "  --format=text|json|sarif  how the findings are written (text)\n"
     "  --reading=NAME=LETTER     a reading, instead of that of the trace: amb_06=a\n"
     "                            (closeaf readings lists them)\n"
     "  --reading=any             look for readings by which all of it conforms, and print them\n"
     "  --fail-on=LEVEL           the exit status is 1 from this level on: breach, contested,\n"
     "                            advice, observation (contested)\n"
     "  --only=WORD,...           findings of client, manager, mcm, miniport or NDIS, of these\n"
     "                            rules, of these objects (af:0, vc:1.2)\n"
     "  --core                    what the core answers, by its own rule; what it refuses changes\n"
     "                            nothing then, and later findings may only follow from it\n"
     "  --all                     also print what waits for something else that is left undone\n"
     "  --expect                  succeed if the findings are those in the file's comments:\n"
     "                            # expect: AF-CL-02 at 12, or # expect: AF-CL-24 at end\n"},
    {"draw", draw_verb, "[--text|--svg|--mermaid|--msc] [FILE...]",
     "draw traces as sequence charts",
     "What breaks a requirement is marked. Of several files only --text makes several charts.\n"
     "\n"
     "  --text     for a terminal (the default)\n"
     "  --svg      a picture\n"
     "  --mermaid  a sequence diagram for Mermaid\n"
     "  --msc      input of mscgen\n"},
    {"explain", explain_verb, "[--evidence] WORD...", "explain AF-CL-02, AMB-06, SEQ-08 or a function",
     "AF-CL-02  a requirement: its text, its source, the calls whose IRQL it limits, what the\n"
     "          documents leave open of it, and how many checks of this project can fail for it\n"
     "AMB-06    an ambiguity: the pages that contradict each other, the letters by which they may\n"
     "          be read, what comes of each, and which is recommended (*)\n"
     "SEQ-08    a documented sequence: what happens, what it shows, and its trace\n"
     "NdisClCloseAddressFamily\n"
     "          a function or callback: its events, and each requirement that speaks of it\n"
     "\n"
     "  --evidence  of a requirement, what make evidence has recorded too: what was checked, with\n"
     "              which bound and result, what repeats it, and the raw log; from the top of the tree\n"},
    {"rules", rules_verb, "[--format=text|json] [WORD...]", "list the requirements",
     "Those that have all of the words: an id or its beginning (AF-CL), MUST, SHOULD or MAY, who\n"
     "has to follow them (client, CM, MCM, NDIS), a function.\n"
     "\n"
     "  --format=text|json  how they are written (text)\n"},
    {"events", events_verb, "[--format=text|json] [WORD...]", "list the events of a trace",
     "Those that have all of the words, such as call, vc, manager. A line has: verb; name; the\n"
     "object that the event is of, and that it is on; whether it has a status; who acts, or is\n"
     "called; the highest IRQL; and what judges it.\n"
     "\n"
     "  --format=text|json  how they are written (text)\n"},
    {"readings", readings_verb, "[--format=text|json]",
     "list the readings that a trace and check --reading may name",
     "A line for each: its name, its letters, the recommended letter, and the question that the\n"
     "documents leave open; below it a line for each letter. closeaf explain AMB-06 says more.\n"
     "\n"
     "  --format=text|json  how they are written (text)\n"},
    {"convert", convert_verb, "--to=FORMAT [FILE...] | --from=debugger [FILE]",
     "write a trace in another format",
     "Several files may become jsonl, one after the other; all others take one file.\n\n"
     "  --to=jsonl     JSON Lines: the header, then an object for each event\n"
     "  --to=itf       Apalache's ITF, with the core's answers and states\n"
     "  --to=perfetto  trace events in JSON, which ui.perfetto.dev opens\n"
     "  --to=trace     the canonical form of the trace, without comments\n"
     "  --to=mermaid, mscgen, svg\n"
     "                 charts, as of closeaf draw\n"
     "  --from=debugger\n"
     "                 a trace of what the tap printed, out of a debugger's log (src/tap/TAP.md);\n"
     "                 exit status 1 if lines are missing or damaged\n"},
    {"diff", diff_verb, "FILE FILE", "tell the differences between two traces, in words",
     "Comments do not count. Says what each trace does where they differ and whether it conforms\n"
     "there, and goes on where they agree again.\n"
     "Exit status: 0 no difference, 1 one, 2 bad input.\n"},
    {"states", states_verb, "[--from=LINE] [--to=LINE] [FILE]",
     "print the states and rights after each event, and what may come next",
     "Lines of JSON. An event has its line, who acts, what it breaks, and each object that it has\n"
     "changed, with its state (the names of src/protocol/states.def) and who may do what with it; at\n"
     "the first event each object that there is. Then each event that the core judges, for each\n"
     "object: with which statuses it would be accepted next, and which requirement refuses it else,\n"
     "all at PASSIVE_LEVEL. At the end of the trace, what is left undone.\n"
     "What was not allowed has happened all the same, as in check.\n"
     "\n"
     "  --from=LINE  the events from this line on (1)\n"
     "  --to=LINE    up to this line; what may come next is then said behind it\n"},
    {"owed", owed_verb, "[--format=text|json|--plan] [FILE...]",
     "say who owes what where a trace ends, and what brings it to rest",
     "For a trace that hangs, or that ends with something undone: who owes what to whom, since which\n"
     "line, by which requirement, what waits behind it, where each thread stands and what holds it up,\n"
     "and steps that bring all of it to rest. check accepts each of them. Nothing begins on the way.\n"
     "What was sent or begun against the rules may have no step that ends it; that is said. So is it\n"
     "if no way was found: then there may be one, or by these readings none.\n"
     "Exit status: 0 nothing is owed, 1 something is, 2 bad input.\n"
     "\n"
     "  --plan              the steps alone, as lines that go on with the trace:\n"
     "                      closeaf owed --plan FILE | cat FILE - | closeaf draw\n"
     "  --format=text|json  how it is written (text)\n"},
#ifndef WITHOUT_THREADS
    {"replay", replay_verb, "FILE...", "run traces through the runtime",
     "The runtime must make each line exactly as the trace has it.\n"},
    {"record", record_verb, "--seed N --clients N [--miniport] [--events N]",
     "record a run of the example drivers",
     "  --seed N     seed of the choices of drivers and NDIS\n"
     "  --clients N  how many clients there are\n"
     "  --miniport   an MCM instead of a stand-alone call manager\n"
     "  --events N   repeat until N events are recorded\n"},
#endif
    {"decode", decode_verb, "[FILE]", "make a trace of what SPIN printed",
     "The lines that begin with @, by the numbers of build/vocabulary.pml.\n"},
    {"help", help_verb, "[VERB]", "print this text, or that of a verb", ""},
};

#define VERBS (sizeof verbs / sizeof *verbs)

static const struct verb *verb_of(const char *name)
{
    for (size_t i = 0; i < VERBS; i++) {
        if (strcmp(name, verbs[i].name) == 0) {
            return &verbs[i];
        }
    }
    return NULL;
}

static int unknown_verb(const char *name)
{
    struct nearest n = nearest_begin(name);

    for (size_t i = 0; i < VERBS; i++) {
        nearest_try(&n, verbs[i].name);
    }
    if (n.known == NULL) {
        return usage_error("unknown verb ", name);
    }
    fprintf(stderr, "closeaf: unknown verb %s; the nearest is %s\n", name, n.known);
    return UNREADABLE;
}

static int help_for(const struct verb *verb)
{
    printf("usage: closeaf %s %s\n\nTo %s.\n%s%s", verb->name, verb->arguments, verb->summary,
           verb->help[0] != '\0' ? "\n" : "", verb->help);
    return GOOD;
}

static int help_verb(char **arguments)
{
    if (*arguments != NULL) {
        const struct verb *verb = verb_of(*arguments);

        return verb != NULL ? help_for(verb) : unknown_verb(*arguments);
    }
    for (size_t i = 0; i < VERBS; i++) {
        printf("%s closeaf %-8s %s\n", i == 0 ? "usage:" : "      ", verbs[i].name,
               verbs[i].summary);
    }
    fputs("\nExit status: 0 nothing found, 1 a requirement is broken, 2 bad input or not judged.\n"
          "Without FILE, or with -, standard input is read. More: closeaf VERB --help; the manual\n"
          "page, man -l src/closeaf/closeaf.1; the trace format, src/trace/TRACE.md.\n",
          stdout);
    return GOOD;
}

/* What a trace may contain, which is all that two versions of closeaf differ in for a reader. */
static int tell_version(void)
{
    struct event e = {0};
    int judged = 0;

    for (e.kind = NO_EVENT + 1; e.kind < NAMED_EVENT_COUNT; e.kind++) {
        judged += event_is_judged_in_traces(e);
    }
    printf("closeaf " RELEASE ": trace format 2, %d events, of which %d are judged; %d requirements\n",
           NAMED_EVENT_COUNT - 1, judged, BOUND_REACHED - 1);
    return GOOD;
}

static int run(int argc, char **argv)
{
    static char *nothing[] = {NULL};
    const struct verb *verb;

    if (argc < 2) {
        return usage_error("no verb", "");
    }
    if (strcmp(argv[1], "--version") == 0) {
        return tell_version();
    }
    verb = verb_of(argv[1]);
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return verb != NULL ? help_for(verb) : help_verb(nothing);
        }
    }
    if (verb == NULL) {
        return unknown_verb(argv[1]);
    }
    known_options(verb->help);
    return verb->run(argv + 2);
}

int main(int argc, char **argv)
{
    int result;

    /* A closed pipe is then a write error like a full disk, and reported like one; so is a
     * file that may not grow further. */
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
    result = run(argc, argv);
    errno = 0;
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "closeaf: cannot write all of the output%s%s\n",
                errno != 0 ? ": " : "", errno != 0 ? strerror(errno) : "");
        return UNREADABLE;
    }
    return result;
}
