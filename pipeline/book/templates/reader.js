// The reader's behaviour: layouts, walking through sentences, translations on demand, search, and the place kept.
(() => {
  "use strict";
  const root = document.documentElement;
  const main = document.getElementById("vv-text");
  const card = document.getElementById("vv-card");
  const layout = document.getElementById("vv-layout");
  const contents = document.getElementById("vv-contents");
  const chunks = [...main.querySelectorAll(".k")];
  const bookKey = "visavis:" + root.dataset.book;
  const sources = ".p > :first-child > span";

  // what is remembered; storage may be refused, and the book reads on without it
  const recall = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key)) || {};
    } catch {
      return {};
    }
  };
  const remember = (key, facts) => {
    try {
      localStorage.setItem(key, JSON.stringify({ ...recall(key), ...facts }));
    } catch {
      // nothing is kept
    }
  };

  // pairs: the nth span of a paragraph's first side goes with the nth of its second
  const pairOf = (node) => {
    const span = node instanceof Element ? node.closest(".p > * > span") : null;
    if (!span) return null;
    const [left, right] = span.parentNode.parentNode.children;
    const place = [...span.parentNode.children].indexOf(span);
    return { source: left.children[place], target: right.children[place] };
  };
  let walk = null;
  const allSources = () => (walk ??= [...main.querySelectorAll(sources)]);

  // the height that a chunk will have, guessed from its text, so that the scroll bar tells the truth
  const guess = () => {
    const style = getComputedStyle(main);
    const size = parseFloat(style.fontSize);
    const line = parseFloat(style.lineHeight);
    const inner = main.clientWidth - 2 * parseFloat(style.paddingLeft) - 16;
    const kind = root.dataset.layout;
    const columns = kind === "side-by-side" && matchMedia("(min-width: 46rem)").matches;
    const letters = (columns ? (inner - 44) / 2 : inner) / (size * 0.47);
    for (const chunk of chunks) {
      const [pairs, characters, paragraphs] = chunk.dataset.n.split(" ").map(Number);
      const flowing = characters / letters + paragraphs * 0.5;
      const ragged = characters / letters + pairs * 0.6;
      const lines = columns ? ragged : kind === "source" ? flowing : kind === "sentences" ? 2 * ragged : 2 * flowing;
      chunk.style.containIntrinsicBlockSize = `auto ${Math.round(line * lines + paragraphs * size * 1.3)}px`;
    }
  };

  // where the reader is: the first sentence under the bar
  const bar = 60;
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
    const spans = paragraph ? [...paragraph.firstElementChild.children] : [];
    return spans.find((span) => span.getBoundingClientRect().bottom > bar) || spans[0] || null;
  };
  // a chunk gets its true height only once it is near, so go there until the place stands still
  const goTo = (span, block = "start") => {
    let tries = 4;
    const step = () => {
      span.scrollIntoView({ block });
      if (--tries) requestAnimationFrame(step);
    };
    step();
  };
  let kept = 0;
  const keepPlace = () => {
    const span = here();
    if (span) remember(bookKey, { at: scrollY > 80 ? span.id : "" });
  };

  // the card under a sentence: its translation where that is hidden, and why it is uncertain
  let shownFor = null;
  let pinned = false;
  const line = (text, name, like) => {
    const p = document.createElement("p");
    p.textContent = text;
    if (name) p.className = name;
    if (like) {
      p.lang = like.closest("[lang]").lang;
      p.dir = like.closest("[dir]").dir;
    } else p.lang = "en";
    return p;
  };
  const hideCard = () => {
    if (shownFor) shownFor.source.removeAttribute("aria-describedby");
    card.hidden = true;
    shownFor = null;
    pinned = false;
  };
  const showCard = (pair, pin) => {
    const why = pair.source.dataset.why;
    const lines = [];
    if (root.dataset.layout === "source") lines.push(line(pair.target.textContent, "", pair.target));
    if (why) lines.push(line(why, "why"));
    hideCard();
    if (!lines.length) return;
    card.replaceChildren(...lines);
    card.hidden = false;
    pair.source.setAttribute("aria-describedby", card.id);
    shownFor = pair;
    pinned = pin;
    const columns = getComputedStyle(pair.source.parentNode).display === "contents";
    const boxes = (columns && pair.target.getClientRects().length ? pair.target : pair.source).getClientRects();
    const last = boxes[boxes.length - 1];
    if (!last) return hideCard();
    const room = root.clientWidth - card.offsetWidth - 8;
    card.style.left = `${Math.max(8, Math.min(last.left, room))}px`;
    const under = last.bottom + 6 + card.offsetHeight < innerHeight || boxes[0].top < card.offsetHeight + bar;
    card.style.top = `${scrollY + (under ? last.bottom + 6 : boxes[0].top - card.offsetHeight - 6)}px`;
  };

  // the active sentence, its pair beside it
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
    active = pair;
    if (!pair) return;
    pair.source.classList.add("on");
    pair.target.classList.add("on");
    stopAt(pair.source);
  };
  const step = (by) => {
    const spans = allSources();
    const now = active ? spans.indexOf(active.source) : -1;
    const first = active ? null : here();
    const next = first || spans[Math.max(0, Math.min(spans.length - 1, now + by))];
    if (next) moveTo(next);
  };
  const moveTo = (span) => {
    const pair = pairOf(span);
    const open = root.dataset.layout === "source" && shownFor && pinned;
    hideCard();
    activate(pair);
    span.focus({ preventScroll: true });
    goTo(span, "nearest");
    if (open || span.dataset.why) showAfterScroll(pair, open);
  };

  // the card stands where the sentence is, which is known once the page has scrolled
  const showAfterScroll = (pair, pin) =>
    requestAnimationFrame(() => active === pair && !shownFor && showCard(pair, pin));

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
    if (!pair || String(getSelection())) return;
    const again = pinned && shownFor?.source === pair.source;
    activate(pair);
    pair.source.focus({ preventScroll: true });
    if (again) hideCard();
    else showCard(pair, true);
  });
  main.addEventListener("focusin", (event) => {
    const pair = pairOf(event.target);
    if (pair && pair.source !== active?.source) activate(pair);
  });

  // layouts and views
  const setLayout = (value) => {
    if (root.dataset.layout === value) return;
    const place = active && onScreen(active.source) ? active.source : here();
    hideCard();
    root.dataset.layout = layout.value = value;
    remember(bookKey, { layout: value });
    guess();
    if (place && scrollY > 80) goTo(place);
  };
  const onScreen = (span) => {
    const box = span.getBoundingClientRect();
    return box.bottom > bar && box.top < innerHeight;
  };
  layout.addEventListener("change", () => setLayout(layout.value));
  layout.value = root.dataset.layout;

  const sizeShown = document.getElementById("vv-size");
  const setView = (change) => {
    const place = here();
    change();
    guess();
    if (place && scrollY > 80) goTo(place);
  };
  const size = () => Math.round(100 * (parseFloat(root.style.getPropertyValue("--size")) || 1));
  const setSize = (percent) => {
    const fit = Math.max(70, Math.min(200, percent));
    setView(() => root.style.setProperty("--size", String(fit / 100)));
    sizeShown.textContent = `${fit} %`;
    remember("visavis", { size: fit });
  };
  sizeShown.textContent = `${size()} %`;
  document.getElementById("vv-smaller").addEventListener("click", () => setSize(size() - 10));
  document.getElementById("vv-larger").addEventListener("click", () => setSize(size() + 10));
  for (const radio of document.querySelectorAll("#vv-view input")) {
    const name = radio.name.slice(3);
    if (root.dataset[name] === radio.value) radio.checked = true;
    radio.addEventListener("change", () => {
      setView(() => (root.dataset[name] = radio.value));
      remember("visavis", { [name]: radio.value });
    });
  }

  // panels: one at a time, closed by Escape or a press elsewhere
  const menus = [...document.querySelectorAll(".vv-menu")];
  const close = (except) => menus.forEach((menu) => menu !== except && (menu.open = false));
  for (const menu of menus) menu.addEventListener("toggle", () => menu.open && (close(menu), opened(menu)));
  document.addEventListener("pointerdown", (event) => {
    const menu = event.target instanceof Element ? event.target.closest(".vv-menu") : null;
    menus.forEach((one) => one !== menu && one.id !== "vv-search" && (one.open = false));
    if (pinned && !event.target.closest("main, .vv-card, .vv-bar")) hideCard();
  });
  const opened = (menu) => {
    if (menu.id === "vv-search") query.focus();
    if (menu !== contents) return;
    const links = [...contents.querySelectorAll("a")];
    let current = null;
    for (const link of links) {
      link.removeAttribute("aria-current");
      const heading = document.getElementById(link.hash.slice(1));
      if (heading && heading.getBoundingClientRect().top < innerHeight / 2) current = link;
    }
    current?.setAttribute("aria-current", "location");
    (current || links[0])?.scrollIntoView({ block: "nearest" });
  };
  contents?.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const heading = link && document.getElementById(link.hash.slice(1));
    if (!heading) return;
    event.preventDefault();
    close();
    const pair = pairOf(heading);
    if (pair) activate(pair);
    else heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    goTo(heading);
  });

  // search: case, accents, ligatures, kinds of quotation marks and no-break spaces make no difference
  const query = document.getElementById("vv-query");
  const count = document.getElementById("vv-count");
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
    [...main.querySelectorAll(".p > * > span:not(.n)")].map((span) => ({ span, text: fold(span.textContent) }));
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
  const rangesIn = (entry, wanted) => {
    const ranges = [];
    const node = entry.span.firstChild;
    const map = origins(node.data);
    for (let i = entry.text.indexOf(wanted); i >= 0; i = entry.text.indexOf(wanted, i + wanted.length)) {
      const range = new StaticRange({
        startContainer: node, startOffset: map[i],
        endContainer: node, endOffset: Math.max(map[i] + 1, map[i + wanted.length] ?? node.length),
      });
      ranges.push({ span: entry.span, range });
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
    goTo(span.getClientRects().length ? span : pair.source, "center");
    if (root.dataset.layout === "source") showAfterScroll(pair, true);
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
  document.getElementById("vv-next").addEventListener("click", () => visit(1));
  document.getElementById("vv-previous").addEventListener("click", () => visit(-1));
  document.getElementById("vv-search").addEventListener("toggle", (event) => {
    if (event.target.open) return;
    query.value = count.textContent = "";
    clear();
  });

  // keys
  const nextDoubt = () => {
    const doubts = [...main.querySelectorAll("[data-why]")];
    const after = doubts.find((span) => active && active.source.compareDocumentPosition(span) & Node.DOCUMENT_POSITION_FOLLOWING);
    const span = after || doubts[0];
    if (span) moveTo(span);
  };
  const toggleCard = () => {
    if (!active) return;
    if (pinned && shownFor?.source === active.source) hideCard();
    else showCard(active, true);
  };
  const open = (id) => {
    const menu = document.getElementById(id);
    if (menu) menu.open = !menu.open;
  };
  const keys = {
    ArrowDown: () => step(1), ArrowRight: () => step(1), ArrowUp: () => step(-1), ArrowLeft: () => step(-1),
    j: () => step(1), k: () => step(-1),
    Enter: toggleCard, t: toggleCard, u: nextDoubt,
    "/": () => (open("vv-search"), query.focus()), c: () => open("vv-contents"),
  };
  ["side-by-side", "paragraphs", "sentences", "source"].forEach((name, i) => (keys[i + 1] = () => setLayout(name)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = menus.find((one) => one.open);
      close();
      if (menu) (active && menu.id === "vv-search" ? active.source : menu.firstElementChild).focus({ preventScroll: true });
      else if (shownFor) hideCard();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, .vv-bar, .vv-skip")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // start: sizes first, then the place of last time (an address with # goes before it)
  guess();
  addEventListener("resize", guess);
  const first = main.querySelector(sources);
  if (first) stopAt(first);
  const last = document.getElementById(recall(bookKey).at || "");
  if (last && !location.hash && main.contains(last)) goTo(last);
  addEventListener("scroll", () => {
    clearTimeout(kept);
    kept = setTimeout(keepPlace, 250);
  }, { passive: true });
  addEventListener("pagehide", keepPlace);
})();
