// Wagtail saves drafts by itself, and does not wait for that when "Save" is pressed: on a form of something new
// both requests would make a row. Here a press waits for the answer under way, and leaves only once.

const FORM = "form[data-controller~='w-autosave']";
const PATIENCE = 10_000; // ms; an answer that never comes must not hold the press for ever

const unanswered = new WeakSet(); // forms whose draft is being saved
const leaving = new WeakSet(); // forms that were sent
const presses = new WeakMap(); // form -> the press that waits

function send(form) {
  const press = presses.get(form);
  if (!press) return;
  presses.delete(form);
  clearTimeout(press.timer);
  if (press.button) press.button.disabled = false; // a disabled button would not be sent with the form
  form.requestSubmit(press.button);
}

function answered(event) {
  unanswered.delete(event.target);
  send(event.target);
}

document.addEventListener("w-autosave:save", (event) => {
  if (leaving.has(event.target) || presses.has(event.target)) event.preventDefault();
  else unanswered.add(event.target);
});
document.addEventListener("w-autosave:success", answered);
document.addEventListener("w-autosave:error", answered);

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches(FORM)) return;
    if (leaving.has(form) || presses.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (unanswered.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const timer = setTimeout(() => {
        unanswered.delete(form);
        send(form);
      }, PATIENCE);
      presses.set(form, { button: event.submitter, timer });
    }
  },
  true,
);
window.addEventListener("submit", (event) => {
  if (event.target.matches(FORM) && !event.defaultPrevented) leaving.add(event.target);
});
// A page that the browser brings back as it was left can be sent again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll(FORM).forEach((form) => leaving.delete(form));
});
