/* draw.c - closeaf draw: a trace as a sequence chart. */
#include "chart.h"
#include "command.h"

#include <string.h>

static int draw(const char *path, enum chart_style style)
{
    struct trace_error error;
    FILE *in = open_input_twice(path);
    int result = GOOD;

    if (in == NULL) {
        return UNREADABLE;
    }
    if (chart_draw(in, style, stdout, &error) < 0) {
        result = unreadable(path, &error);
    }
    close_input(in);
    return result;
}

int draw_verb(char **arguments)
{
    static const struct {
        const char *option;
        enum chart_style style;
    } styles[] = {{"--text", CHART_TEXT},
                  {"--msc", CHART_MSC},
                  {"--mermaid", CHART_MERMAID},
                  {"--svg", CHART_SVG}};
    enum chart_style style = CHART_TEXT;
    int result = GOOD, several;

    options_first(arguments, "");
    for (; at_option(&arguments); arguments++) {
        size_t i = 0;

        while (i < sizeof styles / sizeof *styles &&
               strcmp(*arguments, styles[i].option) != 0) {
            i++;
        }
        if (i == sizeof styles / sizeof *styles) {
            return usage_error("draw does not know ", *arguments);
        }
        style = styles[i].style;
    }
    several = arguments[0] != NULL && arguments[1] != NULL;
    if (several && style != CHART_TEXT) {
        return usage_error("draw takes one file, unless the chart is text", "");
    }
    do {
        const char *path = arguments[0] != NULL ? *arguments++ : "-";

        if (several) {
            printf("%s:\n", input_name(path));
        }
        result = worse(result, draw(path, style));
    } while (*arguments != NULL);
    return result;
}
