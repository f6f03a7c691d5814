/* command.h - what the verbs of closeaf have in common. */
#ifndef CLOSEAF_COMMAND_H
#define CLOSEAF_COMMAND_H

#include "trace/trace.h"

/* Exit statuses; of several the highest counts. */
enum { GOOD = 0, FOUND = 1, UNREADABLE = 2 };

/* The verbs: each takes its arguments, ends with a null, and returns an exit status. */
int check_verb(char **arguments);
int convert_verb(char **arguments);
int decode_verb(char **arguments);
int diff_verb(char **arguments);
int draw_verb(char **arguments);
int events_verb(char **arguments);
int explain_verb(char **arguments);
int owed_verb(char **arguments);
int readings_verb(char **arguments);
int rules_verb(char **arguments);
int states_verb(char **arguments);

int worse(int a, int b);

/* Complains on standard error of how closeaf was called: UNREADABLE. If it is an option that is not
 * known, the nearest is named of those in the text that was given last, which is kept. */
int usage_error(const char *what, const char *which);
void known_options(const char *help);

/* Whether the argument is the option, "--format=json" or "--format" and then "json"; moves
 * *argument on to the last word of it. The value is null if there is none. */
int is_option(char ***argument, const char *option, const char **value);

/* A decimal number from least to most: 1, or 0 if the text is none. */
int read_number(const char *text, unsigned long least, unsigned long most, unsigned long *number);

/* Whether the first argument is an option: it begins with a dash and names no file. Moves
 * *arguments past "--", which ends the options. */
int at_option(char ***arguments);

/* Moves what is an option ("--svg", and "--to jsonl" with its value) before the files, as far as "--":
 * so options may stand behind files. with_value: those that have one, with spaces around each. */
void options_first(char **arguments, const char *with_value);

/* What stands in messages for a file: "-" is standard input. */
const char *input_name(const char *path);

/* Opens a file to read, or standard input for "-": null, with a message, if it cannot be
 * read, as a directory cannot. Close it with close_input. */
FILE *open_input(const char *path);
void close_input(FILE *in);

/* The same, of a file that can be read twice: what comes from a pipe is copied into a
 * temporary file. */
FILE *open_input_twice(const char *path);

/* The same, judged while it comes: of a pipe a copy is made of what is read. copy_of_input is what
 * can be read from its beginning, or null if there was more than MOST_COPIED bytes. */
#define MOST_COPIED (64ul << 20)
struct copied_input {
    FILE *in, *from, *to;
    unsigned long size;
};
int open_copied(struct copied_input *c, const char *path);
FILE *copy_of_input(const struct copied_input *c);
void close_copied(struct copied_input *c);

/* Says where the file is no trace: UNREADABLE. */
int unreadable(const char *path, const struct trace_error *error);

/* A JSON string, with its quotes. What is not UTF-8 becomes U+FFFD. */
void write_json_string(FILE *out, const char *text);

/* "label: text", as lines of at most 96 characters; each is indented, those after the first by
 * so many more spaces. */
void write_wrapped(unsigned indent, unsigned more, const char *label, const char *text);

/* What happened, in words: "the client calls NdisClCloseAddressFamily". */
void write_event_in_words(FILE *out, struct event e);

#endif
