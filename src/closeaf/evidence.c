/* evidence.c - see evidence.h. A record is a line, as proofs/evidence/records writes it: its keys in
 * one order, and strings with a backslash before quotes and backslashes alone. */
#define _POSIX_C_SOURCE 200809L
#include "evidence.h"

#include "command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What stands behind "key": in the line, or an empty text. */
static const char *value_of(const char *line, const char *key)
{
    const size_t length = strlen(key);

    for (const char *at = line; (at = strstr(at, key)) != NULL; at += length) {
        if (at > line && at[-1] == '"' && strncmp(at + length, "\":", 2) == 0) {
            return at + length + 2;
        }
    }
    return "";
}

/* The string there, without its quotes, in a text that is to be freed; null without memory. */
static char *string_of(const char *line, const char *key)
{
    const char *from = value_of(line, key);
    char *text = malloc(strlen(from) + 1), *to = text;

    if (text == NULL) {
        return NULL;
    }
    if (*from == '"') {
        for (from++; *from != '\0' && *from != '"'; from++) {
            from += *from == '\\' && from[1] != '\0';
            *to++ = *from;
        }
    }
    *to = '\0';
    return text;
}

static int speaks_of(const char *line, const char *requirement)
{
    const char *list = value_of(line, "requirements");
    const size_t length = strlen(requirement), end = strcspn(list, "]");

    for (const char *at = list; (at = strstr(at, requirement)) != NULL && at < list + end; at += length) {
        if (at[-1] == '"' && at[length] == '"') {
            return 1;
        }
    }
    return 0;
}

static void write_part(const char *line, const char *key, const char *label, const char *before)
{
    char *text = string_of(line, key);

    if (text != NULL && *text != '\0') {
        char *whole = malloc(strlen(before) + strlen(text) + 1);

        if (whole != NULL) {
            (void)stpcpy(stpcpy(whole, before), text);
            write_wrapped(8, 4, label, whole);
            free(whole);
        }
    }
    free(text);
}

static void write_record(const char *line)
{
    char *id = string_of(line, "id"), *verdict = string_of(line, "verdict");
    const char *figures = value_of(line, "figures");

    printf("      %s: %s%s\n", id != NULL ? id : "", verdict != NULL ? verdict : "",
           strncmp(value_of(line, "whole"), "false", 5) == 0 ? ", a sample" : "");
    write_part(line, "what", "What", "");
    write_part(line, "bound", "Bound", "");
    if (*figures == '{' && figures[1] != '}') {
        printf("        Figures: %.*s\n", (int)strcspn(figures + 1, "}"), figures + 1);
    }
    write_part(line, "command", "Again", "");
    write_part(line, "log", "Raw", EVIDENCE "/");
    free(id);
    free(verdict);
}

int show_evidence(const char *requirement)
{
    FILE *in = fopen(EVIDENCE "/records.jsonl", "r");
    char *line = NULL;
    size_t size = 0;
    unsigned found = 0;

    if (in == NULL) {
        fprintf(stderr, "closeaf: " EVIDENCE "/records.jsonl: %s; to make it, from the top of the tree: make evidence\n",
                strerror(errno));
        return UNREADABLE;
    }
    while (getline(&line, &size, in) >= 0) {
        if (speaks_of(line, requirement)) {
            printf("%s", found++ == 0 ? "    Evidence:\n" : "");
            write_record(line);
        }
    }
    if (found == 0) {
        printf("    Evidence: no record speaks of it; see model/matrix.reasons and proofs/evidence/exceptions\n");
    }
    free(line);
    (void)fclose(in);
    return GOOD;
}
