// The review: its bar, its filters, its keys, and the pair that is open.
import { author, get, listen, post, rename } from "./api.js";
import { button, byId, make, tell } from "./dom.js";
import { watch } from "./links.js";
import { Open, drawn } from "./pair.js";
import { Strip } from "./strip.js";
import { Table } from "./table.js";

const SHOWN = {
  all: "all pairs", doubtful: "worth a look", unreviewed: "not reviewed", reviewed: "reviewed", edited: "edited",
  approved: "approved", rejected: "rejected", commented: "with comments", unpaired: "without counterpart",
};
const KEYS = [
  ["↑ ↓, k j", "previous, next pair"], ["Enter", "open the pair, write its translation"], ["Ctrl+Enter", "approve, and on to the next"],
  ["Esc", "leave the text, then close the pair"], ["n, N", "next, previous pair that is worth a look"], ["a, x", "approve, reject"], ["c", "comment"], ["v", "alternatives"],
  ["e", "edit the original"], ["p", "pairing: merge, split, move"], ["m", "merge with the next pair"], ["s, in a text Alt+S", "split at the cursor"],
  ["u, r", "undo, do again"], ["/", "search"], ["?", "these keys"],
];
const filters = byId("filters");
let state = null;
let open = null;
let serial = 0;

const query = () => {
  const form = new FormData(filters);
  form.delete("chapter");
  return Object.fromEntries([...form].filter(([, value]) => value));
};

const desk = {
  get languages() {
    return state.languages;
  },
  get translated() {
    return state.translated;
  },
  get memory() {
    return state.memory;
  },
  query,
  done: (done, by) => heard(done, by),
  reload: () => show(open?.row.id),
};

const table = new Table((row, number, total) => drawn(row, number, total, state.languages));
const strip = new Strip((part) => reach(Math.floor(part * table.total)));

const counted = (counts) => {
  if (!counts) return;
  const { all, reviewed, doubtful } = counts;
  byId("count").replaceChildren(
    make("b", {}, reviewed.toLocaleString()), ` of ${all.toLocaleString()} `, make("span", { class: "more" }, "reviewed"), " · ",
    make("i", {}, doubtful.toLocaleString()), make("span", { class: "more" }, " worth a look"),
  );
  state.counts = counts;
};

const stepped = (steps) => {
  if (!steps) return;
  [byId("undo").disabled, byId("redo").disabled] = steps.map((count) => count === 0);
};

const heard = (done, by = null) => {
  if (done.serial) serial = Math.max(serial, done.serial);
  counted(done.counts);
  stepped(done.steps);
  if (done.reshaped) return show(done.focus, Boolean(by));
  table.put(done.rows);
  if (!by && open) {
    const row = done.rows.find((one) => one.id === open.row.id);
    if (row && row.token !== open.row.token && !open.busy) open.refresh(row);
  }
  restrip();
  return null;
};

// What happened elsewhere; what this page has done itself is told by its own answer.
const hear = (event) => {
  if (open?.pending) setTimeout(() => hear(event), 100);
  else if (event.serial > serial) heard(event);
};

let stripTimer = 0;
const restrip = () => {
  clearTimeout(stripTimer);
  stripTimer = setTimeout(async () => {
    if (table.total < 20_000) strip.show((await get("/api/view", query())).strip);
  }, 1500);
};

// Show the pairs that the filters ask for, at a pair if it is among them.
const show = async (id = "", opened = false) => {
  const before = open?.row.id;
  await close();
  try {
    const found = await table.show(query(), state.chunk);
    if (!found) return;
    strip.show(found.strip);
    serial = found.serial;
    if (id) {
      const { rank } = await get("/api/find", { ...query(), id });
      if (rank !== null) await reach(rank, opened || before === id);
    }
  } catch (error) {
    tell(error.message);
  }
};

const reach = async (rank, opened = false) => {
  if (rank < 0 || rank >= table.total) return null;
  await close();
  const element = await table.reach(rank);
  if (!element) return null;
  if (opened) enter(element);
  else element.focus();
  return element;
};

const enter = (element) => {
  if (open?.element === element) return open.area.focus();
  close();
  const row = table.rows.get(element.dataset.id);
  if (!row) return null;
  delete element.dataset.token;
  table.keep = table.chunks.find((one) => one.element === element.parentNode) || null;
  open = new Open(row, element, desk);
  element.scrollIntoView({ block: "nearest" });
  open.area.focus({ preventScroll: true });
  open.area.setSelectionRange(open.area.value.length, open.area.value.length);
  return null;
};

const close = async () => {
  if (!open) return;
  const { element, row } = open;
  const left = open;
  open = null;
  await left.flush();
  const number = Number(element.getAttribute("aria-posinset"));
  table.rows.set(left.row.id, left.row);
  table.keep = null;
  if (element.isConnected) {
    const had = element.contains(document.activeElement);
    const shown = drawn(left.row, number, table.total, state.languages);
    element.replaceWith(shown);
    if (had) shown.focus({ preventScroll: true });
  }
  return row;
};

const current = () => open?.element || document.activeElement?.closest?.(".pair") || null;

const step = (by, opened) => {
  const here = current();
  const rank = here ? table.rankOf(here) + by : 0;
  return reach(Math.min(table.total - 1, Math.max(0, rank)), opened);
};

const doubtful = async (back = false) => {
  const id = open?.row.id || current()?.dataset.id || "";
  await open?.flush();
  const found = await get("/api/find", { ...query(), id, what: "doubtful", back: back ? "1" : "0" });
  if (found.rank === null) tell("Nothing here is doubtful any more.");
  else await reach(found.rank, true);
};

const turn = async (again) => {
  await open?.flush();
  try {
    const done = await post("/api/undo", { again });
    const id = done.focus;
    heard(done);
    if (!done.reshaped && id) {
      const { rank } = await get("/api/find", { ...query(), id });
      if (rank !== null && open?.row.id !== id) await reach(rank, false);
    }
  } catch (error) {
    tell(error.message === "" ? "Somebody has gone on from there: it cannot be undone." : error.message);
  }
};

// Something that a key does to the pair that is open, or has the focus.
const withPair = async (act) => {
  const here = current();
  if (!here) return;
  if (!open) enter(here);
  await act(open);
};

const approveAndOn = async () => {
  const done = open && (await open.act("approve", { on: true }));
  if (done && !done.reshaped) await step(1, true);
};

const PLAIN = {
  j: () => step(1, false), k: () => step(-1, false), ArrowDown: () => step(1, false), ArrowUp: () => step(-1, false),
  n: () => doubtful(), N: () => doubtful(true), u: () => turn(false), r: () => turn(true), "/": () => filters.elements.text.focus(), "?": () => keys(),
  a: () => withPair((pair) => pair.act("approve")), x: () => withPair((pair) => pair.act("reject")), c: () => withPair((pair) => pair.remark()),
  v: () => withPair((pair) => pair.alternatives()), e: () => withPair((pair) => pair.editSource()), p: () => withPair((pair) => pair.togglePairing()),
  m: () => withPair((pair) => pair.act("merge", { with: "next" })), s: () => withPair((pair) => pair.split()),
};

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const field = event.target.matches?.("textarea, input, select");
  const inPair = event.target.closest?.(".pair");
  const take = (act) => (event.preventDefault(), act());
  if (event.key === "Escape") {
    if (field && inPair) return take(() => open?.element.focus());
    if (open) return take(() => close());
    return field ? take(() => event.target.blur()) : undefined;
  }
  if (event.ctrlKey || event.metaKey) return event.key === "Enter" && open ? take(approveAndOn) : undefined;
  if (event.altKey && open) {
    const acts = { s: () => open.split(), ArrowDown: () => step(1, true), ArrowUp: () => step(-1, true), n: () => doubtful() };
    return acts[event.key] ? take(acts[event.key]) : undefined;
  }
  if (field || event.altKey || event.target.matches?.("button, a, summary")) return undefined;
  if (event.key === "Enter" && inPair) return take(() => enter(inPair));
  const act = inPair || event.target === document.body || event.target.id === "pairs" ? PLAIN[event.key] : undefined;
  return act ? take(act) : undefined;
});

byId("pairs").addEventListener("click", (event) => {
  const pair = event.target.closest(".pair:not(.open)");
  if (pair && getSelection().isCollapsed) enter(pair);
});

const keys = () => {
  byId("help-keys").replaceChildren(
    ...KEYS.flatMap(([key, what]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)]),
  );
  byId("author").value = author();
  byId("help").showModal();
};

const finish = async () => {
  await open?.flush();
  const { all, reviewed, edited, rejected } = state.counts;
  const counts = `${reviewed.toLocaleString()} of ${all.toLocaleString()} pairs are reviewed: ${edited.toLocaleString()} edited, ${rejected.toLocaleString()} rejected.`;
  const learns = state.memory ? " What you wrote or approved goes to the memory, unless it is only for its place." : "";
  byId("end-text").replaceChildren(make("p", {}, counts), make("p", {}, `The results are written anew with it.${learns}`));
  byId("exports").replaceChildren(
    ...state.exports.map((kind) => make("a", { href: `/export?format=${kind}`, download: `reviewed.${kind}` }, kind)),
  );
  byId("end-do").disabled = false;
  byId("end").showModal();
};

const write = async () => {
  byId("end-do").disabled = true;
  byId("end-text").replaceChildren(make("p", { role: "status" }, "Writing …"));
  try {
    const done = await post("/api/finish", {});
    const { remembered: learnt } = done;
    const told = [
      `Written, with ${done.reviewed.toLocaleString()} reviewed pairs${done.rejected ? `, without ${done.rejected.toLocaleString()} rejected` : ""}.`,
      learnt.new ? `${learnt.new.toLocaleString()} corrections are new to the memory.` : "",
      learnt.gone ? `${learnt.gone.toLocaleString()} were taken back.` : "",
    ];
    byId("end-text").replaceChildren(
      make("p", { role: "status" }, told.filter(Boolean).join(" ")),
      make("ul", {}, ...done.files.map((file) => make("li", {}, make("code", {}, file)))),
      state.reader ? make("p", {}, make("a", { href: "/reader?review" }, "Read it")) : "",
    );
  } catch (error) {
    byId("end-text").replaceChildren(make("p", { role: "alert" }, error.message));
    byId("end-do").disabled = false;
  }
};

// the pair that the address names
const asked = () => (location.hash === "#pairs" ? "" : decodeURIComponent(location.hash.slice(1)));

const option = (value, text) => make("option", { value }, text);

const begin = async () => {
  try {
    state = await get("/api/state", { author: author() });
  } catch (error) {
    byId("count").textContent = "";
    return tell(error.message, "Try again", begin);
  }
  const { flag, document: documents, chapter } = filters.elements;
  filters.elements.state.replaceChildren(...Object.entries(SHOWN).map(([value, text]) => option(value, text)));
  flag.append(...state.flags.map(([name, count]) => option(name, `${name} (${count})`)));
  documents.append(...state.documents.map((id) => option(id, id.replace(/^d-/, ""))));
  byId("documents").hidden = state.documents.length < 2;
  chapter.append(...state.chapters.map(([, id, title]) => option(id, title)));
  byId("chapters").hidden = state.chapters.length < 2;
  counted(state.counts);
  stepped(state.steps);
  if (state.lost) tell(`${state.lost} decisions have no place any more: their sentences are no longer in the text. They are kept.`);
  if (state.reader) byId("keys").before(make("a", { class: "read", href: "/reader?review" }, "Read"));
  await show(asked(), true);
  if (state.links) watch(table.box, (id) => table.rows.get(id));
  listen(hear, (gone) => (gone ? tell("The review has ended. What was saved is saved; start visavis review again to go on.") : location.reload()));
};

let searching = 0;
filters.addEventListener("submit", (event) => event.preventDefault());
filters.elements.text.addEventListener("input", () => {
  clearTimeout(searching);
  searching = setTimeout(() => show(), 250);
});
filters.addEventListener("change", async (event) => {
  if (event.target.name === "text") return;
  if (event.target.name !== "chapter") return void show(open?.row.id);
  const { rank } = await get("/api/find", { ...query(), id: event.target.value });
  if (rank === null) tell("The filters leave this chapter out.");
  else await reach(rank);
});
byId("show-all").addEventListener("click", () => {
  filters.reset();
  show();
});
byId("undo").addEventListener("click", () => turn(false));
byId("redo").addEventListener("click", () => turn(true));
byId("next").addEventListener("click", () => doubtful());
byId("finish").addEventListener("click", finish);
byId("end-do").addEventListener("click", write);
byId("keys").addEventListener("click", keys);
byId("author").addEventListener("change", (event) => rename(event.target.value));
for (const dialog of document.querySelectorAll("dialog")) {
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
}
addEventListener("hashchange", () => asked() && show(asked(), true));
addEventListener("pagehide", () => open?.flush());
addEventListener("visibilitychange", () => document.hidden && open?.flush());
begin();
