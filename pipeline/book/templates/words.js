// Words: the runs of letters and digits of a sentence, and which of them go together (book/counterparts.py). Letters of
// scripts without spaces are runs by themselves; those beside each other that have the same counterparts are one word.
const runPattern = /[UNSPACED][MARKS]*|(?![UNSPACED])[\p{L}\p{N}](?:(?![UNSPACED])[\p{L}\p{N}]|[MARKS])*/gu;
const signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
// for each word of the source those of the target, and the other way round
const linksOf = (form) => {
  const sides = { source: [], target: [] };
  let word = -1;
  let expected = 0;
  for (const [, more, sign] of form.matchAll(/(\+?)(~-?\d+(?=\.)|[-0-9A-Za-z])\.?/g)) {
    if (!more) word += 1;
    if (sign === "-") continue;
    const place = expected + (sign[0] === "~" ? Number(sign.slice(1)) : signs.indexOf(sign) - 20);
    (sides.source[word] ??= []).push(place);
    (sides.target[place] ??= []).push(word);
    expected = place + 1;
  }
  return sides;
};
// a sentence's text nodes, without the signs of notes, and the words in them
const wordsOf = (span) => {
  const nodes = [];
  let text = "";
  const walker = document.createTreeWalker(span, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentNode.closest(".call, .label, [role='doc-backlink']")) continue;
    nodes.push({ node, start: text.length });
    text += node.data;
  }
  const runs = [...text.matchAll(runPattern)].map((one) => ({ start: one.index, end: one.index + one[0].length, text: one[0] }));
  return { nodes, runs };
};
const isOneWord = (links, { runs }, word, next) =>
  runs[word]?.end === runs[next]?.start && String(links[word] ?? "") === String(links[next] ?? "");
// what runs say: those that touch are one word
const textsOf = (runs) => {
  const texts = [];
  let end = -1;
  for (const run of runs) {
    if (run.start === end) texts[texts.length - 1] += run.text;
    else texts.push(run.text);
    end = run.end;
  }
  return texts;
};
const rangeOf = ({ nodes }, run) => {
  const range = document.createRange();
  const first = nodes.findLast(({ start }) => start <= run.start);
  const last = nodes.findLast(({ start }) => start < run.end);
  range.setStart(first.node, run.start - first.start);
  range.setEnd(last.node, run.end - last.start);
  return range;
};
// the word of a sentence under a point of the window, or -1
const wordAt = (words, x, y) => {
  const caret = document.caretPositionFromPoint?.(x, y);
  const range = caret ? null : document.caretRangeFromPoint?.(x, y);
  const node = caret ? caret.offsetNode : range?.startContainer;
  const held = words.nodes.find((one) => one.node === node);
  if (!held) return -1;
  const at = held.start + (caret ? caret.offset : range.startOffset);
  return words.runs.findIndex((run) => {
    if (at < run.start || at > run.end) return false;
    const boxes = [...rangeOf(words, run).getClientRects()];
    return boxes.some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
  });
};
const lights = "highlights" in CSS ? { word: new Highlight(), twin: new Highlight() } : null;
if (lights) {
  CSS.highlights.set("vv-word", lights.word);
  CSS.highlights.set("vv-twin", lights.twin);
}
const unlight = () => {
  lights?.word.clear();
  lights?.twin.clear();
};
// a word, its counterparts, and the words beside it that share one: gives the counterparts' texts, none if it has none
const lightUp = (links, side, word, own, other) => {
  unlight();
  const twins = links[side][word] ?? [];
  if (!lights || !twins.length || !own.runs[word]) return [];
  const back = links[side === "source" ? "target" : "source"];
  for (const one of new Set([word, ...twins.flatMap((twin) => back[twin] ?? [])])) {
    if (own.runs[one]) lights.word.add(rangeOf(own, own.runs[one]));
  }
  const shown = twins.filter((twin) => other.runs[twin]);
  for (const twin of shown) lights.twin.add(rangeOf(other, other.runs[twin]));
  return textsOf(shown.map((twin) => other.runs[twin]));
};
