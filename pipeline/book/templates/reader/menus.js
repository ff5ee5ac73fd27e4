// Panels: one at a time, closed by Escape or a press elsewhere; the contents take the focus.
const menus = [...document.querySelectorAll(".vv-menu")];
const close = (except) => menus.forEach((menu) => menu !== except && (menu.open = false));
const opened = (menu) => {
  if (menu.id === "vv-search") byId("vv-query").focus();
  if (menu.id === "vv-stars") listStars();
  if (menu !== contents) return;
  const links = [...contents.querySelectorAll("a")];
  for (const link of links) link.removeAttribute("aria-current");
  const current = links[chapterAt(innerHeight / 2)];
  current?.setAttribute("aria-current", "location");
  const first = current || links[0];
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: "nearest" });
};
for (const menu of menus) menu.addEventListener("toggle", () => menu.open && (close(menu), opened(menu)));
document.addEventListener("pointerdown", (event) => {
  const menu = event.target instanceof Element ? event.target.closest(".vv-menu") : null;
  menus.forEach((one) => one !== menu && one.id !== "vv-search" && (one.open = false));
  if (pinned && !event.target.closest("main, .vv-card, .vv-bar")) hideCard();
});
contents?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const heading = link && byId(link.hash.slice(1));
  if (!heading) return;
  event.preventDefault();
  close();
  goToHeading(heading);
});
contents?.addEventListener("keydown", (event) => {
  const links = [...contents.querySelectorAll("a")];
  const now = links.indexOf(event.target);
  const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: links.length - 1 }[event.key];
  if (now < 0 || next === undefined) return;
  event.preventDefault();
  links[Math.max(0, Math.min(links.length - 1, next))].focus();
});
