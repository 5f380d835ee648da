// Elements, made without ever parsing a string as markup.

/** `element("a", {href: "/", onclick: act}, "text", child…)`; attributes that are undefined or false are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      made.addEventListener(key.slice(2), value);
    } else if (value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...children);
  return made;
}

export const byId = (id) => document.getElementById(id);

let noticeTimer;

export function notice(text) {
  byId("notice").textContent = text;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => (byId("notice").textContent = ""), 6000);
}

/** Asks before something that can't be undone; the promise tells whether to do it. */
export function confirmed(question, action) {
  return new Promise((resolve) => {
    const close = (answer) => {
      byId("dialog").close();
      resolve(answer);
    };
    show([element("p", {}, question)], [
      element("button", { onclick: () => close(false) }, "Cancel"),
      element("button", { class: "danger", onclick: () => close(true) }, action),
    ]);
    byId("dialog").oncancel = () => resolve(false);
  });
}

/** Shows something until it is closed. */
export function show(content, actions = [element("button", { onclick: () => byId("dialog").close() }, "Close")]) {
  byId("dialog-body").replaceChildren(...content);
  byId("dialog-actions").replaceChildren(...actions);
  byId("dialog").showModal();
}

/** Marks the button of a group that is chosen. */
export function choose(group, key, value) {
  for (const button of group.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset[key] === String(value)));
  }
}

export function rows(table, made, whenNone) {
  const width = table.querySelectorAll("th").length;
  const none = element("tr", {}, element("td", { colspan: width, class: "hint" }, whenNone));
  table.tBodies[0].replaceChildren(...(made.length ? made : [none]));
}

const UNITS = ["B", "kB", "MB", "GB", "TB"];

export function octets(count) {
  let unit = 0;
  while (count >= 1000 && unit < UNITS.length - 1) {
    count /= 1000;
    unit++;
  }
  return `${count < 10 && unit > 0 ? count.toFixed(1) : Math.round(count)} ${UNITS[unit]}`;
}

export const number = (count) => count.toLocaleString("en");

export const moment = (iso) => (iso ? new Date(iso).toLocaleString([], { dateStyle: "medium", timeStyle: "short" }) : "");
