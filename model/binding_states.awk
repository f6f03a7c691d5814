# binding_states.awk - the table of binding states as Promela: for each event a row number,
# and look_up(), which says what the table says. Complains if the table is not complete.
# usage: awk -f binding_states.awk binding_states.csv > binding_states.pml
function name(text) { gsub(/[^A-Za-z]+/, "_", text); return toupper(text) }
BEGIN { FS = "," }
NR == 1 { next }
NF != 3 || (($1, $2) in cell) { print FILENAME ": line " NR " is no new cell: " $0 > "/dev/stderr"; bad = 1; exit }
{
    cell[$1, $2] = $3
    if (!($1 in seen_event)) { seen_event[$1]; event[events++] = $1 }
    if (!($2 in seen_state)) { seen_state[$2]; state[states++] = $2 }
}
END {
    if (bad) exit 1
    if (NR - 1 != events * states || events == 0) {
        print FILENAME ": " NR - 1 " cells for " events " events in " states " states" > "/dev/stderr"; exit 1
    }
    print "/* Made from binding_states.csv; do not edit. */"
    print "#define TABLE_ROWS " events
    print "#define TABLE_STATES " states
    for (e = 0; e < events; e++) print "#define ROW_" name(event[e]) " " e
    print "inline look_up(row, in_state, cell)\n{\n    if"
    for (e = 0; e < events; e++)
        for (s = 0; s < states; s++)
            print "    :: row == ROW_" name(event[e]) " && in_state == BINDING_" name(state[s]) \
                " -> cell = BINDING_" name(cell[event[e], state[s]])
    print "    fi\n}"
}
