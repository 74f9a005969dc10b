// A list with a search field and filters: the answer is fetched and put in place, the address and history are kept.
//
// <section data-results id="wyniki"> is what is replaced; the GET forms and links that change it carry
// data-search (forms) or stand inside it (pager, chips). A [data-count] inside it is read aloud.

const AWAIT = "sheet-wait";
let running = null;

function place() {
  return document.querySelector("[data-results]");
}

function forms() {
  return document.querySelectorAll("form[data-search], [data-results] form, form.filters");
}

// The fields of the search form, which stands outside of what is replaced.
function asked() {
  const form = document.querySelector("form[data-search]");
  return form ? [...form.elements].filter((field) => field.name && field.type !== "hidden") : [];
}

// A code stands for a name as long as the name is the one that it was given for.
function valueOf(form, name, value) {
  const field = form.elements[name];
  return field?.dataset?.code && value === field.defaultValue ? field.dataset.code : value;
}

function voice() {
  let region = document.querySelector("#results-voice");
  if (!region) {
    region = document.createElement("p");
    region.id = "results-voice";
    region.className = "hide";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  return region;
}

// Opened by a script, a panel knows no button to give the focus back to.
function reopen(panel) {
  panel.showPopover();
  panel.addEventListener("toggle", (event) => {
    const held = document.activeElement;
    if (event.newState === "closed" && (held === document.body || panel.contains(held))) {
      document.querySelector(`[popovertarget="${panel.id}"]`)?.focus();
    }
  });
}

async function load(address, { push = true, focus = false } = {}) {
  running?.abort();
  running = new AbortController();
  place().classList.add(AWAIT);
  place().setAttribute("aria-busy", "true");
  let text;
  try {
    const answer = await fetch(address, { signal: running.signal, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) throw new Error(String(answer.status));
    text = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
    return;
  }
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const found = fresh.querySelector("[data-results]");
  if (!found) {
    location.assign(address);
    return;
  }
  const held = document.activeElement;
  const again = held?.name && place().contains(held) ? `[name="${CSS.escape(held.name)}"][value="${CSS.escape(held.value)}"]` : "";
  const panel = place().querySelector(".sheet");
  const open = panel?.matches?.(":popover-open");
  const unfolded = [...place().querySelectorAll("details")].map((details) => details.open);
  place().replaceWith(document.adoptNode(found));
  [...place().querySelectorAll("details")].forEach((details, at) => unfolded[at] && (details.open = true));
  const sheet = place().querySelector(".sheet");
  if (open && sheet) reopen(sheet);
  document.title = fresh.title;
  for (const part of document.querySelectorAll("[data-results-part]")) {
    const other = fresh.querySelector(`[data-results-part="${part.dataset.resultsPart}"]`);
    if (other) part.replaceWith(document.adoptNode(other));
  }
  for (const field of asked()) {
    const other = fresh.querySelector(`form[data-search] [name="${field.name}"]`);
    // What is being typed stays; a name that was understood is put as it is written.
    if (!other || (document.activeElement === field && !other.dataset.code)) continue;
    field.value = other.value;
    if (!other.dataset.code) delete field.dataset.code;
    else [field.dataset.code, field.defaultValue] = [other.dataset.code, other.value];
  }
  document.dispatchEvent(new Event("results"));
  if (push) history.pushState({ results: true }, "", address);
  voice().textContent = place().querySelector("[data-count]")?.textContent.trim() ?? "";
  if (again) place().querySelector(again)?.focus();
  if (focus) {
    place().scrollIntoView();
    const heading = place().querySelector("[data-count]");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }
}

function addressOf(changed) {
  const query = new URLSearchParams();
  const seen = new Set();
  // What stands in the search form has one value: that of the form which was sent, even where it is empty.
  const single = new Set(asked().map((field) => field.name));
  const told = new Set();
  for (const form of [changed, ...[...forms()].filter((other) => other !== changed)]) {
    const pairs = [...new FormData(form)];
    for (const [name, value] of pairs) {
      const pair = `${name}=${value}`;
      if (!value || seen.has(pair) || told.has(name)) continue;
      query.append(name, valueOf(form, name, value));
      seen.add(pair);
    }
    pairs.forEach(([name]) => single.has(name) && told.add(name));
  }
  const path = changed.getAttribute("action") || location.pathname;
  return query.size ? `${path}?${query}` : path;
}

export function start() {
  // What readers without scripts need to keep their filters: here the filters are read themselves.
  document.querySelectorAll("[data-kept]").forEach((field) => (field.disabled = true));
  document.addEventListener("submit", (event) => {
    if (![...forms()].includes(event.target)) return;
    event.preventDefault();
    load(addressOf(event.target));
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("form.filters :is(input, select)[name], form[data-search] select")) {
      load(addressOf(event.target.form));
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-results] a[href], [data-results-part] a[href]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    // The links of a map are SVG's, whose href is no text.
    const target = new URL(link.getAttribute("href"), location.href);
    const results = target.hash === `#${place().id}`;
    if (target.origin !== location.origin || target.pathname !== location.pathname || (target.hash && !results)) return;
    event.preventDefault();
    load(target.pathname + target.search, { focus: results || Boolean(link.closest(".pager")) });
  });
  addEventListener("popstate", () => load(location.pathname + location.search, { push: false }));
}
