// Films: nothing is asked of another host before a click, and before consent for this film or for all of them.

import { hide, store } from "./cookies.js";

function play(film) {
  const frame = document.createElement("iframe");
  frame.src = film.dataset.video;
  frame.title = film.dataset.title;
  frame.allow = "autoplay; encrypted-media; picture-in-picture; fullscreen";
  // The players refuse to start when they don't learn which site shows them.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  film.querySelector(".video-frame").replaceChildren(frame);
  frame.focus();
}

function ask(film) {
  const box = film.querySelector(".video-frame");
  const link = box.querySelector(".video-go");
  const question = box.querySelector("template").content.cloneNode(true).firstElementChild;
  question.querySelector("[data-once]").addEventListener("click", () => play(film));
  question.querySelector("[data-always]").addEventListener("click", async () => {
    await store(film.dataset.settings, ["film"]).catch(() => {});
    document.querySelectorAll("[data-video]").forEach((other) => (other.dataset.consent = ""));
    const notice = document.querySelector("[data-cookies]");
    if (notice) hide(notice);
    play(film);
  });
  const close = () => {
    question.remove();
    link.hidden = false;
    link.focus();
  };
  question.querySelector("[data-no]").addEventListener("click", close);
  question.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  link.hidden = true;
  box.append(question);
  question.querySelector("button").focus();
}

export function start() {
  for (const film of document.querySelectorAll("[data-video]")) {
    film.querySelector(".video-go").addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if ("consent" in film.dataset) play(film);
      else ask(film);
    });
  }
}
