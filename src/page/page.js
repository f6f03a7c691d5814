// page.js - what happens when the page is opened: filters, and where a link leads.
"use strict";

(() => {
  const $ = (id) => document.getElementById(id);
  const works = typeof WebAssembly === "object" && typeof DecompressionStream === "function";

  // A list is narrowed to the items that have all of the words.
  function filter(input) {
    const list = $(input.dataset.list), count = $(input.dataset.count);
    const items = [...list.children], texts = items.map((item) => item.textContent.toLowerCase());
    const apply = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      const level = input.dataset.level ? $(input.dataset.level).value : "";
      let shown = 0;
      items.forEach((item, i) => {
        item.hidden = !words.every((w) => texts[i].includes(w)) || (level !== "" && item.dataset.level !== level);
        shown += !item.hidden;
      });
      count.textContent = shown === items.length ? `all ${shown}` : `${shown} of ${items.length}`;
    };
    input.addEventListener("input", apply);
    if (input.dataset.level) $(input.dataset.level).addEventListener("change", apply);
    apply();
    return apply;
  }
  const filters = [...document.querySelectorAll("input[data-list]")].map((input) => ({ input, apply: filter(input) }));

  // What a link leads to is shown, even if a filter hides it or it is folded away.
  function reveal(id) {
    const item = $(id);
    if (!item) return;
    for (const { input, apply } of filters) {
      if ($(input.dataset.list).contains(item) && item.closest("[hidden]")) {
        input.value = "";
        if (input.dataset.level) $(input.dataset.level).value = "";
        apply();
      }
    }
    for (let e = item; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    const inside = item.querySelector(":scope > details");
    if (inside) inside.open = true;
    item.scrollIntoView();
  }

  let seen = "";
  function follow() {
    const hash = location.hash.slice(1);
    if (!hash.startsWith("trace=")) {
      reveal(decodeURIComponent(hash));
      return;
    }
    const is = new URLSearchParams(hash);
    if (!works) return;
    if (seen !== is.get("trace")) $("explorer").scrollIntoView();
    seen = is.get("trace");
    Explorer.show(is);
  }

  // On paper what is folded is unfolded, but for what an explorer would say, and the thousands of records.
  addEventListener("beforeprint", () => {
    for (const d of document.querySelectorAll("main > section:not(#explorer):not(#records) details:not([open])")) {
      d.open = true;
      d.dataset.folded = "yes";
    }
  });
  addEventListener("afterprint", () => {
    for (const d of document.querySelectorAll("details[data-folded]")) {
      d.open = false;
      delete d.dataset.folded;
    }
  });

  addEventListener("hashchange", follow);
  if (works) {
    $("no-webassembly").hidden = true;
    $("explorer-parts").hidden = false;
    Explorer.start();
  }
  follow();
})();
