// Layouts, and what else one may choose for the eye; the place stays.
const keepingPlace = (change) => {
  const place = active && onScreen(faceOf(active)) ? active.source : here();
  change();
  guess();
  if (place && scrollY > 80) goToPair(pairOf(place));
};
// where a tap shows the other side, sentences are buttons; one with a link in it stays text
const tellRoles = () => {
  const asButtons = root.dataset.layout === "source";
  if (!asButtons && !main.querySelector("[role='button']")) return;
  for (const span of allSources()) {
    const pair = pairOf(span);
    for (const one of [pair.source, pair.target]) {
      if (asButtons && one === faceOf(pair) && !one.querySelector("a")) {
        one.setAttribute("role", "button");
        one.setAttribute("aria-expanded", "false");
      } else if (one.hasAttribute("role")) {
        one.removeAttribute("role");
        one.removeAttribute("aria-expanded");
      }
    }
  }
};
const setLayout = (value) => {
  if (root.dataset.layout === value) return;
  hideCard();
  keepingPlace(() => (root.dataset.layout = layout.value = value));
  tellRoles();
  remember(bookKey, { layout: value });
};
layout.addEventListener("change", () => setLayout(layout.value));
layout.value = root.dataset.layout;

const sizeShown = byId("vv-size");
const size = () => Math.round(100 * (parseFloat(root.style.getPropertyValue("--size")) || 1));
const setSize = (percent) => {
  const fit = Math.max(70, Math.min(200, percent));
  keepingPlace(() => root.style.setProperty("--size", String(fit / 100)));
  sizeShown.textContent = `${fit} %`;
  remember("visavis", { size: fit });
};
sizeShown.textContent = `${size()} %`;
byId("vv-smaller").addEventListener("click", () => setSize(size() - 10));
byId("vv-larger").addEventListener("click", () => setSize(size() + 10));

// the first value of each choice is the usual one, and no attribute of the page
for (const radio of document.querySelectorAll("#vv-view input")) {
  const name = radio.name.slice(3);
  const usual = radio.closest("fieldset").querySelector("input").value;
  if ((root.dataset[name] ?? usual) === radio.value) radio.checked = true;
  radio.addEventListener("change", () => {
    hideCard();
    keepingPlace(() => {
      if (radio.value === usual) delete root.dataset[name];
      else root.dataset[name] = radio.value;
    });
    if (name === "blur") for (const span of main.querySelectorAll(".clear")) span.classList.remove("clear");
    if (name === "sides") {
      tellRoles();
      if (active) stopAt(faceOf(active));
    }
    remember("visavis", { [name]: radio.value });
  });
}
