// Comforts for readers with scripts; every page is complete without them.
(() => {
  "use strict";
  const root = document.documentElement;
  const schemes = { auto: "Auto", light: "Light", dark: "Dark" };
  const order = Object.keys(schemes);

  // Storage may be forbidden; then a choice lasts as long as the page.
  const stored = () => { try { return localStorage.getItem("scheme"); } catch { return null; } };
  const store = (value) => { try { localStorage.setItem("scheme", value); } catch { /* kept for this page only */ } };

  let scheme = order.includes(stored()) ? stored() : "auto";
  const apply = () => {
    if (scheme === "auto") delete root.dataset.scheme;
    else root.dataset.scheme = scheme;
  };
  apply(); // This script is loaded before the body, so nothing flashes.

  document.addEventListener("DOMContentLoaded", () => {
    const all = (selector) => [...document.querySelectorAll(selector)];

    all("[data-needs-script]").forEach((part) => { part.hidden = false; });

    const button = document.querySelector("button.scheme");
    if (button) {
      const word = button.querySelector("[data-scheme-word]");
      const say = () => { word.textContent = schemes[scheme]; };
      say();
      button.hidden = false;
      button.addEventListener("click", () => {
        scheme = order[(order.indexOf(scheme) + 1) % order.length];
        store(scheme);
        apply();
        say();
      });
    }

    // Where the style sheet cannot hold folds open on wide screens, this does.
    if (!CSS.supports("selector(::details-content)")) {
      for (const [selector, query] of [[".side > .fold", "(min-width: 768px)"], [".outline > .fold", "(min-width: 1100px)"]]) {
        const wide = matchMedia(query);
        const set = () => all(selector).forEach((fold) => { fold.open = wide.matches; });
        wide.addEventListener("change", set);
        set();
      }
      addEventListener("beforeprint", () => all("main details").forEach((fold) => { fold.open = true; }));
    }

    // A matrix shows the rows that carry the chosen word; the fragment of the address keeps it.
    const choices = all("button[data-keep]");
    if (choices.length) {
      const rows = all("tr[data-keys]");
      const keep = (key) => {
        const kept = rows.filter((row) => !key || row.dataset.keys.split(" ").includes(key));
        for (const row of rows) row.hidden = !kept.includes(row);
        for (const group of all(".matrix > tbody")) group.hidden = !group.querySelector("tr[data-keys]:not([hidden])");
        for (const choice of choices) choice.setAttribute("aria-pressed", choice.dataset.keep === key);
        document.querySelector("[data-kept]").textContent = `${kept.length} of ${rows.length} shown`;
        document.querySelector("[data-kept-none]").hidden = kept.length > 0;
      };
      for (const choice of choices) {
        choice.addEventListener("click", () => {
          keep(choice.dataset.keep);
          history.replaceState(null, "", choice.dataset.keep ? `#only=${choice.dataset.keep}` : location.pathname + location.search);
        });
      }
      const asked = location.hash.match(/^#only=(.+)$/)?.[1];
      if (choices.some((choice) => choice.dataset.keep === asked)) keep(asked);
    }

    // A link into a fold opens it, also where the browser does not.
    const unfold = () => {
      const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const fold = target && target.closest("details:not([open])");
      if (!fold) return;
      fold.open = true;
      target.scrollIntoView();
    };
    addEventListener("hashchange", unfold);
    unfold();

    // Menus close when the reader leaves them.
    const menus = all(".releases, .bar ~ .page .side > .fold").filter((menu) => menu.tagName === "DETAILS");
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      for (const menu of menus.filter((menu) => menu.open && menu.contains(document.activeElement))) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
    document.addEventListener("click", (event) => {
      for (const menu of menus) if (menu.open && menu.matches(".releases") && !menu.contains(event.target)) menu.open = false;
    });

    // The outline shows where the reader is.
    const entries = new Map();
    for (const link of all(".outline a")) {
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (target) entries.set(target, link);
    }
    if (entries.size) {
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
    }

    // The page that is read is in sight in the column beside it.
    const side = document.querySelector(".side");
    const current = side?.querySelector("[aria-current]");
    if (current && side.scrollHeight > side.clientHeight) side.scrollTop = current.offsetTop - side.clientHeight / 3;
  });
})();
