// chart.js - a sequence chart: a row for each event, with a column for each driver, or for each
// thread. It draws what closeaf states says, and judges nothing.
"use strict";

const Chart = (() => {
  const ROW = 26;  // pixels
  let laneWidth = 58;   // fewer on a phone
  const SVG = "http://www.w3.org/2000/svg";

  function element(name, attributes, ...children) {
    const e = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) e.setAttribute(key, value);
    e.append(...children);
    return e;
  }
  function shape(name, attributes) {
    const e = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    return e;
  }

  const driverLane = (e) => (e.driver === "system" ? "NDIS" : e.driver);

  function lanesOf(events, byThread) {
    if (byThread) return [...new Set(events.map((e) => e.thread))].sort((a, b) => a - b).map((t) => "t" + t);
    const clients = [...new Set(events.map(driverLane))].filter((d) => d.startsWith("client"));
    clients.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    return ["call manager", "NDIS", ...clients];
  }

  // From where to where the arrow of an event goes; the same for what somebody does by himself.
  function arrowOf(e, lanes, byThread) {
    if (byThread) {
      const at = lanes.indexOf("t" + e.thread);
      return [at, at];
    }
    const driver = lanes.indexOf(driverLane(e)), ndis = lanes.indexOf("NDIS");
    if (e.verb === "call" || e.verb === "leave") return [driver, ndis];
    if (e.verb === "enter" || e.verb === "return") return [ndis, driver];
    return [driver, driver];
  }

  // The returns that the vocabulary has: of a call without one nobody can tell how long it lasts.
  const ends = new Set(JSON.parse(document.getElementById("ends").textContent));
  const ENDS = { call: "return", enter: "leave" };

  // What is under way on each thread: from a call to its return, from a callback to its end; or to the
  // end of what is drawn, if it never comes.
  function activations(events) {
    const stacks = new Map(), spans = [];
    events.forEach((e, i) => {
      if (!stacks.has(e.thread)) stacks.set(e.thread, []);
      const stack = stacks.get(e.thread);
      if (e.verb === "call" || e.verb === "enter") stack.push({ e, from: i });
      const opening = e.verb === "return" ? "call" : e.verb === "leave" ? "enter" : null;
      if (!opening) return;
      for (let k = stack.length - 1; k >= 0; k--) {
        const s = stack[k].e;
        if (s.verb === opening && s.name === e.name && s.object === e.object) {
          spans.push({ from: stack[k].from, to: i, e: s, depth: k });
          stack.length = k;
          break;
        }
      }
    });
    for (const stack of stacks.values()) {
      stack.forEach(({ e, from }, depth) => {
        if (ends.has(`${ENDS[e.verb]} ${e.name}`)) spans.push({ from, to: events.length, e, depth });
      });
    }
    return spans;
  }

  function drawRow(e, i, lanes, spans, byThread) {
    const svg = shape("svg", { width: lanes.length * laneWidth, height: ROW, "aria-hidden": "true", class: "lanes" });
    const x = (lane) => lane * laneWidth + laneWidth / 2, y = ROW / 2;
    lanes.forEach((lane, at) => svg.append(shape("path", { class: "life", d: `M${x(at)} 0V${ROW}` })));
    for (const span of spans) {
      if (i < span.from || i > span.to) continue;
      const lane = byThread ? lanes.indexOf("t" + span.e.thread)
        : span.e.verb === "enter" ? lanes.indexOf(driverLane(span.e)) : lanes.indexOf("NDIS");
      const shift = byThread ? 4 * span.depth : 0;
      const top = i === span.from ? y : 0, bottom = i === span.to ? y : ROW;
      svg.append(shape("rect", { class: "active", x: x(lane) - 4 + shift, y: top, width: 8, height: bottom - top }));
    }
    const [from, to] = arrowOf(e, lanes, byThread);
    const answer = e.verb === "return" || e.verb === "leave" ? " answer" : "";
    if (from === to) {
      svg.append(shape("rect", { class: "deed", x: x(from) - 5, y: y - 5, width: 10, height: 10 }));
    } else {
      const a = x(from), b = x(to), back = b > a ? -7 : 7;
      svg.append(shape("path", { class: "arrow" + answer, d: `M${a} ${y}H${b}` }));
      svg.append(shape("path", { class: "head", d: `M${b} ${y}l${back} -4v8z` }));
    }
    return svg;
  }

  function words(e) {
    const object = e.object + (e.on ? " on " + e.on : "");
    const returned = e.verb === "return" || e.verb === "leave" ? " returns" : "";
    return `${e.name}(${object})${returned}${e.status ? " " + e.status : ""}`;
  }

  // The rows as an ordered list; chosen(index) is called when one is chosen.
  function draw(events, view, chosen) {
    const byThread = view.by === "thread";
    laneWidth = innerWidth < 640 ? 44 : 58;
    const lanes = lanesOf(events, byThread), spans = activations(events);
    const head = element("div", { class: "lane-names", "aria-hidden": "true" }, element("span", { class: "number" }));
    for (const lane of lanes) head.append(element("span", { class: "lane-name", style: `width:${laneWidth}px` }, lane));
    const list = element("ol", { class: "rows" });
    events.forEach((e, i) => {
      if (view.object && e.object !== view.object && e.on !== view.object) return;
      const text = element("span", { class: "what" }, words(e));
      if (e.irql !== "PASSIVE") text.append(" ", element("span", { class: "level" }, e.irql));
      if (!e.judged) text.append(" ", element("span", { class: "level" }, "not judged"));
      for (const id of e.breaks) text.append(" ", element("strong", { class: "breaks" }, "breaks " + id));
      const button = element("button", {
        type: "button", class: "row" + (e.breaks.length ? " broken" : ""), tabindex: "-1", "data-index": i,
        "aria-label": `line ${e.line}: ${e.says}${e.breaks.length ? ", breaks " + e.breaks.join(", ") : ""}`,
      }, element("span", { class: "number" }, String(e.line)), drawRow(e, i, lanes, spans, byThread), text);
      button.addEventListener("click", () => chosen(i));
      list.append(element("li", {}, button));
    });
    return [head, list];
  }

  return { draw, element };
})();
