#!/usr/bin/env bash
# usage: tests/test_page.sh
#
# The page (src/page) in a headless Chromium: it opens from disk, asks no network for anything, and
# what its explorer says of a trace is what the command line says. Speaks TAP.
set -euo pipefail
. "$(dirname "$0")/tap.sh"

# Make of a test is not part of the make that runs the tests.
unset MAKEFLAGS MFLAGS MAKELEVEL

page=$scratch/index.html
it 'the page is made' src/page/make --out "$page"
[[ -s $page ]] || { done_testing; exit; }
it 'it has at most 3 MB' test "$(stat -c %s "$page")" -le $((3 << 20))
same_again() { src/page/make --out "$scratch/again.html" && cmp "$page" "$scratch/again.html"; }
it 'made twice it is the same' same_again

# ---- The browser, by WebDriver ----

mkdir "$scratch/home"
HOME=$scratch/home chromedriver --port=0 > "$scratch/driver.log" 2>&1 &
driver=$!
ask() { # METHOD PATH [JSON]: the value of the answer
    curl -s -m 300 -X "$1" -H 'Content-Type: application/json' ${3+--data-binary @-} "$url/$2" <<< "${3-}" | jq -c .value
}
end_browser() {
    [[ -z ${session:-} ]] || ask DELETE "session/$session" > /dev/null || : gone
    kill "$driver" 2> /dev/null || : gone
    wait "$driver" 2> /dev/null || : killed
    clean_up
}
trap end_browser EXIT
for _ in {1..100}; do
    port=$(sed -n 's/.*started successfully on port \([0-9]*\).*/\1/p' "$scratch/driver.log")
    [[ -z $port ]] || break
    sleep 0.2
done
url=http://127.0.0.1:${port:-0}
sandbox=''
[[ $(id -u) -ne 0 ]] || sandbox='"--no-sandbox",' # root has none
session=$(ask POST session '{"capabilities":{"alwaysMatch":{"goog:loggingPrefs":{"browser":"ALL","performance":"ALL"},
    "goog:chromeOptions":{"args":["--headless=new",'"$sandbox"'"--disable-gpu","--disable-dev-shm-usage","--window-size=1280,900"]},
    "timeouts":{"script":300000,"pageLoad":60000}}}}' | jq -r '.sessionId // ""')
it 'there is a browser' test -n "$session"
[[ -n $session ]] || { cat "$scratch/driver.log"; done_testing; exit; }

opened() { # URL: a page that is really loaded anew
    ask POST "session/$session/url" '{"url":"about:blank"}' > /dev/null
    ask POST "session/$session/url" "$(jq -n --arg url "$1" '{url: $url}')" > /dev/null
}
js() { # BODY of a function, which may await: what it returns, as JSON
    jq -n --arg body "$1" '{script: ("const done = arguments[0]; (async () => {" + $body + "})().then(done, (e) => done(String(e)));"), args: []}' > "$scratch/script"
    ask POST "session/$session/execute/async" "$(cat "$scratch/script")"
}
is() { # WANTED BODY: the function returns this JSON
    local found
    found=$(js "$2")
    [[ $found == "$1" ]] || { echo "$found, not $1: $2"; return 1; }
}
becomes() { # WANTED BODY: it does so soon
    for _ in {1..50}; do
        if is "$@" > "$scratch/last"; then return 0; fi
        sleep 0.2
    done
    cat "$scratch/last"
    return 1
}
log() { ask POST "session/$session/se/log" "{\"type\":\"$1\"}"; }
no_console() {
    log browser > "$scratch/console"
    jq -e 'length == 0' "$scratch/console" > /dev/null || { cat "$scratch/console"; return 1; }
}
requests() { # all that the page asks for, but itself and what it holds
    log performance | jq -r '.[].message | fromjson.message | select(.method | IN("Network.requestWillBeSent", "Network.webSocketCreated")) |
        .params | .request.url // .url' | grep -v -e '^file:.*\.html' -e '^data:' -e '^blob:' -e '^about:' || : none
}
no_request() {
    local asked
    asked=$(requests)
    [[ -z $asked ]] || { echo "asked for: $asked"; return 1; }
}
keys() { # TEXT: typed where the page has its focus
    ask POST "session/$session/actions" "$(jq -n --arg text "$1" '{actions: [{type: "key", id: "keyboard",
        actions: [$text | split("")[] | {type: "keyDown", value: .}, {type: "keyUp", value: .}]}]}')" > /dev/null
}
tab=$'\uE004' down=$'\uE015' end_key=$'\uE010'

# ---- The page ----

opened "file://$page"
it 'it opens from disk' is '"closeaf: how an address family is closed in CoNDIS"' 'return document.title'
it 'the parts are landmarks' is '["HEADER","MAIN","FOOTER",1]' \
    'return [...[...document.body.children].map((e) => e.tagName).filter((t) => t !== "A" && t !== "SCRIPT"), document.querySelectorAll("nav[aria-label]").length]'
it 'each part has its heading' is true 'return [...document.querySelectorAll("section")].every((s) => document.getElementById(s.getAttribute("aria-labelledby")))'
it 'each field has a label' is true 'return [...document.querySelectorAll("input, select, textarea")].every((f) => f.labels.length > 0)'
it 'each id is there once' is true 'const ids = [...document.querySelectorAll("[id]")].map((e) => e.id); return ids.length === new Set(ids).size'
it 'the traces are there' becomes true 'return Explorer.traces.size > 400'
each_link_leads='return [...document.querySelectorAll("a[href^=\"#\"]")].map((a) => a.hash.slice(1)).filter((to) => !(to.startsWith("trace=") ?
    Explorer.traces.has(new URLSearchParams(to).get("trace")) : document.getElementById(decodeURIComponent(to))))'
it 'each link in the page leads somewhere' is '[]' "$each_link_leads"
it 'each requirement is there' is "$(grep -c '^REQUIREMENT(' src/protocol/requirements.def)" 'return document.querySelectorAll("#requirement-list > li").length'
it 'and each ambiguity' is "$(grep -c '^AMBIGUITY(' src/protocol/readings.def)" 'return document.querySelectorAll("#reading-list > li").length'
defects=(tests/mutants/*.patch)
it 'and each defect' is "${#defects[@]}" 'return document.querySelectorAll("#defect-list > tr").length'

# Filters, and links into what they hide.
filtered='const shown = () => [...document.querySelectorAll("#requirement-list > li")].filter((li) => !li.hidden).map((li) => li.id);
    const type = (id, text, event) => { document.getElementById(id).value = text; document.getElementById(id).dispatchEvent(new Event(event)); };'
it 'the search narrows the requirements' is '["AF-CL-03"]' "$filtered type('search-requirements', 'af-cl-03 second', 'input'); return shown()"
it 'the level narrows them further' is '[]' "$filtered type('level', 'MAY', 'change'); return shown()"
it 'a link shows what is hidden' is '[true,""]' "$filtered location.hash = '#NTF-23'; await new Promise((r) => setTimeout(r, 300));
    return [shown().includes('NTF-23'), document.getElementById('search-requirements').value]"
it 'a link opens what is folded' is true "location.hash = '#AMB-06'; await new Promise((r) => setTimeout(r, 300)); return document.querySelector('#AMB-06 details').open"

# ---- The explorer ----

short='return document.getElementById("verdict-short").textContent.slice(0, 34)'
place='return document.getElementById("place").textContent'
opened "file://$page#trace=SEQ-11&line=29"
it 'a link opens a trace at a step' becomes '"event 21 of 25, line 29"' "$place"
it 'it is judged' is '"Something is broken (exit status 1"' "$short"
it 'who owes what, and the steps to rest' becomes true 'const t = document.getElementById("owed"); return !t.hidden && t.textContent.includes("the call manager owes") && t.textContent.includes("it comes to rest with")'
it '  the lines that it speaks of are links' is '"#trace=SEQ-11&line=26"' 'return [...document.querySelectorAll("#owed-text a")].find((a) => a.textContent === "26").getAttribute("href")'
it 'the verdict is told to a screen reader' is true 'return document.getElementById("verdict-short").closest("[aria-live=polite]") !== null'
it 'what the event says' is true 'return document.getElementById("says").textContent.startsWith("the client calls NdisClCloseAddressFamily")'
it 'the right that is withdrawn' is true 'return document.getElementById("changes").textContent.includes("right withdrawn, client: use")'
it 'what is refused next, and why' becomes true 'return [...document.querySelectorAll("#refused details")].some((d) => d.textContent.includes("AF-CL-03") && d.textContent.includes("NdisClCloseAddressFamily"))'
it 'the event can be seen in the chart' is true 'const box = document.getElementById("chart").getBoundingClientRect(), row = document.querySelector("#chart [aria-current]").getBoundingClientRect();
    return row.top >= box.top && row.bottom <= box.bottom'
js 'document.querySelector("#chart [aria-current]").focus()' > /dev/null
keys "$down"
it 'an arrow key goes on' becomes '"event 22 of 25, line 30"' "$place"
it 'the link goes with it' is '"#trace=SEQ-11&line=30"' 'return location.hash'
keys "$end_key"
it 'the key End goes to the end' becomes '"event 25 of 25, line 33"' "$place"
it 'the breach is named' is true 'return document.getElementById("breaks").textContent.includes("THR-02")'
keys "$tab"
it 'one row of the chart takes the focus, not each' is false 'return document.activeElement.classList.contains("row")'
js 'document.getElementById("by").value = "thread"; document.getElementById("by").dispatchEvent(new Event("change"))' > /dev/null
it 'a column for each thread' becomes '["t0"]' 'return [...document.querySelectorAll(".lane-name")].map((e) => e.textContent)'
js 'document.getElementById("object").value = "binding:1.1"; document.getElementById("object").dispatchEvent(new Event("change"))' > /dev/null
it 'the events of one object' becomes true 'const rows = [...document.querySelectorAll("#chart .what")]; return rows.length > 3 && rows.length < 10 && rows.every((r) => r.textContent.includes("binding:1.1"))'
js 'document.getElementById("reading").value = "amb_28=b"; document.getElementById("reading").dispatchEvent(new Event("change"))' > /dev/null
it 'by another reading' becomes true 'return document.getElementById("verdict-text").textContent.includes("amb_28=b")'

# One's own.
pasted='const paste = (text) => { document.getElementById("paste").value = text; document.getElementById("paste-judge").click(); };'
log_of_the_tap=$(jq -Rs . tests/tap_logs/open-returns-late.log)
js "$pasted paste($log_of_the_tap)" > /dev/null
it "a debugger's log is made a trace" becomes true 'return document.getElementById("title").textContent.includes("lines of the tap")'
it '  and judged' becomes '"Nothing is broken (exit status 0):"' "$short"
it '  nothing is owed in it' is true 'return document.getElementById("owed").hidden'
js "$pasted paste('t0 do RecordingEnds driver:0.1 - PASSIVE\\n')" > /dev/null
it 'a trace without its first line is told so' becomes true 'return document.getElementById("verdict-short").textContent.includes("has no first line")'
it '  and the name of the last one is gone' is '""' 'return document.getElementById("title").textContent'
js "$pasted paste('neither')" > /dev/null
it 'what is neither is refused' becomes true 'return document.getElementById("verdict-short").textContent.includes("is no trace, and no debugger")'
js "$pasted paste('closeaf-trace 2\\nt1 call\\n')" > /dev/null
it 'a broken line is named' becomes true 'return document.getElementById("verdict-short").textContent.includes("pasted:2:8: not a trace")'
opened "file://$page#trace=rules/AF-CM-11"
it 'what is left undone is shown at the last event' becomes true 'const [, at, of] = document.getElementById("place").textContent.match(/event (\d+) of (\d+)/) || []; return at !== undefined && at === of'
it '  where the button leads, too' is false 'return document.getElementById("breach").disabled'
js 'document.getElementById("paste-part").open = true' > /dev/null
it 'the trace that is shown can be changed' becomes true 'return document.getElementById("paste").value.startsWith("closeaf-trace 2")'
js 'Explorer.own("large.trace", { length: 70 << 20 })' > /dev/null
it 'what is too large is refused in a clear line' becomes '"large.trace has 70 MB, and this pa"' "$short"
js 'location.hash = "#trace=nothing"' > /dev/null
it 'a trace that is not there' becomes '"There is no trace called nothing i"' "$short"

# ---- The same as on the command line ----

# FILE, what it said on both streams, and its exit status: {FILE: [status, out, err]}
mapfile -t traces < <(printf '%s\n' tests/sequences/*.trace tests/rules/*.trace tests/field/*.trace)
for trace in "${traces[@]}"; do
    printf '\036%s\037' "$trace"
    status=0
    build/closeaf check "$trace" 2> "$scratch/err" || status=$?
    printf '\037%s\037' "$status"
    cat "$scratch/err"
done | jq -Rs 'split("\u001e")[1:] | map(split("\u001f") | {(.[0]): [(.[2] | tonumber), .[1], .[3]]}) | add' > "$scratch/command_line"
same_verdicts() { # FOLDER: of all traces below it that the page has
    js "const all = {}; for (const t of Explorer.traces.values()) { if (!t.file.startsWith('$1')) continue;
        const said = await Explorer.judge(t); all[t.file] = [said.status, said.out, said.err]; } return all" > "$scratch/explorer"
    diff <(jq -S --arg folder "$1" 'with_entries(select(.key | startswith($folder)))' "$scratch/command_line") <(jq -S . "$scratch/explorer") | head -20
    [[ ${PIPESTATUS[0]} -eq 0 ]]
}
opened "file://$page"
it 'all traces are there' becomes "$(jq length "$scratch/command_line")" 'return [...Explorer.traces.values()].filter((t) => t.file.startsWith("tests/")).length'
it "the explorer's verdict on each of ${#traces[@]} traces is the command line's, word for word" same_verdicts tests/

it 'nothing was asked of a network' no_request
it 'no error in the console' no_console

# ---- Without a program, and on paper ----

ask POST "session/$session/goog/cdp/execute" '{"cmd":"Page.addScriptToEvaluateOnNewDocument","params":{"source":"delete window.WebAssembly"}}' > "$scratch/script_id"
opened "file://$page#trace=SEQ-11"
it 'without WebAssembly it says so' is '[false,true]' 'return [document.getElementById("no-webassembly").hidden, document.getElementById("explorer-parts").hidden]'
it '  and the rest can be read' is true 'return document.querySelectorAll("#requirement-list > li:not([hidden])").length > 400'
it '  without an error' no_console
ask POST "session/$session/goog/cdp/execute" "{\"cmd\":\"Page.removeScriptToEvaluateOnNewDocument\",\"params\":$(jq -c '{identifier}' "$scratch/script_id")}" > /dev/null

printed() { # PAGE: a PDF, with what is folded, and without the controls
    opened "file://$1"
    ask POST "session/$session/print" '{"pageRanges":["1-3"]}' > "$scratch/printed"
    [[ $(jq -r . "$scratch/printed" | head -c 6) == JVBERi ]] || { cut -c1-300 "$scratch/printed"; return 1; } # %PDF
    is true 'dispatchEvent(new Event("beforeprint")); const open = [...document.querySelectorAll("#readings details")].every((d) => d.open);
        dispatchEvent(new Event("afterprint")); return open && ![...document.querySelectorAll("#readings details")].some((d) => d.open)'
}
it 'it can be printed' printed "$page"
it 'on paper there are no controls' bash -c "sed -n '/@media print/,\$p' src/page/page.css | grep -q '.controls.*display: none'"

is_narrow() { # PAGE: on a phone nothing stands out at the side
    ask POST "session/$session/goog/cdp/execute" '{"cmd":"Emulation.setDeviceMetricsOverride","params":{"width":390,"height":844,"deviceScaleFactor":1,"mobile":true}}' > /dev/null
    opened "file://$1#trace=SEQ-11"
    becomes '"event 25 of 25, line 33"' "$place" && is 390 'return document.documentElement.scrollWidth'
}
it 'it is as wide as a phone' is_narrow "$page"

# ---- With records ----

with_records() { # RECORD...: the tree with these records makes a page
    rm -rf "$scratch/tree"
    mkdir -p "$scratch/tree/build/evidence/bundle" "$scratch/tree/build/page"
    cp -r .ci src tests README.md "$scratch/tree"
    cp -r build/page build/closeaf build/vocabulary.pml build/checks.def "$scratch/tree/build"
    [[ $# -eq 0 ]] || printf '%s\n' "$@" > "$scratch/tree/build/evidence/bundle/records.jsonl"
    mkdir -p "$scratch/tree/build/readings/AMB-01-a+AMB-08-a"
    cp tests/sequences/SEQ-09.trace "$scratch/tree/build/readings/AMB-01-a+AMB-08-a/counterexample.trace"
    mkdir -p "$scratch/tree/build/evidence/bundle/logs/model"
    printf 'reached 4000 @ 5 %d 0 1 0 0\nreached 30 @ 5 %d 1 1 0 0\n' "$close" "$close" > "$scratch/tree/build/evidence/bundle/logs/model/one-client.safety.txt"
    printf 'reached 5 @ 5 %d 0 1 0 0\n' "$close" > "$scratch/tree/build/evidence/bundle/logs/model/two-clients.safety.txt"
    "$scratch/tree/src/page/make"
}
close=$(awk '$2 == "EV_CALL_CLOSE_AF" { print $3 }' build/vocabulary.pml)
good_record='{"id":"search-one-client","kind":"search","requirements":["AF-CL-03"],"what":"one client <leaves>","verdict":"pass","whole":true,"bound":"one client","figures":{"states":1234},"command":"model/check one-client","log":"logs/one-client.txt"}'
bad_record='{"id":"goal-7","kind":"goal","requirements":["NTF-23"],"what":"a clause","verdict":"fail","whole":false,"bound":"none","figures":{},"command":"proofs/prove","log":""}'
it 'a page without records' with_records
opened "file://$scratch/tree/build/evidence/index.html"
it 'says so' is true 'return document.getElementById("verdict").textContent.includes("No records in this build")'
it 'an edge of a diagram has its transitions in all searches' is '["4,035",true]' \
    'const figure = document.querySelector(".diagrams figure"); return [figure.textContent.match(/calls NdisClCloseAddressFamily([\d,]*)/)[1], /told: failed0/.test(figure.textContent)]'
it 'a page with records' with_records "$good_record" "$bad_record"
opened "file://$scratch/tree/build/evidence/index.html"
it 'what did not pass is said first' is '["1 of 2 records did not pass","1 of them are of a sample"]' \
    'const v = document.getElementById("verdict"); return [v.querySelector("strong").textContent, v.textContent.match(/1 of them are of a sample/)[0]]'
it 'a requirement links to its record' is '["#record-search-one-client","model/check one-client"]' \
    'const a = document.querySelector("#AF-CL-03 .checks a[href^=\"#record-\"]"); return [a.hash, document.querySelector(a.hash + " code").textContent]'
it 'and the record to its log' is '"bundle/logs/one-client.txt"' 'return document.querySelector("#record-search-one-client a[href$=txt]").getAttribute("href")'
it 'what stands in a record is text' is true 'return document.querySelector("#record-search-one-client").textContent.includes("one client <leaves>")'
many_records() {
    local n many=()
    for n in {1..5000}; do many+=("${good_record/search-one-client/assertion/opening.pml:call_NdisCmOpenAddressFamilyComplete:$n}"); done
    with_records "${many[@]}" "$bad_record"
}
it 'of very many records the page lists a part' many_records
opened "file://$scratch/tree/build/evidence/index.html"
it '  and says so' is true 'return /5000 records, of which \d+ are listed here/.test(document.getElementById("records").textContent)'
it '  it is as wide as a phone' is_narrow "$scratch/tree/build/evidence/index.html"
it '  it can be printed' printed "$scratch/tree/build/evidence/index.html"
it '  a counterexample of two readings is found' is '"a"' 'return [...document.querySelectorAll("#AMB-01 a")].find((a) => a.textContent.includes("+")).tagName.toLowerCase()'
it '  and each link leads somewhere' becomes '[]' "$each_link_leads"
it 'half a record is refused' exits 2 with_records "${good_record%?????}"
it '  in a clear line' says 'records.jsonl is not one JSON object a line' with_records "${good_record%?????}"
it '  and leaves no page' test ! -e "$scratch/tree/build/evidence/index.html"

# ---- A page that is not as it should be is noticed ----

spoilt() { # SED: a copy of the page, altered and opened
    sed -E "$1" "$page" > "$scratch/spoilt.html"
    ! cmp -s "$page" "$scratch/spoilt.html" || { echo 'nothing was altered'; return 2; }
    requests > /dev/null
    log browser > /dev/null
    opened "file://$scratch/spoilt.html"
}
fails() { if "$@" > /dev/null 2>&1; then echo "not noticed by: $*"; return 1; fi; }
asks_a_network() { spoilt 's,<link rel="icon",<img src="http://127.0.0.1:9/x" alt="">&,' && fails no_console; }
it 'a page that asks a network is noticed, as it is forbidden' asks_a_network
may_ask_a_network() { spoilt '/http-equiv="Content-Security-Policy"/d; s,<link rel="icon",<img src="http://127.0.0.1:9/x" alt="">&,' && fails no_request; }
it '  and where it is not' may_ask_a_network
other_words() { spoilt 's/(return \{ status, out: await all\(1\))(, err)/\1.then((t) => t.replace("breach", "error"))\2/' && fails same_verdicts tests/sequences/; }
it 'a verdict in other words is noticed' other_words
other_status() { spoilt 's/status = e\.status;/status = 0;/' && fails same_verdicts tests/sequences/; }
it 'another exit status is noticed' other_status

done_testing
