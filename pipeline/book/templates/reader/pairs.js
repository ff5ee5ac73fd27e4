// Pairs: the nth span of a paragraph's first side goes with the nth of its second.
const pairOf = (node) => {
  const span = node instanceof Element ? node.closest(".p > * > span") : null;
  if (!span) return null;
  const [left, right] = span.parentNode.parentNode.children;
  const place = [...span.parentNode.children].indexOf(span);
  return { source: left.children[place], target: right.children[place] };
};
// the side that is shown, and walked through: the translation alone is one's choice
const shownSide = () => (root.dataset.sides === "target" ? "target" : "source");
const faceOf = (pair) => (shownSide() === "target" && !pair.target.parentNode.hidden ? pair.target : pair.source);
// the side that the card shows, where the layout or the reader's choice hides it
const hiddenOf = (pair) => {
  const hides = root.dataset.layout === "source" || root.dataset.sides;
  const other = faceOf(pair) === pair.source ? pair.target : pair.source;
  return hides && !other.parentNode.hidden ? other : null;
};
const sources = ".p > :first-child > span";
let walk = null;
const allSources = () => (walk ??= [...main.querySelectorAll(sources)]);
