// A search field that suggests people, terms, places and articles while somebody types: an ARIA 1.2 combobox whose
// list of groups pops up. The form stays what it is: Enter without a chosen suggestion sends it. A suggestion leads to its
// address; one with a code is put into the field, with the code beside it, and the form is sent; with data-fill the field is
// filled and no more.
//
// <input data-suggest="/podpowiedzi/" data-label data-some="… {n} …" data-none> inside a form.

const WAIT = 150;
const SHORTEST = 2;
let fields = 0;

export function start() {
  document.querySelectorAll("input[data-suggest]").forEach(combobox);
}

function combobox(field) {
  const id = `suggest-${++fields}`;
  const list = element("div", { id, role: "listbox", class: "suggest", "aria-label": field.dataset.label, hidden: "" });
  const status = element("p", { class: "hide", role: "status" });
  field.after(list);
  field.form.append(status);
  set(field, { role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list" });

  let options = [];
  let active = -1;
  let timer = 0;
  let running = null;
  let shown = "";

  function close() {
    clearTimeout(timer);
    running?.abort();
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(place) {
    options[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = options[active];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }

  function show(groups) {
    options = [];
    list.replaceChildren(
      ...groups.map((group) => {
        const box = element("div", { role: "group", "aria-labelledby": `${id}-${group.name}` });
        box.append(element("div", { id: `${id}-${group.name}`, class: "suggest-group", role: "presentation" }, group.label));
        for (const item of group.items) {
          const option = element("div", { id: `${id}-${options.length}`, role: "option", "aria-selected": "false" });
          option.append(element("span", item.lang ? { lang: item.lang } : {}, item.text));
          if (item.detail) option.append(" ", element("small", {}, item.detail));
          if (item.code) set(option, { "data-code": item.code, "data-value": item.value });
          else option.dataset.url = item.url;
          options.push(option);
          box.append(option);
        }
        return box;
      }),
    );
    choose(-1);
    list.hidden = !options.length;
    field.setAttribute("aria-expanded", String(Boolean(options.length)));
    status.textContent = options.length ? field.dataset.some.replace("{n}", options.length) : field.dataset.none;
  }

  async function ask() {
    const text = field.value.trim();
    running?.abort();
    if (text.length < SHORTEST) {
      shown = "";
      status.textContent = "";
      return close();
    }
    running = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.suggest}?${new URLSearchParams({ q: text })}`, { signal: running.signal });
      if (!answer.ok) return close();
      const { groups } = await answer.json();
      if (document.activeElement !== field) return;
      shown = text;
      show(groups);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function go(option) {
    close();
    if (!option.dataset.code) return location.assign(option.dataset.url);
    field.value = field.defaultValue = option.dataset.value;
    if ("fill" in field.dataset) return;
    field.dataset.code = option.dataset.code;
    field.form.requestSubmit();
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (list.hidden) {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      if (options.length && shown === field.value.trim()) {
        list.hidden = false;
        field.setAttribute("aria-expanded", "true");
        choose(0);
      } else ask();
      return;
    }
    const last = options.length - 1;
    const next = {
      ArrowDown: active === last ? -1 : active + 1,
      ArrowUp: active === -1 ? last : active - 1,
      ...(active === -1 ? {} : { Home: 0, End: last }),
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      choose(next);
    } else if (event.key === "Enter" && options[active]) {
      event.preventDefault();
      go(options[active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
}

function element(name, attributes, text = "") {
  const made = document.createElement(name);
  set(made, attributes);
  if (text) made.textContent = text;
  return made;
}

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}
