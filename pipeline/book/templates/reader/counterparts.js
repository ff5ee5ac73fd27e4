// Counterparts: a word pointed at, tapped, or stepped onto with w lights up those that say the same on the other side.
const forms = byId("vv-words");
const said = byId("vv-said");
let lines = null;
let stepped = -1; // the word that w has reached in the active sentence
let keptWord = false; // tapped or stepped onto: it stays when the pointer goes
const formOf = (pair) => {
  lines ??= forms.textContent.split("\n");
  return lines[allSources().indexOf(pair.source)] ?? "";
};
const isLit = () => Boolean(forms) && root.dataset.words !== "off";
// where the other side is read: beside, or in the card
const shownOther = (pair, side) => {
  const other = side === "source" ? pair.target : pair.source;
  if (hiddenOf(pair) !== other) return wordsOf(other);
  return wordsOf(shownFor?.source === pair.source ? card.firstElementChild : other);
};
const forgetWord = () => {
  unlight();
  stepped = -1;
  keptWord = false;
  if (said) said.textContent = "";
};
const lightWordAt = (event) => {
  const pair = pairOf(event.target);
  const span = pair && (pair.source.contains(event.target) ? pair.source : pair.target);
  const form = pair ? formOf(pair) : "";
  if (!form) return unlight();
  const side = span === pair.source ? "source" : "target";
  const own = wordsOf(span);
  const word = wordAt(own, event.clientX, event.clientY);
  if (word < 0) return unlight();
  lightUp(linksOf(form), side, word, own, shownOther(pair, side));
};
let pointed = 0;
main.addEventListener("pointermove", (event) => {
  if (event.pointerType === "touch" || event.buttons || keptWord || !isLit()) return;
  cancelAnimationFrame(pointed);
  pointed = requestAnimationFrame(() => lightWordAt(event));
});
main.addEventListener("pointerleave", () => {
  cancelAnimationFrame(pointed);
  if (!keptWord) unlight();
});
main.addEventListener("click", (event) => {
  if (!isLit() || event.target.closest("a") || String(getSelection())) return;
  forgetWord();
  lightWordAt(event);
  keptWord = event.pointerType === "touch" && lights?.twin.size > 0;
});
// whether a run is of the word that one has come from
const isSame = (links, own, word, by) => isOneWord(links, own, Math.min(word, word - by), Math.max(word, word - by));
const wholeWord = (links, own, word) => {
  let [first, last] = [word, word];
  while (isOneWord(links, own, first - 1, first)) first -= 1;
  while (isOneWord(links, own, last, last + 1)) last += 1;
  return textsOf(own.runs.slice(first, last + 1)).join("");
};
// the next or previous word that has a counterpart, in this sentence or those after it
const nextWord = (by) => {
  for (let tries = 0; tries < 20 && active; tries++) {
    const side = faceOf(active) === active.source ? "source" : "target";
    const links = linksOf(formOf(active));
    const own = wordsOf(faceOf(active));
    let word = stepped < 0 && by < 0 ? own.runs.length : stepped;
    do word += by;
    while (own.runs[word] && (!links[side][word]?.length || isSame(links[side], own, word, by)));
    if (own.runs[word]) return { side, links, own, word };
    const left = active.source;
    step(by);
    if (active.source === left) return null;
  }
  return null;
};
const inLanguageOf = (node, text) => {
  const span = document.createElement("span");
  span.lang = node.closest("[lang]").lang;
  span.textContent = text;
  return span;
};
// w lights it up, and tells it to those who do not see it
const stepWord = (by) => {
  if (!isLit()) return;
  if (!active) step(1);
  const next = nextWord(by);
  if (!next) return;
  const { side, links, own, word } = next;
  if (hiddenOf(active) && shownFor?.source !== active.source) showCard(active, true);
  const texts = lightUp(links, side, word, own, shownOther(active, side));
  [stepped, keptWord] = [word, true];
  const other = side === "source" ? active.target : active.source;
  said.replaceChildren(inLanguageOf(faceOf(active), wholeWord(links[side], own, word) + ": "), inLanguageOf(other, texts.join(", ")));
};
