/* untap.c - makes a trace of a debugger's log: see debugger_output.h. */
#include "debugger_output.h"

#include <errno.h>
#include <string.h>

static const char usage_text[] =
    "usage: untap [FILE]   make a trace of the lines of the tap in a debugger's log\n"
    "\n"
    "Without a FILE, or with -, reads standard input. The log may hold anything besides.\n"
    "Lines that are missing, cut or mixed up are told on standard error.\n"
    "\n"
    "Exit status: 0 the trace is whole, 1 it has gaps, 2 bad input, and no trace.\n";

int main(int argc, char **argv)
{
    const char *path = argc > 1 && strcmp(argv[1], "-") != 0 ? argv[1] : "standard input";
    struct debugger_output found;
    FILE *in = stdin;
    int result;

    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage_text, stdout);
        return 0;
    }
    if (argc > 2 || (argc == 2 && argv[1][0] == '-' && argv[1][1] != '\0')) {
        fputs(usage_text, stderr);
        return 2;
    }
    if (argc == 2 && strcmp(argv[1], "-") != 0 && (in = fopen(path, "rb")) == NULL) {
        fprintf(stderr, "untap: cannot open %s: %s\n", path, strerror(errno));
        return 2;
    }
    result = debugger_output_convert(in, path, core_recommended_readings(), stdout, stderr,
                                     &found);
    if (in != stdin) {
        (void)fclose(in);
    }
    if (result != 2) {
        fprintf(stderr,
                "untap: %lu lines of the tap; missing %lu, damaged %lu; moved %lu events, "
                "filled in %lu\n",
                found.lines, found.missing, found.damaged, found.moved, found.filled);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("untap: cannot write all of the trace");
        return 2;
    }
    return result;
}
