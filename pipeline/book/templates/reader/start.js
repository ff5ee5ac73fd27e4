// The start: sizes first, then the place of last time (an address with # goes before it).
guess();
addEventListener("resize", guess);
const first = allSources()[0];
if (first) stopAt(faceOf(pairOf(first)));
tellRoles();
const last = byId(recall(bookKey).at || "");
if (last && !location.hash && main.contains(last) && pairOf(last)) goToPair(pairOf(last));
let telling = 0;
addEventListener("scroll", () => {
  clearTimeout(kept);
  kept = setTimeout(keepPlace, 250);
  telling ||= requestAnimationFrame(() => ((telling = 0), tellPlace()));
}, { passive: true });
addEventListener("pagehide", keepPlace);
// what asks where things stand comes after the first paint: the browser would lay out chapters that nobody sees yet
requestAnimationFrame(() => setTimeout(tellPlace));
