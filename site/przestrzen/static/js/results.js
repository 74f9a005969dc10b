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
  const field = document.querySelector("form[data-search] input[name=q]");
  const asked = fresh.querySelector("form[data-search] input[name=q]");
  if (field && asked && document.activeElement !== field) field.value = asked.value;
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
  for (const form of forms()) {
    for (const [name, value] of new FormData(form)) {
      const pair = `${name}=${value}`;
      if (!value || seen.has(pair) || (name === "q" && query.has("q") && form !== changed)) continue;
      if (name === "q") query.set("q", value);
      else query.append(name, value);
      seen.add(pair);
    }
  }
  const path = changed.getAttribute("action") || location.pathname;
  return query.size ? `${path}?${query}` : path;
}

export function start() {
  document.addEventListener("submit", (event) => {
    if (![...forms()].includes(event.target)) return;
    event.preventDefault();
    load(addressOf(event.target));
  });
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.matches("form.filters") && event.target.matches("input, select")) load(addressOf(form));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-results] a[href], [data-results-part] a[href]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const target = new URL(link.href, location.href);
    if (target.origin !== location.origin || target.pathname !== location.pathname || target.hash) return;
    event.preventDefault();
    load(target.pathname + target.search, { focus: Boolean(link.closest(".pager")) });
  });
  addEventListener("popstate", () => load(location.pathname + location.search, { push: false }));
}
