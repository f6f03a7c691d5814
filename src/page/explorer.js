// explorer.js - chooses a trace, has closeaf judge it, and steps through it. All that it says of a
// trace is what the program printed.
"use strict";

const Explorer = (() => {
  const MOST_BYTES = 64 << 20;      // of a file that is dropped or chosen
  const EVENTS_AT_ONCE = 400;       // lines of a trace that are drawn together
  const { element } = Chart;
  const $ = (id) => document.getElementById(id);
  const traces = new Map(); // by name
  let ready = null;         // a promise that they are there
  const stateWords = JSON.parse($("state-words").textContent);
  let now = null; // {trace, file, reading, lines, events, end, at, view, from}
  let turn = 0;   // what comes back for an earlier turn is not shown

  // ---- The program ----

  const files = (now) => new Map([[now.trace.file, now.file]]);

  // What the command line prints of this trace, and its exit status.
  function judge(trace) {
    return Closeaf.run(["check", trace.file], new Map([[trace.file, bytesOf(trace)]]));
  }

  function bytesOf(trace, reading) {
    if (trace.bytes && !reading) return trace.bytes;
    let text = trace.text !== undefined ? trace.text : new TextDecoder().decode(trace.bytes);
    if (reading) { // in the header, where a trace names it
      const [name] = reading.split("=");
      text = text.replace(/^.*/, (header) => header.replace(new RegExp(` ${name}=.`), "") + " " + reading);
    }
    return new TextEncoder().encode(text);
  }

  async function statesOf(now, from, to) {
    const said = await Closeaf.run(["states", `--from=${from}`, `--to=${to}`, now.trace.file], files(now), true);
    const all = said.out.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    // A breach that is told late belongs to an earlier line.
    const broken = all.flatMap((o) => o.breaks || []);
    for (const o of all) if (o.breaks) o.breaks = broken.filter((b) => b.line === o.line).map((b) => b.requirement);
    return {
      status: said.status, error: said.err,
      events: all.filter((o) => typeof o.line === "number"),
      next: all.filter((o) => o.next),
      end: all.find((o) => o.line === "end"),
    };
  }

  // ---- Words ----

  // Ids of requirements, ambiguities and sequences as links; lines of the trace, too.
  function linked(text, file) {
    const parts = [], pattern = /(?<!\/)\b(?:[A-Z]+-)+\d+\b|:(\d+): |\bline (\d+)\b/g;
    let done = 0, m;
    while ((m = pattern.exec(text))) {
      const line = m[1] || m[2], isSequence = traces.has(m[0]);
      if (line ? !file || (m[1] && !text.slice(0, m.index).endsWith(file)) : !$(m[0]) && !isSequence) continue;
      const word = line || m[0], at = m.index + m[0].indexOf(word);
      parts.push(text.slice(done, at), element("a",
        { href: line ? fragment({ line }) : isSequence ? "#trace=" + word : "#" + word }, word));
      done = at + word.length;
    }
    parts.push(text.slice(done));
    return parts;
  }

  function fragment(changes) {
    const is = { trace: now.trace.name, line: now.events[now.at] && now.events[now.at].line,
      reading: now.reading, by: now.view.by, object: now.view.object, ...changes };
    return "#" + Object.entries(is).filter(([, value]) => value)
      .map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%2F/g, "/").replace(/%3D/g, "=").replace(/%3A/g, ":")}`).join("&");
  }

  // ---- Choosing ----

  function fillChoices() {
    const groups = new Map();
    for (const t of traces.values()) {
      if (!groups.has(t.group)) groups.set(t.group, element("optgroup", { label: t.group }));
      const title = t.title.length > 80 ? t.title.slice(0, 78) + "…" : t.title;
      groups.get(t.group).append(element("option", { value: t.name }, t.name + (title ? ": " + title : "")));
    }
    $("choice").append(...groups.values());
    $("choice").addEventListener("change", () => go({ trace: $("choice").value }));
  }

  async function fillReadings() {
    const said = await Closeaf.run(["readings", "--format=json"], new Map());
    for (const r of JSON.parse(said.out).readings) {
      const group = element("optgroup", { label: `${r.name}: ${r.question}` });
      for (const [letter, text] of Object.entries(r.letters)) {
        group.append(element("option", { value: `${r.name}=${letter}` },
          `${r.name}=${letter}${letter === r.recommended ? " (recommended)" : ""}: ${text}`));
      }
      $("reading").append(group);
    }
  }

  function go(is) {
    location.hash = "#" + Object.entries(is).filter(([, v]) => v).map(([k, v]) => `${k}=${v}`).join("&");
  }

  function complain(text) {
    $("verdict-short").textContent = text;
    $("verdict-short").className = "bad";
    $("verdict-text").replaceChildren();
    $("title").textContent = "";
    $("owed").hidden = $("steps").hidden = true;
  }

  // A fault of this page or of the program, not of the trace.
  function fault(e) {
    complain(`The program could not be run here: ${e.message}`);
  }

  // A trace, or a debugger's log, out of which closeaf makes one.
  function own(name, bytes) { return takeOwn(name, bytes).catch(fault); }
  async function takeOwn(name, bytes) {
    let note = "";
    if (bytes.length > MOST_BYTES) {
      complain(`${name} has ${Math.ceil(bytes.length / (1 << 20))} MB, and this page takes up to ${MOST_BYTES >> 20} MB; closeaf check, on the command line, takes any size.`);
      return;
    }
    if (new TextDecoder().decode(bytes.subarray(0, 13)) !== "closeaf-trace") {
      if (/^t\d+ (call|return|enter|leave|do) /m.test(new TextDecoder().decode(bytes.subarray(0, 4096)))) {
        complain(`${name} has no first line "closeaf-trace 2", with which a trace begins.`);
        return;
      }
      const said = await Closeaf.run(["convert", "--from=debugger", name], new Map([[name, bytes]]));
      if (said.status === 2) {
        complain(`${name} is no trace, and no debugger's log with lines of the tap: ${said.err.trim()}`);
        return;
      }
      note = `Made of a debugger's log. ${said.err.trim()}`;
      bytes = new TextEncoder().encode(said.out);
    }
    traces.set("own", { group: "", name: "own", file: name, title: note || "your own", bytes });
    if (![...$("choice").options].some((o) => o.value === "own")) {
      $("choice").append(element("option", { value: "own" }, "your own"));
    }
    now = null;
    if (location.hash.startsWith("#trace=own")) await show(new URLSearchParams("trace=own"));
    else go({ trace: "own" });
  }

  function takeFiles(list) {
    const file = list[0];
    if (!file) return;
    if (file.size > MOST_BYTES) own(file.name, { length: file.size });
    else file.arrayBuffer().then((b) => own(file.name, new Uint8Array(b)));
  }

  // ---- Showing ----

  const SHORT = ["Nothing is broken", "Something is broken", "Not judged"];

  async function show(is) {
    const mine = ++turn;
    await ready;
    if (mine !== turn) return;
    const trace = traces.get(is.get("trace"));
    if (!trace) {
      complain(is.get("trace") === "own" ? "Your own trace is not here any more: choose the file again."
        : `There is no trace called ${is.get("trace")} in this page.`);
      return;
    }
    const reading = is.get("reading") || "";
    const isNew = !now || now.trace !== trace || now.reading !== reading;
    if (isNew) {
      Closeaf.stop();
      $("verdict-short").textContent = "Judging…";
      $("verdict-short").className = "";
      const file = bytesOf(trace, reading);
      const started = { trace, reading, file, events: [], at: 0, from: 0, view: { by: "", object: "" } };
      const said = await Closeaf.run(["check", trace.file], files({ trace, file }), true);
      if (mine !== turn) return;
      now = started;
      showVerdict(said);
      $("title").replaceChildren(...linked(is.get("trace") !== "own" || trace.title !== "your own" ? trace.title : trace.file));
      if (is.get("trace") !== "own") $("file").value = "";
      fillPaste();
      await showOwed(said);
      if (mine !== turn) return;
    }
    $("choice").value = trace.name;
    $("reading").value = reading;
    const line = Number(is.get("line")) || 0;
    if (isNew || outside(line)) {
      await load(line, mine);
      if (mine !== turn) return;
    }
    const view = { by: is.get("by") || "", object: is.get("object") || "" };
    if (isNew || view.by !== now.view.by || view.object !== now.view.object || !$("chart").firstChild || now.isFresh) {
      now.view = view;
      now.isFresh = false;
      redraw();
    }
    step(line ? indexOf(line) : firstBreach());
  }

  function showVerdict(said) {
    const text = said.out + said.err, last = (said.out.trim() || said.err.trim()).split("\n").pop();
    $("verdict-short").textContent = `${SHORT[said.status]} (exit status ${said.status}): ` + last.replace(/^.*:end: /, "");
    $("verdict-short").className = said.status === 0 ? "good" : "bad";
    $("verdict-text").replaceChildren(...linked(text, now.trace.file));
  }

  // Where something is outstanding: who owes it, and how it would end.
  async function showOwed(said) {
    $("owed").hidden = !said.out.includes(":end: outstanding: ");
    if ($("owed").hidden) return;
    const of = now, owed = await Closeaf.run(["owed", of.trace.file], files(of));
    if (now === of) $("owed-text").replaceChildren(...linked(owed.out + owed.err, of.trace.file));
  }

  // The trace that is shown, to be changed, unless somebody has pasted another.
  function fillPaste() {
    const box = $("paste");
    if (!$("paste-part").open || !now || now.file.length > 1 << 20) return;
    if (box.value === "" || box.value === box.dataset.filled) {
      box.value = box.dataset.filled = new TextDecoder().decode(now.file);
    }
  }

  const outside = (line) => line !== 0 && now.events.length > 0 &&
    (line < now.from || line >= now.from + EVENTS_AT_ONCE);

  async function load(line, mine) {
    const from = line ? line - (line % EVENTS_AT_ONCE) : 0;
    const got = await statesOf(now, Math.max(from, 1), from + EVENTS_AT_ONCE - 1);
    if (mine !== turn) return;
    now.from = from;
    now.events = got.events;
    now.end = got.end;
    now.isFresh = true;
    $("steps").hidden = got.events.length === 0;
  }

  function redraw() {
    $("chart").replaceChildren(...Chart.draw(now.events, now.view, step));
    $("by").value = now.view.by;
    const objects = [...new Set(now.events.flatMap((e) => [e.object, e.on]).filter(Boolean))].sort();
    $("object").replaceChildren(element("option", { value: "" }, "every object"),
      ...objects.map((o) => element("option", { value: o }, o)));
    $("object").value = now.view.object;
    $("earlier").hidden = now.from === 0;
    $("later").hidden = Boolean(now.end);
  }

  function indexOf(line) {
    let at = 0;
    now.events.forEach((e, i) => { if (e.line <= line) at = i; });
    return at;
  }
  const isLeftUndone = () => Boolean(now.end && now.end.left_undone.length); // said at the last event
  const breaksAt = (i) => now.events[i].breaks.length > 0 || (i === now.events.length - 1 && isLeftUndone());
  const firstBreach = () => Math.max(0, now.events.findIndex((e, i) => breaksAt(i)));

  // ---- A step ----

  function statesAt(at) {
    const objects = new Map();
    for (let i = 0; i <= at; i++) for (const o of now.events[i].objects) objects.set(o.object, o);
    return objects;
  }

  function step(at) {
    if (!now || at < 0 || at >= now.events.length) return;
    now.at = at;
    const e = now.events[at];
    for (const row of $("chart").querySelectorAll("button.row")) {
      const isIt = Number(row.dataset.index) === at;
      row.tabIndex = isIt ? 0 : -1;
      if (isIt) row.setAttribute("aria-current", "step");
      else row.removeAttribute("aria-current");
      if (isIt) keepInView(row);
    }
    history.replaceState(null, "", fragment({}));
    $("link").href = fragment({});
    $("place").textContent = `event ${at + 1} of ${now.events.length}, line ${e.line}`;
    $("back").disabled = $("first").disabled = at === 0;
    $("forward").disabled = $("last").disabled = at === now.events.length - 1;
    $("breach").disabled = !now.events.some((other, i) => breaksAt(i));
    $("says").textContent = e.says + ".";
    $("breaks").replaceChildren(...e.breaks.map((id) => element("p", { class: "bad" }, "It breaks ", ...linked(id), ": ",
      $(id) ? $(id).querySelector("p").textContent : "")));
    if (at === now.events.length - 1 && isLeftUndone()) {
      $("breaks").append(element("p", { class: "bad" }, "Here the trace ends, and is left undone: ",
        ...now.end.left_undone.flatMap((f, i) => [i ? ", " : "", ...linked(f.requirement), ` (${f.object})`]), "."));
    }
    const before = at > 0 ? statesAt(at - 1) : new Map(), after = statesAt(at);
    $("changes").replaceChildren(...changes(before, after, e));
    $("objects").replaceChildren(...[...after.values()].sort(byName).map((o) => objectTable(o, before.get(o.object), e)));
    showNext(e).catch(fault);
  }

  function keepInView(row) {
    const box = $("chart"), top = row.offsetTop, names = box.firstChild.offsetHeight;
    if (top < box.scrollTop + names || top + row.offsetHeight > box.scrollTop + box.clientHeight) {
      box.scrollTop = top - box.clientHeight / 3;
    }
  }

  const byName = (a, b) => a.object.localeCompare(b.object, "en", { numeric: true });
  const rightsOf = (o) => (o ? Object.entries(o.rights).flatMap(([who, all]) => all.map((what) => `${who}: ${what}`)) : []);

  function changes(before, after, e) {
    const list = element("ul");
    for (const o of e.objects.slice().sort(byName)) {
      const was = before.get(o.object) || { state: {}, rights: {} };
      for (const key of new Set([...Object.keys(was.state), ...Object.keys(o.state)])) {
        if (was.state[key] === o.state[key]) continue;
        list.append(element("li", {}, `${o.object}, ${key}: `, stateWord(was.state[key]), " → ", stateWord(o.state[key])));
      }
      const had = rightsOf(was), has = rightsOf(o);
      for (const r of has.filter((r) => !had.includes(r))) list.append(element("li", { class: "gained" }, `${o.object}: new right, ${r}`));
      for (const r of had.filter((r) => !has.includes(r))) list.append(element("li", { class: "lost" }, `${o.object}: right withdrawn, ${r}`));
    }
    return list.children.length ? [list] : [element("p", {}, "Nothing.")];
  }

  function stateWord(word) {
    if (word === undefined || word === "") return element("span", { class: "state" }, "none");
    const said = stateWords[word];
    return element("span", said ? { class: "state", title: said } : { class: "state" }, String(word));
  }

  function objectTable(o, before, e) {
    const changed = e.objects.some((c) => c.object === o.object);
    const table = element("table", { class: changed ? "changed" : "" }, element("caption", {}, o.object));
    for (const [key, value] of Object.entries(o.state)) {
      const isNew = changed && (!before || before.state[key] !== value);
      table.append(element("tr", isNew ? { class: "new" } : {}, element("th", { scope: "row" }, key), element("td", {}, stateWord(value))));
    }
    for (const [who, all] of Object.entries(o.rights)) {
      table.append(element("tr", { class: "right" }, element("th", { scope: "row" }, `${who} may`), element("td", {}, all.join(", "))));
    }
    return table;
  }

  // ---- What comes next ----

  async function showNext(e) {
    const mine = turn, at = now.at, of = now;
    await new Promise((done) => setTimeout(done, 80)); // whoever steps on quickly asks for the last step alone
    if (mine !== turn || now !== of || now.at !== at) return;
    const got = await statesOf(now, e.line, e.line);
    if (mine !== turn || now !== of || now.at !== at) return;
    $("accepted").replaceChildren(...acceptedBy(got.next));
    $("refused").replaceChildren(...refusedBy(got.next));
  }

  const VERBS = { call: "calls", return: "returns from", enter: "enters", leave: "leaves", do: "does" };
  function nextWords(n) {
    const who = n.next === "enter" || n.next === "return" ? "NDIS" : n.driver;
    const statuses = n.accepted.filter((s) => s !== "-");
    return `${who === "NDIS" && n.next === "enter" ? "calls" : VERBS[n.next]} ${n.name} (${n.object})` +
      (statuses.length ? ` with ${statuses.join(", ")}` : "") + (n.thread !== undefined ? `, on thread t${n.thread}` : "");
  }

  function acceptedBy(next) {
    const by = new Map();
    for (const n of next) {
      if (!n.accepted.length || (now.view.object && n.object !== now.view.object)) continue;
      const who = n.next === "enter" || n.next === "return" ? `NDIS, to ${n.driver === "call manager" ? "the call manager" : n.driver}` : n.driver;
      if (!by.has(who)) by.set(who, element("ul"));
      by.get(who).append(element("li", {}, nextWords(n)));
    }
    return [...by].sort(([a], [b]) => a.localeCompare(b, "en")).map(([who, list]) =>
      element("details", who.startsWith("client") || who.startsWith("call") ? { open: "" } : {},
        element("summary", {}, `${who}: ${list.children.length}`), list));
  }

  function refusedBy(next) {
    const by = new Map();
    for (const n of next) {
      if (now.view.object && n.object !== now.view.object) continue;
      for (const [id, statuses] of Object.entries(n.refused)) {
        if (!by.has(id)) by.set(id, element("ul"));
        const with_ = statuses.filter((s) => s !== "-");
        by.get(id).append(element("li", {}, `${n.next} ${n.name} (${n.object})` + (with_.length && n.accepted.length ? ` with ${with_.join(", ")}` : "")));
      }
    }
    return [...by].sort(([a], [b]) => a.localeCompare(b, "en")).map(([id, list]) =>
      element("details", {}, element("summary", {}, `${id}: ${list.children.length}`),
        element("p", {}, ...linked(id), ": ", $(id) ? $(id).querySelector("p").textContent : ""), list));
  }

  // ---- Keys and buttons ----

  async function fill() {
    for (const t of await unpacked("traces").json()) traces.set(t.name, t);
    fillChoices();
    fillReadings().catch(fault);
  }

  function start() {
    ready = fill();
    const by = (change) => () => now && step(now.at + change);
    $("back").addEventListener("click", by(-1));
    $("forward").addEventListener("click", by(1));
    $("first").addEventListener("click", () => step(0));
    $("last").addEventListener("click", () => now && step(now.events.length - 1));
    $("breach").addEventListener("click", () => {
      const later = now.events.findIndex((e, i) => i > now.at && breaksAt(i));
      step(later >= 0 ? later : firstBreach());
    });
    $("earlier").addEventListener("click", () => go(Object.fromEntries(new URLSearchParams(fragment({ line: now.from - 1 }).slice(1)))));
    $("later").addEventListener("click", () => go(Object.fromEntries(new URLSearchParams(fragment({ line: now.from + EVENTS_AT_ONCE }).slice(1)))));
    $("by").addEventListener("change", () => { location.hash = fragment({ by: $("by").value }); });
    $("object").addEventListener("change", () => { location.hash = fragment({ object: $("object").value }); });
    $("reading").addEventListener("change", () => now && go({ trace: now.trace.name, reading: $("reading").value }));
    $("chart").addEventListener("keydown", (key) => {
      const move = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key.key];
      const to = key.key === "Home" ? 0 : key.key === "End" ? now.events.length - 1 : move ? now.at + move : null;
      if (to === null) return;
      key.preventDefault();
      step(to);
      const row = $("chart").querySelector("[aria-current]");
      if (row) row.focus({ preventScroll: true });
    });
    $("paste-part").addEventListener("toggle", fillPaste);
    $("file").addEventListener("change", () => takeFiles($("file").files));
    $("paste-judge").addEventListener("click", () => own("pasted", new TextEncoder().encode($("paste").value.replace(/\r\n/g, "\n"))));
    const drop = $("explorer");
    drop.addEventListener("dragover", (e) => { e.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (e) => { e.preventDefault(); drop.classList.remove("over"); takeFiles(e.dataTransfer.files); });
  }

  return { start, show: (is) => show(is).catch(fault), judge, own, traces };
})();
