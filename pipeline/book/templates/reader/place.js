// Where the reader is: heights guessed for what is not laid out yet, the first sentence in view, the way through the book.
const chunks = [...main.querySelectorAll(".k")];
const counts = chunks.map((chunk) => chunk.dataset.n.split(" ").map(Number));

// the height that a chunk will have, guessed from its text, so that the scroll bar tells the truth
const guess = () => {
  const style = getComputedStyle(main);
  const size = parseFloat(style.fontSize);
  const line = parseFloat(style.lineHeight);
  const inner = main.clientWidth - 2 * parseFloat(style.paddingLeft) - 16;
  const kind = root.dataset.layout;
  const single = Boolean(root.dataset.sides);
  const columns = !single && kind === "side-by-side" && matchMedia("(min-width: 46rem)").matches;
  const letters = (columns ? (inner - 44) / 2 : inner) / (size * 0.47);
  chunks.forEach((chunk, i) => {
    const [pairs, characters, paragraphs] = counts[i];
    const flowing = characters / letters + paragraphs * 0.5;
    const ragged = characters / letters + pairs * 0.6;
    let lines = columns ? ragged : kind === "sentences" ? 2 * ragged : 2 * flowing;
    if (kind === "source" || (single && !columns)) lines = kind === "sentences" ? ragged : flowing;
    chunk.style.containIntrinsicBlockSize = `auto ${Math.round(line * lines + paragraphs * size * 1.3)}px`;
  });
};

// the first sentence under the bar
const bar = 60;
const foot = 40;
const firstBelow = (list, top) => {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].getBoundingClientRect().bottom > top) high = middle;
    else low = middle + 1;
  }
  return list[low];
};
const here = () => {
  const chunk = firstBelow(chunks, bar);
  if (!chunk) return null;
  const paragraph = firstBelow([...chunk.querySelectorAll(".p")], bar);
  if (!paragraph) return null;
  const spans = [...paragraph.children[shownSide() === "target" && !paragraph.children[1].hidden ? 1 : 0].children];
  const span = spans.find((one) => one.getBoundingClientRect().bottom > bar) || spans[0];
  return span ? pairOf(span).source : null;
};
const onScreen = (span) => {
  const box = span.getBoundingClientRect();
  return box.height > 0 && box.bottom > bar && box.top < innerHeight - foot;
};
// a chunk gets its true height only once it is near, so go there until the place stands still
let going = 0;
const goTo = (node, block = "start") => {
  const mine = ++going;
  let tries = 4;
  let top = NaN;
  const step = () => {
    if (mine !== going || node.getBoundingClientRect().top === top) return;
    node.scrollIntoView({ block });
    top = node.getBoundingClientRect().top;
    if (--tries) requestAnimationFrame(step);
  };
  step();
};
for (const kind of ["wheel", "touchmove"]) addEventListener(kind, () => ++going, { passive: true });
const goToPair = (pair, block) => goTo(faceOf(pair).getClientRects().length ? faceOf(pair) : pair.source, block);
let kept = 0;
const keepPlace = () => {
  const span = here();
  if (span) remember(bookKey, { at: scrollY > 80 ? span.id : "" });
};

// the way through the book, by its sentences, and the chapter
const headings = [...(contents?.querySelectorAll("a") ?? [])].map((link) => byId(link.hash.slice(1))).filter(Boolean);
const chapterAt = (top) => {
  let low = 0;
  let high = headings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const heading = headings[middle];
    const box = (heading.getClientRects().length ? heading : pairOf(heading)?.target ?? heading).getBoundingClientRect();
    if (box.top <= top) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};
const before = [];
counts.reduce((sum, [pairs], i) => ((before[i] = sum), sum + pairs), 0);
const total = counts.reduce((sum, [pairs]) => sum + pairs, 0);
const share = () => {
  const chunk = firstBelow(chunks, bar);
  if (!chunk || !total) return 0;
  if (scrollY + innerHeight >= root.scrollHeight - 4) return 1;
  const i = chunks.indexOf(chunk);
  const box = chunk.getBoundingClientRect();
  const inside = Math.max(0, Math.min(1, (bar - box.top) / Math.max(1, box.height)));
  return (before[i] + inside * counts[i][0]) / total;
};
const tellPlace = () => {
  const part = share();
  byId("vv-progress").style.transform = `scaleX(${part.toFixed(4)})`;
  byId("vv-percent").textContent = `${Math.round(100 * part)} %`;
  const link = contents?.querySelectorAll("a")[chapterAt(innerHeight / 2)];
  byId("vv-chapter").textContent = link ? link.firstElementChild.textContent : "";
};
const goToHeading = (heading) => {
  const pair = pairOf(heading);
  if (pair) activate(pair);
  else heading.tabIndex = -1;
  (pair ? faceOf(pair) : heading).focus({ preventScroll: true });
  pair ? goToPair(pair) : goTo(heading);
};
const goToChapter = (by) => {
  const now = chapterAt(bar + 40);
  const top = now >= 0 ? headings[now].getBoundingClientRect().top : 0;
  // back leads to the beginning of this chapter first
  const next = by < 0 && now >= 0 && top < 0 ? now : now + by;
  if (headings[next]) goToHeading(headings[next]);
  else if (by < 0) scrollTo(0, 0);
};
byId("vv-back")?.addEventListener("click", () => goToChapter(-1));
byId("vv-on")?.addEventListener("click", () => goToChapter(1));
