// Keys. Those that are characters can be switched off (WCAG 2.2, 2.1.4), and are none while one types or chooses.
const nextDoubt = () => {
  const doubts = [...main.querySelectorAll("[data-why]")];
  const after = doubts.find((span) => active && active.source.compareDocumentPosition(span) & Node.DOCUMENT_POSITION_FOLLOWING);
  const span = after || doubts[0];
  if (span) moveTo(span);
};
const toggleCard = () => {
  if (!active) return;
  clearUp(active);
  if (pinned && shownFor?.source === active.source) hideCard();
  else showCard(active, true);
};
const open = (id) => {
  const menu = byId(id);
  if (menu && !menu.hidden) menu.open = !menu.open;
};
const keys = {
  ArrowDown: () => step(1), ArrowRight: () => step(1), ArrowUp: () => step(-1), ArrowLeft: () => step(-1),
  j: () => step(1), k: () => step(-1),
  Enter: toggleCard, t: toggleCard, u: nextDoubt,
  "/": () => (open("vv-search"), byId("vv-query").focus()), c: () => open("vv-contents"),
  "[": () => goToChapter(-1), "]": () => goToChapter(1), s: toggleStar, l: toggleListening,
  w: () => stepWord(1), W: () => stepWord(-1),
};
[...layout.options].map((option) => option.value).forEach((name, i) => (keys[i + 1] = () => setLayout(name)));
const ownKeys = "input, select, textarea, .vv-panel, .vv-skip";
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = menus.find((one) => one.open);
    close();
    if (menu) (active ? faceOf(active) : menu.firstElementChild).focus({ preventScroll: true });
    else if (keptWord) forgetWord();
    else if (shownFor || pinned) hideCard();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(ownKeys)) return;
  if (event.key === "Enter" && event.target.closest("summary, button, a")) return;
  if (event.key === " " && event.target.getAttribute("role") === "button") return (event.preventDefault(), toggleCard());
  if (root.dataset.keys === "off" && event.key.length === 1) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
