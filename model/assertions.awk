# Each assertion of the model has a name: FILE:INLINE:N, the Nth need of an inline, macro or process
# of that file. With print_them=1 prints, a line each, the name, a tab and what is asserted; else each
# file again into folder, in which an assertion first prints "= NAME".
function depth_of(text,    opened, closed) { opened = gsub(/\(/, "(", text); closed = gsub(/\)/, ")", text); return opened - closed }
FNR == 1 {
    if (out) close(out)
    file = FILENAME; sub(/.*\//, "", file); out = folder "/" file
    where = "-"; in_need = inside_comment = 0
}
/^inline need\(/ { in_need = 1 }
/^(inline|proctype|active proctype|init)/ && !in_need { where = $0; sub(/^(inline|active proctype|proctype) */, "", where); sub(/[^A-Za-z0-9_].*/, "", where) }
/^#define [a-z_]+\(/ { where = $2; sub(/\(.*/, "", where) }
print_them && asserted != "" && depth_of(asserted) > 0 { # it goes on
    line = $0; sub(/^ */, "", line)
    asserted = asserted " " line
    if (depth_of(asserted) <= 0) { print name "\t" asserted; asserted = "" }
    next
}
{
    rest = $0; text = ""
    comment = inside_comment ? 1 : index(rest, "/*") # which has no assertions
    if (/\/\*/ || inside_comment) inside_comment = !/\*\//
    while (!in_need && match(rest, /(^|[^A-Za-z0-9_])need\(/) && !(comment && comment < RSTART)) {
        start = RSTART + RLENGTH - 5
        name = file ":" where ":" ++count[file, where]
        if (print_them) {
            asserted = substr(rest, start)
            sub(/ *(\/\*.*)?$/, "", asserted)
            if (depth_of(asserted) <= 0) { print name "\t" asserted; asserted = "" }
        }
        text = text substr(rest, 1, start - 1) "printf(\"= " name "\\n\"); need("
        rest = substr(rest, start + 5)
        comment = index(rest, "/*")
    }
    if (!print_them) print text rest > out
}
/^}/ { in_need = 0 }
