// Notes: a call shows its note in the card; pressed again, or without room, it leads there.
const noteOf = (call) => {
  const first = byId(call.hash.slice(1));
  const paragraph = first?.closest(".p");
  if (!paragraph) return null;
  return [...paragraph.children].filter((side) => !side.hidden).map((side) => line(side.textContent.trim(), "", side));
};
let calledBy = null;
const showNote = (call) => {
  const lines = noteOf(call);
  if (!lines) return;
  hideCard();
  card.replaceChildren(...lines);
  card.hidden = false;
  pinned = true;
  calledBy = call;
  putCard(call.getClientRects());
};
main.addEventListener("click", (event) => {
  const link = event.target.closest("a.call, a.back");
  if (!link) return;
  event.preventDefault();
  if (link.classList.contains("call") && (calledBy !== link || card.hidden)) return showNote(link);
  hideCard();
  calledBy = null;
  const goal = byId(link.hash.slice(1));
  const pair = pairOf(goal);
  if (pair) activate(pair);
  (goal.matches("a") ? goal : faceOf(pair)).focus({ preventScroll: true });
  goTo(goal, "center");
});
