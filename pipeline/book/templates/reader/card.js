// The card under a sentence: its other side where that is hidden, a note, and why a pair is uncertain.
const card = byId("vv-card");
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
const tapped = (pair, open) => {
  const face = pair && faceOf(pair);
  if (face?.getAttribute("role") === "button") face.setAttribute("aria-expanded", String(open));
};
const hideCard = () => {
  if (shownFor) faceOf(shownFor).removeAttribute("aria-describedby");
  tapped(shownFor, false);
  card.hidden = true;
  shownFor = null;
  pinned = false;
};
// beside one of these boxes, within the window, above or below
const putCard = (boxes) => {
  const last = boxes[boxes.length - 1];
  if (!last) return hideCard();
  const room = root.clientWidth - card.offsetWidth - 8;
  card.style.left = `${Math.max(8, Math.min(last.left, room))}px`;
  const under = last.bottom + 6 + card.offsetHeight < innerHeight - foot || boxes[0].top < card.offsetHeight + bar;
  card.style.top = `${scrollY + (under ? last.bottom + 6 : boxes[0].top - card.offsetHeight - 6)}px`;
};
const showCard = (pair, pin) => {
  const why = pair.source.dataset.why;
  const other = hiddenOf(pair);
  const lines = [];
  if (other) lines.push(line(other.textContent, "", other));
  if (why) lines.push(line(why, "why"));
  if (reviewed && pin) lines.push(pencil(pair));
  hideCard();
  if (!lines.length) return;
  card.replaceChildren(...lines);
  card.hidden = false;
  const face = faceOf(pair);
  face.setAttribute("aria-describedby", card.id);
  tapped(pair, true);
  shownFor = pair;
  pinned = pin;
  const columns = getComputedStyle(pair.source.parentNode).display === "contents";
  putCard((columns && pair.target.getClientRects().length ? pair.target : face).getClientRects());
};
