// One pair: as it stands in the table, and open, to be worked on.
import { Conflict, get, post } from "./api.js";
import { button, make, tell } from "./dom.js";

const STATES = { edited: "edited", approved: "approved", rejected: "rejected", paired: "paired" };
const MARKS = { edited: "✎", approved: "✓", rejected: "✗", paired: "⇄" };
const MOST = 6; // alternatives that are shown
const PAUSE = 350; // milliseconds without a key until a text is saved

const label = (row, number, total) =>
  [`Pair ${number} of ${total}`, STATES[row.state] || "", row.state ? "" : row.why].filter(Boolean).join(", ");

const side = (row, name, languages) => {
  const text = row[name];
  const p = make("p", { class: `side ${name}${text ? "" : " none"}`, lang: languages[name === "target" ? 1 : 0], dir: "auto" }, text);
  if (!text) p.dataset.none = name === "source" ? "no original" : "no translation";
  return p;
};

export const drawn = (row, number, total, languages) => {
  const doubtful = row.why && !row.state;
  const article = make(
    "article",
    {
      class: `pair ${row.kind} ${row.state} ${doubtful ? "doubtful" : ""}`,
      id: `p-${row.id}`,
      tabindex: "0",
      "aria-posinset": number,
      "aria-setsize": total,
      "aria-label": label(row, number, total),
    },
    make("div", { class: "no" }, String(number), make("span", { class: "mark", "aria-hidden": "true" }, MARKS[row.state] || "")),
    side(row, "source", languages),
    side(row, "target", languages),
    doubtful ? make("p", { class: "why" }, row.why) : null,
    row.comment ? make("p", { class: "note" }, `${row.author ? `${row.author}: ` : ""}${row.comment}`) : null,
  );
  article.dataset.id = row.id;
  return article;
};

// A text area as high as its text, where the browser does not see to it.
const grow = (area) => {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
};

export class Open {
  constructor(row, element, desk) {
    this.row = row;
    this.desk = desk; // { languages, translated, memory, done(result), leave() }
    this.change = { source: 0, target: 0 };
    this.saving = Promise.resolve();
    this.pending = 0; // answers that are waited for
    this.timers = {};
    this.unsaved = {};
    this.element = element;
    this.#draw();
  }

  get area() {
    return this.areas.target;
  }

  #draw() {
    const { row, desk, element } = this;
    const number = element.getAttribute("aria-posinset");
    this.areas = {};
    for (const name of ["source", "target"]) {
      this.areas[name] = make("textarea", {
        lang: desk.languages[name === "target" ? 1 : 0],
        dir: "auto",
        rows: "1",
        spellcheck: "true",
        "aria-label": name === "target" ? "Translation" : "Original",
        oninput: () => this.#typed(name),
        onblur: () => this.flush(),
      });
      this.areas[name].value = row[name];
      this.areas[name].addEventListener("focus", () => (this.last = name));
    }
    this.areas.source.readOnly = !row.edited[0];
    this.status = make("span", { class: "state", role: "status" });
    this.tools = make("div", { class: "tools", role: "toolbar", "aria-label": "Pair" });
    this.pairing = make("div", { class: "pairing", hidden: true });
    this.about = make("div", { class: "about" });
    element.className = `pair open ${row.kind} ${row.state} ${row.why && !row.state ? "doubtful" : ""}`;
    element.setAttribute("aria-current", "true");
    element.replaceChildren(
      make("div", { class: "no" }, number, make("span", { class: "mark", "aria-hidden": "true" }, MARKS[row.state] || "")),
      make("div", { class: "side source" }, this.areas.source),
      make("div", { class: "side target" }, this.areas.target),
      ...(row.why && !row.state ? [make("p", { class: "why" }, row.why)] : []),
      this.tools,
      this.pairing,
      this.about,
    );
    grow(this.areas.source);
    grow(this.areas.target);
    this.#toolbar();
    this.#learn();
  }

  #toolbar() {
    const { row } = this;
    const pressed = (on) => ({ "aria-pressed": String(on) });
    const wasEdited = row.edited[0] || row.edited[1];
    const tools = [
      button("✓ Approve", () => this.act("approve"), { ...pressed(row.state === "approved"), title: "Approve (a, or Ctrl+Enter and on)" }),
      button("✗ Reject", () => this.act("reject"), { ...pressed(row.state === "rejected"), title: "Reject (x)" }),
      button("Alternatives", () => this.alternatives(), { title: "Other translations (v)" }),
      button("Comment", () => this.remark(), { ...pressed(Boolean(row.comment)), title: "Comment (c)" }),
      button("Edit original", () => this.editSource(), { ...pressed(!this.areas.source.readOnly), title: "Edit the original (e)" }),
      button("Pairing", () => this.togglePairing(), { "aria-expanded": String(!this.pairing.hidden), title: "Merge, split, move (p)" }),
      wasEdited ? button("As it was", () => this.act("revert"), { title: "Take the edits of this pair back" }) : null,
      this.desk.memory && (wasEdited || row.state === "approved")
        ? button("Only here", () => this.act("scope", { everywhere: !row.everywhere }), {
            ...pressed(!row.everywhere),
            title: "Good for this place only, not for this sentence everywhere",
          })
        : null,
      this.status,
    ];
    this.tools.replaceChildren(...tools.filter(Boolean));
    this.#told();
  }

  #told(text = "") {
    const { row } = this;
    const what = { edited: "edited", approved: "approved", rejected: "rejected", paired: "paired" }[row.state];
    const when = row.made ? new Date(row.made * 1000).toLocaleString([], { dateStyle: "medium", timeStyle: "short" }) : "";
    this.status.className = `state ${row.state === "rejected" ? "bad" : row.state ? "good" : ""}`;
    this.status.textContent = text || [what, what && row.author ? `by ${row.author}` : "", what ? when : ""].filter(Boolean).join(" ");
  }

  #pairingTools() {
    const op = (text, what, facts, title) => button(text, () => this.act(what, facts), { title });
    const rows = [
      ["Merge", [op("with previous", "merge", { with: "previous" }, "Merge with the previous pair"), op("with next", "merge", { with: "next" }, "Merge with the next pair (m)")]],
      ["Split", [button("at the cursor", () => this.split(), { title: "Split where the cursor is, in either text (s)" })]],
      ["Translation", [op("first sentence up", "move", { side: "target", to: "previous" }, "The first sentence goes to the previous pair"), op("last sentence down", "move", { side: "target", to: "next" }, "The last sentence goes to the next pair")]],
      ["Original", [op("first sentence up", "move", { side: "source", to: "previous" }, "The first sentence goes to the previous pair"), op("last sentence down", "move", { side: "source", to: "next" }, "The last sentence goes to the next pair")]],
      ["Counterpart", [op("unpair", "unpair", {}, "The two do not belong together"), op("pair with neighbour", "pair", {}, "Pair with the sentence without counterpart beside it")]],
    ];
    if (this.desk.translated) rows.splice(3, 1);
    if (this.desk.translated) rows[3][1].pop();
    if (!this.desk.translated) rows.push(["Aligner", [op("align anew", "realign", {}, "Align anew between the nearest pairs that people have fixed")]]);
    return rows.map(([name, buttons]) => make("div", { role: "group", "aria-label": name }, make("span", {}, name), ...buttons));
  }

  togglePairing() {
    this.pairing.hidden = !this.pairing.hidden;
    this.pairing.replaceChildren(...(this.pairing.hidden ? [] : this.#pairingTools()));
    this.#toolbar();
    this.pairing.querySelector("button")?.focus();
  }

  async #learn() {
    const { terms, alike } = await get("/api/about", { id: this.row.id }).catch(() => ({ terms: [], alike: [] }));
    const items = [];
    if (this.row.said && this.row.edited[1] && this.row.said !== this.row.target) {
      items.push(make("li", {}, make("span", {}, "was"), make("span", { class: "text", lang: this.desk.languages[1], dir: "auto" }, this.row.said)));
    }
    for (const [source, target, kept] of terms) {
      items.push(
        make("li", {}, make("span", {}, "term"), make("span", { class: kept ? "" : "missing" }, make("b", {}, source), ` → ${target}${kept ? "" : " (missing)"}`)),
      );
    }
    for (const [source, target, human, ratio] of alike) {
      items.push(
        make(
          "li",
          {},
          make("span", {}, `${Math.round(ratio * 100)} %${human ? " ✎" : ""}`),
          make("span", { class: "text", lang: this.desk.languages[1], dir: "auto", title: source }, target),
          button("use", () => this.use(target), { "aria-label": `Use: ${target}` }),
        ),
      );
    }
    this.facts = items;
    this.about.replaceChildren(...(items.length ? [make("ul", {}, ...items)] : []));
  }

  async alternatives() {
    this.about.replaceChildren("Asking the model …");
    try {
      await this.flush();
      const { alternatives } = await post("/api/alternatives", { id: this.row.id });
      const others = alternatives.filter(([text]) => text !== this.area.value).slice(0, MOST);
      const items = others.map(([text, score]) =>
        make(
          "li",
          {},
          button("use", () => this.use(text), { "aria-label": `Use: ${text}` }),
          make("span", { class: "text", lang: this.desk.languages[1], dir: "auto", title: `log-probability a token ${score}` }, text),
        ),
      );
      this.about.replaceChildren(make("ul", { "aria-label": "Alternatives" }, ...items, ...(this.facts || [])));
      this.about.querySelector("button")?.focus();
    } catch (error) {
      this.about.replaceChildren();
      tell(error.message);
    }
  }

  use(text) {
    this.area.focus();
    this.area.select();
    // as if typed, so that the browser's own undo knows it
    if (!document.execCommand("insertText", false, text)) this.area.value = text;
    this.#typed("target");
    return this.flush();
  }

  editSource() {
    this.areas.source.readOnly = false;
    this.#toolbar();
    this.areas.source.focus();
  }

  remark() {
    const area = make("textarea", { rows: "2", "aria-label": "Comment" });
    area.value = this.row.comment;
    const box = make("div", { class: "remark" }, area, button("Keep", () => this.act("comment", { text: area.value })));
    this.element.querySelector(".remark")?.remove();
    this.tools.after(box);
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        this.act("comment", { text: area.value });
      }
    });
    area.focus();
  }

  split() {
    const name = this.last || "target";
    const offset = [...this.areas[name].value.slice(0, this.areas[name].selectionStart)].length;
    return this.act("split", { side: name, offset });
  }

  #typed(name) {
    grow(this.areas[name]);
    this.unsaved[name] = true;
    this.#told("…");
    clearTimeout(this.timers[name]);
    this.timers[name] = setTimeout(() => this.#save(name), PAUSE);
  }

  // Everything typed, saved; resolves when it is.
  flush() {
    for (const name of Object.keys(this.unsaved)) {
      if (this.unsaved[name]) {
        clearTimeout(this.timers[name]);
        this.#save(name);
      }
    }
    return this.saving;
  }

  #save(name) {
    this.unsaved[name] = false;
    this.saving = this.saving.then(() => this.#send(name));
    return this.saving;
  }

  async #send(name) {
    const text = this.areas[name].value;
    if (text === this.row[name] && !this.change[name]) return;
    this.pending += 1;
    try {
      const done = await post("/api/act", {
        id: this.row.id, token: this.row.token, what: "edit", side: name, text, joins: this.change[name] || undefined,
      });
      this.change = { source: 0, target: 0, [name]: done.change };
      this.#taken(done, true);
      this.#told("saved");
    } catch (error) {
      if (error instanceof Conflict) return await this.conflict(name, text);
      this.#told("not saved");
      tell(error.message, "Try again", () => this.#save(name));
    } finally {
      this.pending -= 1;
    }
    return undefined;
  }

  #taken(done, typing = false) {
    const row = done.rows.find((one) => one.id === this.row.id);
    if (row) this.row = row;
    this.desk.done(done, this);
    if (!typing || !row) return;
    this.element.classList.remove("edited", "approved", "rejected", "paired", "doubtful");
    if (row.state) this.element.classList.add(row.state);
    this.element.querySelector(".mark").textContent = MARKS[row.state] || "";
    this.element.querySelector(".why")?.remove();
    this.#toolbar();
  }

  async act(what, facts = {}) {
    await this.flush();
    this.change = { source: 0, target: 0 };
    this.pending += 1;
    if (what === "realign") this.#told("aligning …");
    try {
      const done = await post("/api/act", { id: this.row.id, token: this.row.token, what, ...facts });
      const focused = document.activeElement?.textContent;
      this.#taken(done);
      if (!done.reshaped) {
        const open = !this.pairing.hidden;
        this.#draw();
        if (open) this.togglePairing();
        const same = [...this.element.querySelectorAll("button")].find((one) => one.textContent === focused);
        (same || this.element).focus();
      }
      return done;
    } catch (error) {
      this.#told();
      if (error instanceof Conflict) await this.conflict();
      else tell(error.message);
      return null;
    } finally {
      this.pending -= 1;
    }
  }

  // Somebody else changed the pair: what they made of it, and what is here, for the person to choose.
  async conflict(name = "target", mine = null) {
    const { rows } = await get("/api/rows", { ...this.desk.query(), from: await this.#rank(), count: 1 }).catch(() => ({ rows: [] }));
    const theirs = rows.find((row) => row.id === this.row.id);
    this.element.querySelector(".conflict")?.remove();
    if (!theirs) {
      tell("This pair is no longer there: somebody has merged, split or moved it.", "Reload", () => this.desk.reload());
      return;
    }
    if (mine === null || theirs[name] === mine) {
      this.refresh(theirs);
      tell(`${theirs.author || "Somebody"} has changed this pair meanwhile; it is as they left it.`);
      return;
    }
    this.#told("not saved");
    const keep = button("Keep mine", () => {
      this.row = theirs;
      this.element.querySelector(".conflict")?.remove();
      this.areas[name].value = mine;
      return this.#save(name);
    });
    const take = button("Take theirs", () => this.refresh(theirs));
    this.tools.after(
      make(
        "div",
        { class: "conflict", role: "alert" },
        make("p", {}, `${theirs.author || "Somebody"} has changed this pair meanwhile:`),
        make("p", { class: "side", lang: this.desk.languages[name === "target" ? 1 : 0], dir: "auto" }, theirs[name] || "(nothing)"),
        make("div", { class: "row" }, keep, take),
      ),
    );
  }

  async #rank() {
    const { rank } = await get("/api/find", { ...this.desk.query(), id: this.row.id });
    return rank ?? 0;
  }

  // The pair as it is now, if nothing of this page's is unsaved.
  refresh(row) {
    this.row = row;
    this.unsaved = {};
    const at = document.activeElement === this.area ? this.area.selectionStart : -1;
    this.#draw();
    if (at >= 0) {
      this.area.focus();
      this.area.setSelectionRange(at, at);
    }
  }

  get busy() {
    return this.pending > 0 || Object.values(this.unsaved).some(Boolean) || Boolean(this.element.querySelector(".conflict, .remark"));
  }
}
