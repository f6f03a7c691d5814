# From clang's AST of one file, as JSON: what proofs/banned is to judge, a line each.
#   found    NAME   WHAT      a thing that is banned, in the declaration NAME
#   defined  NAME             a function with a body
#   call     CALLER CALLEE    a function called by its name

def nodes: recurse(.inner[]?, .array_filler[]?);
def types: [.type.qualType?, .type.desugaredQualType?] | map(strings);

def names_a_function: .kind == "DeclRefExpr" and .referencedDecl.kind == "FunctionDecl";

# The only use of a function that is no pointer to it: the callee of a call.
def called_by_name:
    .kind == "CallExpr" and
    .inner[0].castKind? == "FunctionToPointerDecay" and (.inner[0].inner[0] | names_a_function);

def null_pointer: .castKind == "NullToPointer" or (.kind == "ParenExpr" and (.inner[0] | null_pointer));

def banned:
    if .kind == "FieldDecl" and .isBitfield then "bit-field"
    elif .kind == "RecordDecl" and .tagUsed == "union" then "union"
    elif (.kind | endswith("CastExpr")) and
         (.castKind | test("^(BitCast|IntegralToPointer|PointerToIntegral|LValueBitCast|AddressSpaceConversion)$")) and
         (.inner[0] | null_pointer | not)
    then "pointer cast"
    elif .kind == "CStyleCastExpr" and .castKind != "NullToPointer" and any(types[]; endswith("*"))
    then "pointer cast"
    elif .kind == "TypedefDecl" and any(.inner[]? | nodes; .kind | test("^Function(No)?ProtoType$"))
    then "function pointer" # or the type of one
    elif (.kind | test("^(Field|ParmVar|Var|Function)Decl$|^(CStyleCast|CompoundLiteral)Expr$")) and
         any(types[]; test("\\(\\*[^()]*\\)\\(|\\(\\*\\("))
    then "function pointer"
    elif .kind == "CallExpr" and (called_by_name | not) then "function pointer"
    elif .kind | test("^(GotoStmt|IndirectGotoStmt|AddrLabelExpr)$") then "goto"
    elif .kind == "GCCAsmStmt" then "assembler"
    elif (.kind == "FunctionDecl" and .variadic) or .kind == "VAArgExpr" then "variadic function"
    elif .kind == "VarDecl" and any(types[]; test("\\[[^0-9\\]]+\\]")) then "dynamic allocation"
    else empty end;

# A function named elsewhere than as a callee: the callee's own name is left out of sight.
def taken_as_pointer:
    if called_by_name then .inner[1:][] | taken_as_pointer
    elif names_a_function then .
    else (.inner[]?, .array_filler[]?) | taken_as_pointer end;

.inner[] | select(.isImplicit | not) | (.name // "(unnamed)") as $name
| (select(.kind == "FunctionDecl" and any(.inner[]?; .kind == "CompoundStmt")) | "defined\t\($name)"),
  (nodes | select(.kind? | strings) | (banned | "found\t\($name)\t\(.)"),
           (select(called_by_name) | "call\t\($name)\t\(.inner[0].inner[0].referencedDecl.name)")),
  (taken_as_pointer | "found\t\($name)\tfunction pointer")
