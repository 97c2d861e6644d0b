// The trust center is complete without this file. It keeps the reader's colour scheme, filters long
// lists, opens and closes folds, and shows where in a text the reader is.
(() => {
  "use strict";
  const root = document.documentElement;
  const schemes = { auto: "Auto", light: "Light", dark: "Dark" };
  const order = Object.keys(schemes);

  // Storage may be forbidden; then a choice lasts as long as the page.
  const stored = () => { try { return localStorage.getItem("scheme"); } catch { return null; } };
  const store = (value) => { try { localStorage.setItem("scheme", value); } catch { /* kept for this page only */ } };
  let scheme = order.includes(stored()) ? stored() : "auto";
  const paint = () => {
    if (scheme === "auto") delete root.dataset.scheme;
    else root.dataset.scheme = scheme;
  };
  paint(); // This script is loaded before the body, so nothing flashes.

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const switchSchemes = () => {
    const button = document.querySelector("button.scheme");
    if (!button) return;
    const word = button.querySelector("[data-scheme-word]");
    const say = () => { word.textContent = schemes[scheme]; };
    say();
    button.hidden = false;
    button.addEventListener("click", () => {
      scheme = order[(order.indexOf(scheme) + 1) % order.length];
      store(scheme);
      paint();
      say();
    });
  };

  const filterList = () => {
    const filter = document.querySelector("[data-filter]");
    const list = document.querySelector("[data-filter-list]");
    if (!filter || !list) return;
    const field = filter.querySelector("input");
    const total = filter.querySelector("output");
    const empty = list.querySelector("[data-filter-empty]");
    const simple = (text) => ` ${text.toLowerCase().split(/\s+/).join(" ")}`;
    const items = all("[data-filter-item]", list).map((element) => ({
      element,
      text: simple(`${element.id} ${element.dataset.words ?? ""} ${element.textContent}`),
    }));
    const groups = all("[data-filter-group]", list).map((element) => ({
      element,
      counts: all(`[data-filter-count="${CSS.escape(element.dataset.filterGroup)}"]`)
        .map((count) => ({ count, words: count.textContent })),
      items: all("[data-filter-item]", element),
    }));
    // Short words are many other words' insides, so they must begin a word.
    const holds = (text, word) => text.includes(word.length < 4 ? ` ${word}` : word);
    const apply = () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const { element, text } of items) {
        element.hidden = !words.every((word) => holds(text, word));
      }
      const shown = items.filter((item) => !item.element.hidden).length;
      for (const group of groups) {
        const left = group.items.filter((item) => !item.hidden).length;
        group.element.hidden = left === 0;
        if (words.length && group.element instanceof HTMLDetailsElement) group.element.open = true;
        for (const { count, words: whole } of group.counts) {
          count.textContent = words.length ? `${left} of ${group.items.length}` : whole;
        }
      }
      total.textContent = words.length ? `${shown} of ${items.length}` : "";
      if (empty) {
        empty.hidden = shown > 0;
        empty.querySelector("[data-filter-typed]").textContent = field.value.trim();
      }
    };
    filter.hidden = false;
    field.addEventListener("input", apply);
    list.querySelector("[data-filter-clear]")?.addEventListener("click", () => {
      field.value = "";
      apply();
      field.focus();
    });
    apply();
  };

  const foldAll = () => {
    const folds = all("main details");
    addEventListener("beforeprint", () => { for (const fold of folds) fold.open = true; });
    const buttons = document.querySelector("[data-folds]");
    if (!buttons) return;
    buttons.hidden = false;
    buttons.addEventListener("click", (event) => {
      const wish = event.target.closest("[data-fold]")?.dataset.fold;
      if (wish) for (const fold of folds) fold.open = wish === "open";
    });
  };

  const followReader = () => {
    const entries = new Map();
    for (const link of all(".outline a")) {
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (target) entries.set(target, link);
    }
    if (!entries.size) return;
    const mark = () => {
      let here = null;
      for (const [target, link] of entries) if (target.getBoundingClientRect().top < 120) here = link;
      for (const link of entries.values()) {
        if (link === here) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mark(); });
    }, { passive: true });
    mark();
  };

  document.addEventListener("DOMContentLoaded", () => {
    switchSchemes();
    filterList();
    foldAll();
    followReader();
  });
})();
