// The cookie notice: the answer is stored and the notice goes without loading the page anew.

export async function store(action, purposes) {
  const body = new URLSearchParams(purposes.map((purpose) => ["purpose", purpose]));
  const answer = await fetch(action, { method: "POST", body, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
}

export function hide(notice) {
  const held = notice.contains(document.activeElement);
  notice.remove();
  if (held) document.querySelector("main")?.focus({ preventScroll: true });
}

export function start() {
  const notice = document.querySelector("[data-cookies]");
  const form = notice.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const purpose = event.submitter?.value;
    try {
      await store(form.action, purpose ? [purpose] : []);
    } catch {
      form.submit();
      return;
    }
    if (purpose === "film") document.querySelectorAll("[data-video]").forEach((film) => (film.dataset.consent = ""));
    hide(notice);
  });
}
