// The programme of an event: filters without asking again, and one's own programme, kept in this browser only.

const NARROWED = ["temat", "forma"];

function stored(key) {
  try {
    const found = JSON.parse(localStorage.getItem(key));
    return new Set(Array.isArray(found) ? found : []);
  } catch {
    return new Set();
  }
}

function store(key, chosen) {
  try {
    if (chosen.size) localStorage.setItem(key, JSON.stringify([...chosen]));
    else localStorage.removeItem(key);
  } catch {
    // Storage is off: the choice lasts as long as the page.
  }
}

export function start() {
  for (const programme of document.querySelectorAll("[data-programme]")) open(programme);
}

function open(programme) {
  const key = programme.dataset.programme;
  const form = programme.querySelector("form");
  const status = programme.querySelector("[data-said]");
  const mine = programme.querySelector("[data-mine]");
  const only = mine.querySelector("input");
  const sessions = [...programme.querySelectorAll(".session")];
  const chosen = stored(key);

  const value = (name) => form.elements[name]?.value ?? "";

  function show(said) {
    const narrowed = NARROWED.some(value) || only.checked;
    for (const session of sessions) {
      const fits = NARROWED.every((name) => !value(name) || session.dataset[name] === value(name));
      session.hidden = !fits || (only.checked && !chosen.has(session.id));
    }
    for (const box of programme.querySelectorAll(".slot")) {
      box.hidden = narrowed && !box.querySelector(".session:not([hidden])");
    }
    for (const day of programme.querySelectorAll(".day")) {
      day.hidden = !day.querySelector(".slot:not([hidden])");
    }
    mine.querySelector("[data-count]").textContent = sessions.filter((one) => chosen.has(one.id)).length;
    if (!said) return;
    const shown = sessions.filter((one) => !one.hidden).length;
    status.textContent = status.dataset.said.replace("{shown}", shown).replace("{all}", sessions.length);
  }

  function address() {
    const query = new URLSearchParams(NARROWED.filter(value).map((name) => [name, value(name)]));
    history.replaceState(history.state, "", `${location.pathname}${query.size ? `?${query}` : ""}#programme-h`);
  }

  for (const session of sessions) {
    const button = session.querySelector(".keep button");
    if (!button) continue;
    button.setAttribute("aria-pressed", chosen.has(session.id));
    button.hidden = false;
    button.addEventListener("click", () => {
      if (!chosen.delete(session.id)) chosen.add(session.id);
      button.setAttribute("aria-pressed", chosen.has(session.id));
      store(key, chosen);
      // What was just taken out stays in sight until the next question: focus is on it.
      mine.querySelector("[data-count]").textContent = sessions.filter((one) => chosen.has(one.id)).length;
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    address();
    show(true);
  });
  only.addEventListener("change", () => show(true));
  const print = programme.querySelector("[data-print]");
  print.addEventListener("click", () => window.print());
  mine.hidden = print.hidden = false;
  show(false);
}
