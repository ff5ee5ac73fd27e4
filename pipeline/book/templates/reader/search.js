// Search: case, accents, ligatures, kinds of quotation marks and no-break spaces make no difference
const query = byId("vv-query");
const count = byId("vv-count");
const same = { œ: "oe", æ: "ae", ß: "ss", "’": "'", "‘": "'", "«": '"', "»": '"', "“": '"', "”": '"', "\u202f": "", "\u00a0": " ", "\n": " " };
const fold = (text) =>
  text.toLowerCase().normalize("NFD").replace(/[\p{M}œæß’‘«»“”\u202f\u00a0\n]/gu, (c) => same[c] ?? "");
const foldQuery = (text) =>
  fold(text.trim().replace(/\s+/g, " ").replace(/ (?=[;:!?»%€])|(?<=«) |(?<=\d) (?=\d{3}(?!\d))/g, ""));
let index = null;
let hits = [];
let at = -1;
const marks = "highlights" in CSS ? { found: new Highlight(), current: new Highlight() } : null;
if (marks) {
  marks.current.priority = 1;
  CSS.highlights.set("vv-found", marks.found);
  CSS.highlights.set("vv-current", marks.current);
}
const build = () =>
  [...main.querySelectorAll(".p > :not([hidden]) > span:not(.n)")].map((span) => ({ span, text: fold(span.textContent) }));
// where each character of a folded text stood in the text itself
const origins = (text) => {
  const map = [];
  let place = 0;
  for (const character of text) {
    for (let i = fold(character).length; i > 0; i--) map.push(place);
    place += character.length;
  }
  map.push(place);
  return map;
};
// the node of a sentence that holds a character, and the character's place in it
const nodeAt = (span, offset, end) => {
  const nodes = document.createTreeWalker(span, NodeFilter.SHOW_TEXT);
  let node = nodes.nextNode();
  while (node && (end ? offset > node.length : offset >= node.length)) {
    const next = nodes.nextNode();
    if (!next) break;
    offset -= node.length;
    node = next;
  }
  return [node, Math.min(offset, node.length)];
};
const rangesIn = (entry, wanted) => {
  const ranges = [];
  const map = origins(entry.span.textContent);
  for (let i = entry.text.indexOf(wanted); i >= 0; i = entry.text.indexOf(wanted, i + wanted.length)) {
    const [startContainer, startOffset] = nodeAt(entry.span, map[i], false);
    const [endContainer, endOffset] = nodeAt(entry.span, Math.max(map[i] + 1, map[i + wanted.length] ?? 0), true);
    ranges.push({ span: entry.span, range: new StaticRange({ startContainer, startOffset, endContainer, endOffset }) });
  }
  return ranges;
};
const clear = () => {
  marks?.found.clear();
  marks?.current.clear();
  for (const hit of marks ? [] : hits) hit.span.classList.remove("hit");
  hits = [];
  at = -1;
};
const search = () => {
  clear();
  const wanted = foldQuery(query.value);
  if (!wanted) return void (count.textContent = "");
  index ??= build();
  hits = index.filter((entry) => entry.text.includes(wanted)).flatMap((entry) => rangesIn(entry, wanted));
  for (const hit of hits) {
    if (marks) marks.found.add(hit.range);
    else hit.span.classList.add("hit");
  }
  count.textContent = hits.length ? `${hits.length} found` : "not found";
};
const visit = (by) => {
  if (!hits.length) search();
  if (!hits.length) return;
  at = at < 0 ? startingHit(by) : (at + by + hits.length) % hits.length;
  const { span, range } = hits[at];
  marks?.current.clear();
  marks?.current.add(range);
  count.textContent = `${at + 1} of ${hits.length}`;
  const pair = pairOf(span);
  hideCard();
  activate(pair);
  clearUp(pair);
  span.getClientRects().length ? goTo(span, "center") : goToPair(pair, "center");
  if (hiddenOf(pair)) showAfterScroll(pair, true);
};
// the first match from where the reader is, not from the top of the book
const startingHit = (by) => {
  const place = here();
  const after = hits.findIndex((hit) => place && !(place.compareDocumentPosition(hit.span) & Node.DOCUMENT_POSITION_PRECEDING));
  return by > 0 ? Math.max(after, 0) : (after > 0 ? after : hits.length) - 1;
};
let typing = 0;
query.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(search, 120);
});
query.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  clearTimeout(typing);
  if (!hits.length) search();
  visit(event.shiftKey ? -1 : 1);
});
byId("vv-next").addEventListener("click", () => visit(1));
byId("vv-previous").addEventListener("click", () => visit(-1));
byId("vv-search").addEventListener("toggle", (event) => {
  if (event.target.open) return;
  query.value = count.textContent = "";
  clear();
});
