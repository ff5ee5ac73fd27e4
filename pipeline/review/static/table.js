// The pairs of a view: chunks that are filled when they come near the window, and emptied when they are far.
import { get } from "./api.js";
import { byId, make } from "./dom.js";

const NEAR = 1200; // pixels around the window in which chunks are filled
const LINE = 26; // pixels of a line of text
const AROUND = 22; // pixels of a pair around its text

export class Table {
  constructor(draw) {
    this.draw = draw; // (row, number, total) => element
    this.box = byId("pairs");
    this.rows = new Map(); // by id
    this.query = {};
    this.total = 0;
    this.chunk = 40;
    this.chunks = [];
    this.turn = 0;
    this.keep = null; // the chunk that must not be emptied
    this.seer = new IntersectionObserver((seen) => seen.forEach((one) => this.#seen(one)), {
      rootMargin: `${NEAR}px 0px`,
    });
  }

  async show(query, chunk) {
    const turn = ++this.turn;
    const found = await get("/api/view", query);
    if (turn !== this.turn) return null; // something else has been asked for meanwhile
    this.query = query;
    this.chunk = chunk;
    this.total = found.total;
    this.seer.disconnect();
    this.rows.clear();
    const wide = this.box.clientWidth > 640 ? 2 : 1;
    const perLine = Math.max(20, this.box.clientWidth / wide / 8.2);
    this.chunks = found.sizes.map((size, i) => {
      const count = Math.min(chunk, found.total - i * chunk);
      const lines = (size / perLine + count / 2) * (3 - wide);
      const element = make("div", { class: "chunk" });
      element.style.height = `${Math.round(lines * LINE + count * AROUND)}px`;
      return { i, element, filled: false, asking: null };
    });
    this.box.replaceChildren(...this.chunks.map((one) => one.element));
    this.box.setAttribute("aria-busy", "false");
    byId("nothing").hidden = found.total > 0;
    this.box.setAttribute("role", found.total ? "feed" : "group"); // a feed has articles
    for (const one of this.chunks) this.seer.observe(one.element);
    return found;
  }

  // Go to the pair at a place of the view; gives its element.
  async reach(rank) {
    const one = this.chunks[Math.floor(rank / this.chunk)];
    if (!one) return null;
    if (!one.filled) {
      one.element.scrollIntoView({ block: "start" });
      await this.#fill(one);
    }
    const element = one.element.children[rank % this.chunk] || null;
    element?.scrollIntoView({ block: "nearest" });
    return element;
  }

  rankOf(element) {
    const one = this.chunks.find((chunk) => chunk.element === element.parentNode);
    return one ? one.i * this.chunk + [...one.element.children].indexOf(element) : -1;
  }

  elementOf(id) {
    return document.getElementById(`p-${id}`);
  }

  // Pairs as they are now, where they are shown.
  put(rows) {
    for (const row of rows) {
      this.rows.set(row.id, row);
      const element = this.elementOf(row.id);
      if (element && !element.classList.contains("open")) {
        element.replaceWith(this.draw(row, Number(element.getAttribute("aria-posinset")), this.total));
      }
    }
  }

  #seen(one) {
    const chunk = this.chunks.find((each) => each.element === one.target);
    if (!chunk) return;
    if (one.isIntersecting) this.#fill(chunk);
    else if (chunk.filled && chunk !== this.keep && !one.target.contains(document.activeElement)) this.#empty(chunk);
  }

  #fill(chunk) {
    if (chunk.filled) return Promise.resolve();
    chunk.asking ||= this.#ask(chunk).finally(() => (chunk.asking = null));
    return chunk.asking;
  }

  async #ask(chunk) {
    const from = chunk.i * this.chunk;
    const { rows } = await get("/api/rows", { ...this.query, from, count: this.chunk });
    if (!this.chunks.includes(chunk)) return; // another view by now
    rows.forEach((row) => this.rows.set(row.id, row));
    chunk.element.replaceChildren(...rows.map((row, i) => this.draw(row, from + i + 1, this.total)));
    chunk.element.style.height = "";
    chunk.filled = true;
  }

  #empty(chunk) {
    chunk.element.style.height = `${chunk.element.offsetHeight}px`;
    chunk.element.replaceChildren();
    chunk.filled = false;
  }
}
