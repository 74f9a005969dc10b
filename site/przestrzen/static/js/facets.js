// A field that finds a value in a long filter by the letters of its name. Without it the values unfold.
//
// <details class="facet-rest" data-facet="metoda" data-label="Znajdź w filtrze: …" data-none="…"> inside a fieldset; a
// [data-chosen] in its summary is kept true to what is ticked.

const typed = new Map();

export function start() {
  build();
  document.addEventListener("results", build);
}

function build() {
  document.querySelectorAll("[data-facet]").forEach(finder);
}

function finder(rest) {
  const fieldset = rest.closest("fieldset");
  const name = rest.dataset.facet;
  const field = document.createElement("input");
  Object.assign(field, { type: "search", className: "facet-find", autocomplete: "off", placeholder: rest.dataset.label });
  field.setAttribute("aria-label", rest.dataset.label);
  const status = document.createElement("p");
  status.className = "meta";
  status.setAttribute("role", "status");
  (fieldset.querySelector(":scope > .hint") ?? fieldset.querySelector("legend")).after(field, status);

  function show() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const label of fieldset.querySelectorAll("label")) {
      const text = plain(label.querySelector("span").textContent);
      label.hidden = !words.every((word) => text.includes(word));
      found += !label.hidden;
    }
    if (words.length) rest.open = true;
    status.textContent = found ? "" : rest.dataset.none;
  }

  const count = rest.querySelector("[data-chosen]");
  if (count) {
    fieldset.addEventListener("change", () => {
      count.textContent = fieldset.querySelectorAll(":checked").length;
    });
  }
  field.addEventListener("input", () => {
    typed.set(name, field.value);
    show();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  if (typed.get(name)) {
    field.value = typed.get(name);
    show();
  }
}

function plain(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ł", "l");
}
