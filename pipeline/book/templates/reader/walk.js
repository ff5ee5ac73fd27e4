// The active sentence, its pair beside it; stepping from one to the next.
let active = null;
let tabStop = null;
const stopAt = (span) => {
  if (span === tabStop) return; // losing its tabindex, it would lose the focus
  tabStop?.removeAttribute("tabindex");
  span.tabIndex = 0;
  tabStop = span;
};
const activate = (pair) => {
  for (const span of active ? [active.source, active.target] : []) span.classList.remove("on");
  if (pair?.source !== active?.source) forgetWord();
  active = pair;
  tellStar();
  if (!pair) return;
  pair.source.classList.add("on");
  pair.target.classList.add("on");
  stopAt(faceOf(pair));
};
// from the active sentence while it is in view, else from where the reader is now
const step = (by) => {
  const spans = allSources();
  const place = active && onScreen(faceOf(active)) ? null : here();
  const now = active ? spans.indexOf(active.source) : -1;
  const next = place || spans[Math.max(0, Math.min(spans.length - 1, now + by))];
  if (next) moveTo(next);
};
const moveTo = (span) => {
  const pair = pairOf(span);
  const open = hiddenOf(pair) && shownFor && pinned;
  hideCard();
  activate(pair);
  faceOf(pair).focus({ preventScroll: true });
  goToPair(pair, "nearest");
  if (open || pair.source.dataset.why) showAfterScroll(pair, open);
};
// the card stands where the sentence is, which is known once the page has scrolled
const showAfterScroll = (pair, pin) =>
  requestAnimationFrame(() => active?.source === pair.source && !shownFor && showCard(pair, pin));
// a blurred side is clear for this pair once one asks for it
const clearUp = (pair) => [pair.source, pair.target].forEach((span) => span.classList.add("clear"));

let lit = null;
const light = (pair) => {
  for (const span of lit ? [lit.source, lit.target] : []) span.classList.remove("lit");
  lit = pair;
  pair?.source.classList.add("lit");
  pair?.target.classList.add("lit");
};
main.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const pair = pairOf(event.target);
  if (pair?.source === lit?.source) return;
  light(pair);
  if (pinned) return;
  if (pair) showCard(pair, false);
  else hideCard();
});
main.addEventListener("pointerleave", () => {
  light(null);
  if (!pinned) hideCard();
});
main.addEventListener("click", (event) => {
  const pair = pairOf(event.target);
  if (!pair || event.target.closest("a") || String(getSelection())) return;
  const again = pinned && shownFor?.source === pair.source;
  activate(pair);
  clearUp(pair);
  faceOf(pair).focus({ preventScroll: true });
  if (again) hideCard();
  else showCard(pair, true);
});
main.addEventListener("focusin", (event) => {
  const pair = event.target.closest("a") ? null : pairOf(event.target);
  if (pair && pair.source !== active?.source) activate(pair);
});
