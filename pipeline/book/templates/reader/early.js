// Before the first paint: what the reader chose last time. Storage may be refused (private windows, file://).
(() => {
  "use strict";
  const root = document.documentElement;
  const choices = /* CHOICES */;
  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key)) || {};
    } catch {
      return {};
    }
  };
  const layout = read("visavis:" + root.dataset.book).layout;
  const chosen = read("visavis");
  if (["side-by-side", "paragraphs", "sentences", "source"].includes(layout)) root.dataset.layout = layout;
  for (const [name, values] of Object.entries(choices))
    if (values.indexOf(chosen[name]) > 0) root.dataset[name] = chosen[name];
  if (chosen.size >= 70 && chosen.size <= 200) root.style.setProperty("--size", String(chosen.size / 100));
  root.classList.add("js");
})();
