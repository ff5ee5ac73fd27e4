// Served by a review, a sentence that one chose leads to its pair there; in the file itself a line says how.
const reviewed = location.protocol.startsWith("http") && new URLSearchParams(location.search).has("review");
const pencil = (pair) => {
  const link = document.createElement("a");
  link.href = `/#${encodeURIComponent(pair.source.id)}`;
  link.textContent = "✎ Correct this pair";
  link.className = "pencil";
  link.lang = "en";
  return link;
};
if (reviewed) {
  const back = document.createElement("a");
  back.href = "/";
  back.textContent = "Back to the review";
  byId("vv-correct").replaceChildren(back);
}
