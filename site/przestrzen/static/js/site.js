// Enhancements of pages that work without any script. Each module looks for its own marks and is loaded only then.

const parts = [
  ["[data-cookies]", "./cookies.js"],
  ["[data-video]", "./video.js"],
  ["[data-results]", "./results.js"],
  ["[data-suggest]", "./suggest.js"],
  ["[data-facet], form.filters", "./facets.js"],
  ["[data-proof]", "./contact.js"],
  ["[data-copy]", "./copy.js"],
  ["[data-programme]", "./programme.js"],
  ["[popover]", "./popover.js"],
];

for (const [mark, module] of parts) {
  if (document.querySelector(mark)) import(module).then((found) => found.start());
}
