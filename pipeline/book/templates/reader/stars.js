// Kept sentences: a star on a pair, a list of them, and a file for Anki (its manual: Importing, Text files, File headers).
const stars = () => {
  const found = recall(bookKey).stars;
  return Array.isArray(found) ? found.filter((id) => typeof id === "string") : [];
};
const tellStar = () => {
  const button = byId("vv-star");
  const is = Boolean(active) && active.source.classList.contains("star");
  button.disabled = !active;
  button.setAttribute("aria-pressed", String(is));
  button.textContent = is ? "★ Kept: let it go" : "☆ Keep this sentence";
};
const toggleStar = () => {
  if (!active) return;
  const id = active.source.id;
  const is = active.source.classList.toggle("star");
  const others = stars().filter((one) => one !== id);
  remember(bookKey, { stars: is ? [...others, id] : others });
  listStars();
};
const starred = () => allSources().filter((span) => span.classList.contains("star"));
const listStars = () => {
  tellStar();
  const kept = starred();
  byId("vv-none").hidden = kept.length > 0;
  byId("vv-export").disabled = !kept.length;
  byId("vv-kept").replaceChildren(
    ...kept.map((span) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = "#" + span.id;
      link.lang = span.closest("[lang]").lang;
      link.textContent = span.textContent;
      item.append(link);
      return item;
    }),
  );
};
byId("vv-kept").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  close();
  moveTo(byId(decodeURIComponent(link.hash.slice(1))));
});
const cell = (text) => text.replace(/\s+/g, " ").trim();
const chapterOf = (span) =>
  headings.findLast((heading) => heading === span || heading.compareDocumentPosition(span) & Node.DOCUMENT_POSITION_FOLLOWING);
const cards = () => {
  const spans = allSources();
  const title = document.title;
  const tag = "visavis " + title.replace(/\s+/g, "_");
  const lines = starred().map((span) => {
    const i = spans.indexOf(span);
    const { source, target } = pairOf(span);
    const around = [spans[i - 1], spans[i + 1]].map((one) => one?.textContent ?? "");
    return [source.textContent, target.textContent, ...around, chapterOf(span)?.textContent ?? "", title, tag];
  });
  const head = ["#separator:tab", "#html:false", "#columns:Source\tTarget\tBefore\tAfter\tChapter\tBook\tTags", "#tags column:7"];
  return [...head, ...lines.map((cells) => cells.map(cell).join("\t"))].join("\n") + "\n";
};
byId("vv-star").addEventListener("click", toggleStar);
byId("vv-export").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([cards()], { type: "text/tab-separated-values" }));
  link.download = `${document.title.replace(/[\\/:*?"<>|\x00-\x1f]+/g, "-").slice(0, 80) || "book"}.anki.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
});
for (const id of stars()) byId(id)?.classList.add("star");
