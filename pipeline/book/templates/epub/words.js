// Pages of an e-book: a word pointed at or tapped lights up its counterparts; the nth span.w goes with the nth span.x.
const forms = document.getElementById("vv-words").textContent.trim().split("\n");
const sides = { source: [...document.querySelectorAll("span.w")], target: [...document.querySelectorAll("span.x")] };
const lightWordAt = (event) => {
  const span = event.target instanceof Element && !event.target.closest("a") ? event.target.closest("span.w, span.x") : null;
  unlight();
  if (!span) return;
  const side = span.classList.contains("w") ? "source" : "target";
  const place = sides[side].indexOf(span);
  const other = sides[side === "source" ? "target" : "source"][place];
  const own = wordsOf(span);
  const word = wordAt(own, event.clientX, event.clientY);
  if (word >= 0 && other) lightUp(linksOf(forms[place]), side, word, own, wordsOf(other));
};
document.addEventListener("pointermove", (event) => event.pointerType !== "touch" && !event.buttons && lightWordAt(event));
document.addEventListener("click", lightWordAt);
