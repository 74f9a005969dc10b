// Menus and filters where the browser knows no popover: the page shows them in the flow; this folds them away.

export function start() {
  if ("popover" in HTMLElement.prototype) return;
  for (const panel of document.querySelectorAll("[popover]")) {
    const openers = document.querySelectorAll(`[popovertarget="${panel.id}"]`);
    const show = (open) => {
      panel.hidden = !open;
      openers.forEach((button) => button.setAttribute("aria-expanded", String(open)));
    };
    const wide = matchMedia(panel.id === "menu" ? "(min-width: 68rem)" : "(min-width: 62rem)");
    wide.addEventListener("change", () => show(wide.matches));
    openers.forEach((button) => button.addEventListener("click", () => show(panel.hidden)));
    show(wide.matches);
  }
}
