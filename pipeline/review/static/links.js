// Which word became which: shown while the pointer is on a word of a pair that is not open.
import { get } from "./api.js";
import { make } from "./dom.js";

const known = new Map(); // links by the token of a pair

const wrapped = (p, text, spans) => {
  // spans count characters as code points; strings here are in UTF-16
  const points = [...text];
  const cuts = [...new Set(spans.flatMap(([start, end]) => [start, end]))].sort((a, b) => a - b);
  const parts = [];
  let at = 0;
  for (const cut of [...cuts, points.length]) {
    const piece = points.slice(at, cut).join("");
    const inside = spans.some(([start, end]) => start <= at && cut <= end);
    if (piece) parts.push(inside ? make("w", { "data-at": at }, piece) : piece);
    at = cut;
  }
  p.replaceChildren(...parts);
};

export const watch = (box, rowOf) => {
  const lit = (pair, word) => {
    pair.querySelectorAll("w.lit").forEach((one) => one.classList.remove("lit"));
    if (!word) return;
    const own = word.parentNode.classList.contains("target") ? 2 : 0;
    const at = Number(word.dataset.at);
    const links = known.get(pair.dataset.token) || [];
    const met = links.filter((one) => one[own] <= at && at < one[own + 1]);
    const shows = (p, k) =>
      p.querySelectorAll("w").forEach((one) => {
        const here = Number(one.dataset.at);
        if (met.some((link) => link[k] <= here && here < link[k + 1])) one.classList.add("lit");
      });
    shows(pair.querySelector(".source"), 0);
    shows(pair.querySelector(".target"), 2);
  };
  let wait = 0;
  box.addEventListener("pointerover", (event) => {
    const pair = event.target.closest?.(".pair:not(.open)");
    if (!pair || event.pointerType === "touch") return;
    if (pair.dataset.token) return lit(pair, event.target.closest("w"));
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const row = rowOf(pair.dataset.id);
      if (!row || !row.source || !row.target) return;
      const { links, token } = await get("/api/about", { id: row.id, what: "links" }).catch(() => ({ links: [] }));
      if (token !== row.token || !links.length || !pair.isConnected || pair.classList.contains("open")) return;
      known.set(token, links);
      wrapped(pair.querySelector(".source"), row.source, links.map((one) => [one[0], one[1]]));
      wrapped(pair.querySelector(".target"), row.target, links.map((one) => [one[2], one[3]]));
      pair.dataset.token = token;
    }, 150);
  });
  box.addEventListener("pointerout", (event) => {
    const pair = event.target.closest?.(".pair");
    if (pair?.dataset.token) lit(pair, null);
  });
};
