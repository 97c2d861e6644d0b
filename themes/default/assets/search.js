// Search as you type, without a server: works from disk and under `script-src 'self'`.
//
//   <form role="search" action="../search.html" data-search-root="../">
//     <input type="search" name="q" aria-label="Search">
//   </form>
//
// Hits open below the form, or fill `[data-search-results]` where the page has it, as search.html
// does; the query then comes from `?q=`, and `[data-search-index]` is shown where nothing is found.
// A checkbox `[data-search-shortcut]` turns the / key off.
// Classes: search-results (pop-up), search-hit, search-title, search-kind, search-id,
// search-excerpt, search-more (to all hits), search-status (announced; visually hidden in a form).
// The index and its engine are written by Avouch's `render::search`.
(() => {
  "use strict";

  const form = document.querySelector('form[role="search"][data-search-root]');
  const input = form?.querySelector('input[type="search"]');
  if (!input) return;
  const root = new URL(form.dataset.searchRoot, document.baseURI);

  // Elements, made of text and never of markup

  function set(element, attributes) {
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    return element;
  }

  function element(tag, attributes, ...children) {
    const made = set(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  }

  // Files of the index: scripts that call `avouchSearch`

  const loaded = {};
  const arrive = {};
  window.avouchSearch = (name, payload) => arrive[name]?.(payload);

  const load = (name) =>
    (loaded[name] ??= new Promise((resolve, reject) => {
      arrive[name] = resolve;
      const script = element("script", { src: new URL(`assets/search/${name}.js`, root) });
      script.onerror = () => {
        delete loaded[name];
        reject(new Error(`${name} is missing`));
      };
      document.head.append(script);
    }));

  let engine;
  const start = async () => (engine ??= (await load("engine"))(load));

  // Hits

  const status = element("p", { class: "search-status", role: "status" });
  const plural = (count) => (count === 1 ? "1 result" : `${count} results`);

  function hit(entry, mark) {
    const link = element("a", { class: "search-hit", href: new URL(entry.address, root) });
    for (const part of ["title", "kind", "id", "excerpt"]) {
      if (!entry[part]) continue;
      const marked = mark(entry[part]).map(([text, found]) => (found ? element("mark", {}, text) : text));
      link.append(element("span", { class: `search-${part}` }, ...marked), " ");
    }
    return link;
  }

  /** Answers a query: how many hits, what to say of them, and `links(from, to)`. */
  async function answer(query) {
    const { search, entry, mark } = await start();
    const { documents, found, meant } = await search(query);
    const count = documents.length;
    const instead = meant.length ? ` for “${meant.join("”, “")}”` : "";
    const link = async (document) => hit(await entry(document), (text) => mark(text, found));
    return {
      count,
      status: count ? plural(count) + instead : `No results for “${query}”. Try fewer words, or the beginning of one.`,
      links: (from, to) => Promise.all(documents.slice(from, to).map(link)),
    };
  }

  /** Calls `show` for what is typed, with the first `size` links. Later typing overtakes. */
  function follow(size, show) {
    let turn = 0;
    let pause;
    const update = async () => {
      const mine = ++turn;
      const query = input.value.trim();
      let shown = { count: 0, status: "", links: () => [] };
      let links = [];
      try {
        if (query) shown = await answer(query);
        links = await shown.links(0, size);
      } catch {
        shown.status = "The search index could not be loaded";
      }
      if (mine !== turn) return;
      show(links, shown, query);
      // Typing is not interrupted by the counts of half a word.
      clearTimeout(pause);
      pause = setTimeout(() => (status.textContent = shown.status), 300);
    };
    input.addEventListener("input", update);
    return update;
  }

  /** Shows hits below a form: a combobox with a list box. */
  function combobox() {
    const id = "search-results";
    const list = element("div", { class: id, id, role: "listbox", "aria-label": "Results" });
    set(input, { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": id });
    form.append(list, status);

    let active;
    function activate(option) {
      active?.removeAttribute("aria-selected");
      option?.setAttribute("aria-selected", true);
      option?.scrollIntoView({ block: "nearest" });
      set(input, { "aria-activedescendant": option?.id ?? "" });
      active = option;
    }

    function open(isOpen) {
      list.hidden = !isOpen;
      if (!isOpen) list.replaceChildren();
      set(input, { "aria-expanded": isOpen });
      activate();
    }
    open(false);

    const update = follow(8, (links, { count }, query) => {
      if (count > links.length) {
        const href = new URL(form.action);
        href.search = new URLSearchParams({ q: query });
        links.push(element("a", { class: "search-more", href }, `All ${plural(count)}`));
      }
      const option = (link, at) => set(link, { id: `${id}-${at}`, role: "option", tabindex: -1 });
      list.replaceChildren(...links.map(option));
      open(links.length > 0 && input === document.activeElement);
    });

    input.addEventListener("focus", () => (input.value ? update() : start().catch(() => {})));
    form.addEventListener("focusout", () => open(false));
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (list.hidden) return event.key === "ArrowDown" && update();
      if (event.key === "ArrowDown") activate(active ? active.nextSibling : list.firstChild);
      else if (event.key === "ArrowUp") activate(active ? active.previousSibling : list.lastChild);
      else if (event.key === "Escape") open(false);
      else if (event.key === "Enter" && active) active.click();
      else return;
      event.preventDefault();
    });
  }

  /** Shows hits on a page of their own. */
  function page(place) {
    const list = element("ol", {});
    const more = element("button", { class: "search-more button", type: "button" }, "Show more");
    const index = document.querySelector("[data-search-index]");
    place.replaceChildren(status, list, more);
    more.hidden = true;

    const add = (links, { count }) => {
      list.append(...links.map((link) => element("li", {}, link)));
      more.hidden = count <= list.children.length;
    };
    const update = follow(25, (links, shown, query) => {
      list.replaceChildren();
      add(links, shown);
      if (index) index.hidden = shown.count > 0;
      more.onclick = async () => {
        more.hidden = true;
        const added = await shown.links(list.children.length, list.children.length + 25);
        add(added, shown);
        added[0].focus();
      };
      // From disk only the fragment of an address may change.
      location.replace(`#q=${encodeURIComponent(query)}`);
    });

    const asked = (part) => new URLSearchParams(part.slice(1)).get("q");
    input.value = asked(location.hash) ?? asked(location.search) ?? "";
    form.addEventListener("submit", (event) => (event.preventDefault(), update()));
    if (input.value) update();
  }

  const place = document.querySelector("[data-search-results]");
  if (place) page(place);
  else combobox();

  // The / key. Who speaks to a computer must be able to turn it off (WCAG 2.1.4).

  const box = document.querySelector("input[data-search-shortcut]");
  let store = {}; // where storage is forbidden, the choice lasts for the page
  try {
    store = localStorage;
  } catch {}
  if (box) {
    box.checked = store.avouchShortcut !== "off";
    box.onchange = () => (store.avouchShortcut = box.checked ? "on" : "off");
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || store.avouchShortcut === "off") return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();
