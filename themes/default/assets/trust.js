/* The trust center is complete without this file. It adds a filter to long lists and opens all
   folds for print where the browser's style sheet cannot. */
"use strict";

addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("main details:not([open])")) fold.open = true;
});

const filter = document.querySelector("[data-filter]");
const list = document.querySelector("[data-filter-list]");
if (filter && list) {
  const field = filter.querySelector("input");
  const count = filter.querySelector("output");
  const items = [...list.querySelectorAll("[data-filter-item]")].map((element) => ({
    element,
    text: element.textContent.toLowerCase(),
    open: element.open,
  }));
  const apply = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const matches = words.every((word) => item.text.includes(word));
      item.element.hidden = !matches;
      if (matches) shown += 1;
    }
    for (const group of list.querySelectorAll("[data-filter-group]")) {
      group.hidden = !group.querySelector("[data-filter-item]:not([hidden])");
      if (words.length && group instanceof HTMLDetailsElement) group.open = true;
    }
    count.textContent = words.length ? `${shown} of ${items.length}` : "";
  };
  filter.hidden = false;
  field.addEventListener("input", apply);
  apply();
}
