// Reloads the page when the content is new, and shows what is wrong with it.
(() => {
  "use strict";
  const content = document.currentScript.dataset.content;
  const key = "avouch-scroll " + location.pathname;
  const kept = sessionStorage.getItem(key);
  if (kept !== null) {
    sessionStorage.removeItem(key);
    const back = () => scrollTo(0, Number(kept));
    addEventListener("load", back);
    back();
  }

  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  const sheet = make("link");
  sheet.rel = "stylesheet";
  sheet.href = "/-/preview.css";
  document.head.append(sheet);

  let panel = null;
  const show = (status) => {
    panel?.remove();
    panel = null;
    const total = status.faults.length + status.more;
    if (!status.failure && total === 0) return;
    const errors = status.faults.filter((fault) => fault.level === "error").length;
    panel = make("details", "avouch-preview");
    panel.open = status.failure !== "" || errors > 0;
    const count = errors > 0 ? `${errors} error${errors > 1 ? "s" : ""}, ${total - errors} more` : `${total} warning${total > 1 ? "s" : ""}`;
    panel.append(make("summary", errors > 0 || status.failure ? "error" : "warning", status.failure ? "Nothing could be made" : count));
    if (status.failure) panel.append(make("p", "failure", status.failure));
    const list = make("ol");
    status.faults.forEach((fault, number) => {
      const item = make("li", fault.level);
      const place = `${fault.path}:${fault.line}:${fault.column}`;
      const where = make(status.can_open ? "button" : "code", "place", place);
      if (status.can_open) {
        where.type = "button";
        where.addEventListener("click", () => {
          fetch(`/-/open?${status.token}&${status.edition}&${number}`, { method: "POST" });
        });
      }
      item.append(make("strong", "", fault.message), make("span", "rule", fault.rule), where);
      if (fault.help) item.append(make("p", "help", fault.help));
      list.append(item);
    });
    panel.append(list);
    if (status.more > 0) panel.append(make("p", "more", `and ${status.more} more; the terminal shows all`));
    document.body.append(panel);
  };
  const ask = () => fetch("/-/status.json").then((answer) => answer.json()).then(show);
  addEventListener("DOMContentLoaded", ask);

  let known = null;
  const source = new EventSource("/-/news");
  source.addEventListener("message", (event) => {
    const [newest, news] = event.data.split(" ");
    if (newest !== content) {
      sessionStorage.setItem(key, String(scrollY));
      location.reload();
    } else if (known !== null && news !== known) {
      ask();
    }
    known = news;
  });
})();
