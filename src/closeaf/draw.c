/* draw.c - closeaf draw: a trace as a sequence chart. */
#include "chart.h"
#include "command.h"

#include <string.h>

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
    struct trace_error error;
    FILE *in;
    int result = GOOD;

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
    if (arguments[0] != NULL && arguments[1] != NULL) {
        return usage_error("draw takes one file", "");
    }
    in = open_input_twice(arguments[0] != NULL ? arguments[0] : "-");
    if (in == NULL) {
        return UNREADABLE;
    }
    if (chart_draw(in, style, stdout, &error) < 0) {
        result = unreadable(arguments[0] != NULL ? arguments[0] : "-", &error);
    }
    close_input(in);
    return result;
}
