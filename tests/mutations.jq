# mutations.jq - what tests/mutate_core changes, one small change at a time.
#
# In: clang's syntax tree of one C file, each location with its file. Arguments: $own,
# the name of that file; $texts, the text of each source file by name, a character a byte.
# Out: an object for each function: where it stands, its contract, and its mutants.

# A location in the file itself: where a macro's body or argument is spelled there, that;
# else where the macro is used. Null where it stands in another file.
def place: first((.spellingLoc, .expansionLoc, .) | select(. != null and .file == $own)) // null;
def lo: .range.begin | place | .offset;
def hi: .range.end | place | if . then .offset + .tokLen else null end;
def from($l; $h): $texts[0][$own][$l:$h];
def after($l; $mark): $l + 1 + (from($l; $l + 400) | index($mark) // error("no \($mark)"));
def source: from(lo; hi);
def words: gsub("\\s+"; " ") | gsub("^ | $"; "");
def count($c): split($c) | length;
def balanced: count("(") == count(")") and count("{") == count("}");

def bare: # without the casts and brackets that change no value
    if .kind == "ImplicitCastExpr" or .kind == "ConstantExpr" or .kind == "ParenExpr"
    then .inner[0] | bare else . end;
def plain_type: .type | .desugaredQualType // .qualType;

# The change that is hardest to see: of < and <= each other, not what is true elsewhere too.
def opposite: {"==": "!=", "!=": "==", "<": "<=", "<=": "<", ">": ">=", ">=": ">",
               "+": "-", "-": "+"}[.];
def is_logical: .kind == "BinaryOperator" and (.opcode == "&&" or .opcode == "||");
def is_truth: (.kind == "BinaryOperator" and (.opcode | IN("==", "!=", "<", "<=", ">", ">=")))
    or (.kind == "UnaryOperator" and .opcode == "!");
def is_constant: bare | .kind == "IntegerLiteral" or .kind == "CharacterLiteral" or
    .kind == "InitListExpr" or .referencedDecl.kind == "EnumConstantDecl";
def is_choice: bare | .kind == "ConditionalOperator";
def other_role:
    if test("client") then sub("client"; "manager")
    elif test("manager") then sub("manager"; "client") else . end;
def next_to($name): # the next of a list of names, or the one before the last
    index($name) as $i | if $i == null or length < 2 then empty
    elif $i + 1 < length then .[$i + 1] else .[$i - 1] end;

# The words of the whole file: enumerators by enum, fields by record, functions by type.
def all_of($kind): [.. | objects | select(.kind == $kind)];
def neighbours: reduce (all_of("EnumDecl")[] | [.inner[]? | select(.kind == "EnumConstantDecl") | .name])
    as $names ({}; . + ([$names[] | {(.): [. as $n | $names | next_to($n)]}] | add // {}));
def siblings: reduce (all_of("RecordDecl")[] | [.inner[]? | select(.kind == "FieldDecl")])
    as $fields ({}; . + ([$fields[] | . as $f | {(.id): {name, others:
        ([[$fields[] | select(plain_type == ($f | plain_type)) | .name] | next_to($f.name),
          ($f.name | other_role | select(. != $f.name) |
            select(. as $o | any($fields[]; .name == $o)))] | unique)}}] | add // {}));

def records: reduce (all_of("RecordDecl")[] | select(.name)) as $record ({};
    [$record.inner[]? | select(.kind == "FieldDecl") | {name, type: plain_type}] as $fields |
    if $fields == [] then . else .["struct " + $record.name] = $fields end);

# What a record is altered in: each field, and of one that is a record or a table of them, two.
def alterable($records; $type): $records[$type][]? | .name as $name | .type as $inner |
    ($inner | sub("\\[.*"; "")) as $element |
    if $records[$element] then [$records[$element][] | select($records[.type] == null) | .name] | (.[0], .[1] // empty) |
        "\($name)\(if $inner == $element then "" else "[0]" end).\(.)"
    elif $inner == $element then $name else empty end;

def change($kind; $l; $h; $new; $unit):
    select($l != null and $h != null and $l < $h) |
    select(from($l; $h) | balanced) | select(from($l; $h) != $new) |
    {kind: $kind, lo: $l, hi: $h, new: $new,
     was: (from($unit.lo; $unit.hi) | words),
     now: (from($unit.lo; $l) + $new + from($h; $unit.hi) | words)};
def drop($l; $h; $unit):
    {kind: "removed", lo: $l, hi: $h, new: ";", was: (from($unit.lo; $unit.hi) | words), now: ""};

def negated($unit): # a condition, where turning its operator is not enough
    . as $n | bare | if is_truth or is_logical then empty
    else $n | change("condition"; lo; hi; "!(\(source))"; $unit) end;

def expression($f; $unit):
    . as $n | lo as $l | hi as $h |
    (if .kind == "BinaryOperator" and (.opcode | opposite) != null then
        change("condition"; .inner[0] | hi; $n.inner[1] | lo; " \($n.opcode | opposite) "; $unit)
    elif is_logical then
        [.inner[] | if bare | is_logical then "(\(source))" else source end] as $sides |
        change("condition"; $l; $h; "(\($sides | join({"&&": " || ", "||": " && "}[$n.opcode])))"; $unit),
        change("condition"; $l; $h; "(\($sides[]))"; $unit),
        (.inner[] | select(bare | is_logical | not) | negated($unit))
    elif .kind == "UnaryOperator" then
        if .opcode == "!" then change("condition"; $l; $h; .inner[0] | source; $unit)
        elif .opcode == "++" or .opcode == "--" then
            change("constant"; $l; $h; $n | source |
                if $n.opcode == "++" then sub("\\+\\+"; "--") else sub("--"; "++") end; $unit)
        else empty end
    elif .kind == "CompoundAssignOperator" then
        change("assignment"; .inner[0] | hi; $n.inner[1] | lo;
            {"+=": " -= ", "-=": " += ", "|=": " &= ", "&=": " |= "}[$n.opcode] // empty; $unit)
    elif .kind == "ConditionalOperator" then
        change("condition"; $l; $h; .inner[1, 2] | source; $unit)
    elif .kind == "DeclRefExpr" and .referencedDecl.kind == "EnumConstantDecl" then
        change("constant"; $l; $h; $f.neighbours[$n.referencedDecl.name][]?; $unit)
    elif .kind == "DeclRefExpr" and (.referencedDecl.kind | IN("VarDecl", "ParmVarDecl")) then
        change("role"; $l; $h; [$f.variables[] | select(.type == ($n | plain_type)) | .name] |
            next_to($n.referencedDecl.name); $unit)
    elif .kind == "IntegerLiteral" then
        if $l != null and ($n | source | test("^[0-9]+[uU]?$")) then
            change("constant"; $l; $h; $n.value | tonumber |
                if . > 0 then . - 1 else 1 end | tostring; $unit)
        else change("constant"; $l; $h; "(\($n | source) - 1)"; $unit) end
    elif .kind == "CharacterLiteral" then
        change("constant"; $l; $h; "'\([$n.value + 1] | implode)'"; $unit)
    elif .kind == "MemberExpr" then
        $f.siblings[.referencedMemberDecl] as $field |
        select($field != null and $l != null and $h != null) |
        change("role"; $h - ($field.name | length); $h; $field.others[]; $unit)
    elif .kind == "CallExpr" then
        (.inner[0] | bare | .referencedDecl.name // "") as $callee |
        (.inner[0] | change("role"; lo; hi; $callee | other_role | select(. != $callee) |
            select($f.functions[.] != null and $f.functions[.] == $f.functions[$callee]); $unit)),
        (.inner[1:] as $a | range($a | length) as $i | range($i + 1; $a | length) as $j |
            select(($a[$i] | bare | plain_type) == ($a[$j] | bare | plain_type)) |
            change("role"; $a[$i] | lo; $a[$j] | hi;
                ($a[$j] | source) + from($a[$i] | hi; $a[$j] | lo) + ($a[$i] | source); $unit))
    else empty end),
    (.inner[]? | expression($f; $unit));

def other_value($f; $unit): # of an assignment or an initialiser
    select((is_constant or is_choice) | not) | change("assignment"; lo; hi; "0"; $unit);

def statement($f):
    . as $n | lo as $l |
    (if $l == null then null else {lo: $l} end) as $unit |
    if .kind == "CompoundStmt" then .inner[]? | statement($f)
    elif .kind == null then empty
    elif .kind == "IfStmt" then
        (.inner[1] | lo) as $branch |
        (if $l == null or $branch == null then empty else
            {lo: $l, hi: $branch} as $unit |
            (if .hasElse then empty else drop($l;
                .inner[1] | if .kind == "CompoundStmt" then hi else after(hi; ";") end; $unit) end),
            (.inner[0] | negated($unit), expression($f; $unit))
        end),
        (.inner[1:][] | statement($f))
    elif .kind == "ForStmt" then
        {lo: $l, hi: (.inner[4] | lo)} as $unit |
        (.inner[0] | if .kind == "DeclStmt" then .inner[]?.inner[]? else . end | expression($f; $unit)),
        (.inner[2] | negated($unit), expression($f; $unit)),
        (.inner[3] | expression($f; $unit)),
        (.inner[4] | statement($f))
    elif .kind == "WhileStmt" or .kind == "SwitchStmt" then
        {lo: $l, hi: (.inner[-1] | lo)} as $unit |
        (if .kind == "WhileStmt" then .inner[0] | negated($unit) else empty end),
        (.inner[0] | expression($f; $unit)),
        (.inner[-1] | statement($f))
    elif .kind == "CaseStmt" or .kind == "DefaultStmt" then
        (if $l == null then empty else after($l; ":") as $h | drop($l; $h; {lo: $l, hi: $h}) |
            .new = "" end),
        (.inner[-1] | statement($f))
    elif $l == null then empty
    else # what ends with a semicolon
        (hi // $l) as $h | {lo: $l, hi: (if from($h - 1; $h) == ";" then $h else after($h; ";") end)} as $unit |
        if .kind == "ReturnStmt" then .inner[]? |
            (if $f.returns == "enum requirement" then
                if is_choice or (bare | .referencedDecl.name) == "CONFORMING" then empty
                else {lo: $l, hi: $unit.hi} as $u | change("return"; $l; $u.hi; "return CONFORMING;"; $u) end
            elif $f.returns == "int" and (bare | is_logical) then empty
            elif is_constant then empty
            else change("return"; lo; hi; "0"; $unit) end),
            expression($f; $unit)
        elif .kind == "DeclStmt" then .inner[] | select(.init) | .inner[-1] |
            other_value($f; $unit), expression($f; $unit)
        elif .kind == "BreakStmt" or .kind == "ContinueStmt" then drop($l; $unit.hi; $unit)
        else
            drop($l; $unit.hi; $unit),
            (if .kind == "BinaryOperator" and .opcode == "=" then .inner[1] | other_value($f; $unit)
             else empty end),
            expression($f; $unit)
        end
    end;

def contract($name; $declarations): # the comment right before the first declaration that has one
    first($declarations[] | . as {file: $file, offset: $offset} |
        $texts[0][$file][:$offset] | sub("\\s+$"; "") | select(endswith("*/")) |
        .[rindex("/*"):] | select(startswith("/*@"))) // error("no contract: \($name)");

# The rules that a contract names, itself or in a macro that it uses.
def macros: reduce ($texts[0][] | scan("#define ([A-Z_]+)\\(((?:[^\n]*\\\\\n)*[^\n]*)")) as [$name, $body] ({}; .[$name] = $body);
def rules_of($macros): ., ($macros[[scan("[A-Z_]{3,}")] | unique[]] // empty) |
    scan("(?:[A-Z]+_)?[A-Z]+_[0-9][0-9](?![0-9])");

# A function that does more than it says. It changes one field more of what a parameter points to, or of what
# it returns (one less; 0 becomes 1, anything else 0): each as it ends well, the first as it begins too, for what it refuses. Or it ends with a rule that its contract
# names, whatever has come before.
def added($records; $macros; $returns; $body; $contract): . as $n | ($body | lo) as $begin |
    [$body | .. | objects | select(.kind == "ReturnStmt" and .inner and lo != null)] as $returned |
    ([$returned[] | select((.inner[0] | bare | .referencedDecl.name) == "CONFORMING")] | .[-1]) // $returned[-1] |
    (if . then {lo: lo, hi: after(hi; ";"), value: (.inner[0] | source)}
        else {lo: (($body | hi) - 1), hi: (($body | hi) - 1)} end) as $last |
    ($n.inner[]? | select(.kind == "ParmVarDecl" and .name) | .name as $parameter |
        (plain_type | capture("^(?<record>struct [a-z_]+) \\*$")) as $to |
        [alterable($records; $to.record)] as $fields |
        ($fields[0] | "\($parameter)->\(.) = !\($parameter)->\(.);" |
            {kind: "added", lo: ($begin + 1), hi: ($begin + 1), new: " \(.)", was: "(begins)", now: .}),
        ($fields[] | "\($parameter)->\(.)" | ("\(.)--;", "\(.) = !\(.);") |
            {kind: "added", lo: $last.lo, hi: $last.hi, was: "(ends)", now: .,
             new: (if $last.value then "{ \($returns) answer_ = \($last.value); \(.) return answer_; }" else . end)})),
    (select($records[$returns] and $last.value and ($last.value | test("^[a-z_]+$"))) | "\($last.value).\(alterable($records; $returns))" | "\(.) = !\(.);" |
        {kind: "added", lo: $last.lo, hi: $last.lo, new: "\(.) ", was: "(ends)", now: .}),
    (select($returns == "enum requirement" and $last.value) |
        [$contract | rules_of($macros)] | unique[] |
        {kind: "return", lo: $last.lo, hi: $last.hi, new: "return \(.);", was: "(ends)", now: "return \(.);"});

(reduce all_of("FunctionDecl")[] as $d ({}; .[$d.name] += [$d])) as $declared |
neighbours as $neighbours | siblings as $siblings | records as $records | macros as $macros |
($declared | map_values(.[0].type.qualType)) as $functions |
.inner[] | select(.kind == "FunctionDecl") | (.inner[-1]? // {}) as $body |
select($body.kind == "CompoundStmt" and (.loc | place) != null) |
contract(.name; [$declared[.name][].range.begin | .expansionLoc // .]) as $contract |
{name, file: $own, lo: lo, hi: hi, name_at: (.loc | place | .offset), contract: $contract} +
{mutants: (
    {neighbours: $neighbours, siblings: $siblings, functions: $functions,
     returns: (.type.qualType | sub(" \\(.*"; "")),
     variables: [.. | objects | select(.kind == "ParmVarDecl" or .kind == "VarDecl") |
        {name, type: plain_type}]} as $f |
    [($body | statement($f)), added($records; $macros; $f.returns; $body; $contract)] | unique_by([.lo, .hi, .new]) |
    # The same change of the same text again is told by its number.
    reduce .[] as $m ({seen: {}, all: []}; "\($m.was)\t\($m.now)" as $key | .seen[$key] += 1 |
        .all += [$m + {nth: .seen[$key]}]) | .all)}
