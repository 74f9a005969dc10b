// The field of several people: Wagtail's chooser adds ticked boxes; unticking takes a person away.

function add(field, person) {
  const list = field.querySelector("[data-people-list]");
  const known = [...list.querySelectorAll("input")].find((box) => box.value === String(person.id));
  if (known) {
    known.checked = true;
    return;
  }
  const row = document.createElement("li");
  const label = document.createElement("label");
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", name: field.dataset.name, value: person.id, checked: true });
  const text = document.createElement("span");
  text.textContent = person.string;
  label.append(box, " ", text);
  row.append(label);
  list.append(row);
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

// One listener for all of them: sessions added to a programme later have the field too.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-people-choose]");
  if (!button) return;
  const field = button.closest("[data-people]");
  const Chooser = window.telepath.constructors["wagtail.snippets.widgets.SnippetChooser"];
  const chooser = new Chooser("", "", { modalUrl: field.dataset.chooserUrl });
  chooser.openModal(
    (people) => {
      people.forEach((person) => add(field, person));
      const names = people.map((person) => person.string).join("; ");
      field.querySelector("[data-people-status]").textContent = `${field.dataset.added}: ${names}`;
      button.focus();
    },
    { multiple: true },
  );
});
