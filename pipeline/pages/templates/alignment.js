"use strict";
// Two sentences chosen, one of each side, are a pair; pairs rise on both sides; they are saved as lines of numbers.
const body = document.querySelector("#anchors");
const list = body.querySelector("ol");
const told = body.querySelector("output");
let pairs = body.dataset.held.split(",").filter(Boolean).map((one) => one.split(" ").map(Number));
const chosen = [null, null];

function marked() {
  for (const button of document.querySelectorAll("button[data-n]")) {
    const side = Number(button.dataset.side), n = Number(button.dataset.n);
    button.classList.toggle("fixed", pairs.some((pair) => pair[side] === n));
    button.setAttribute("aria-pressed", String(chosen[side] === n));
  }
}

function show(text) {
  pairs.sort((a, b) => a[0] - b[0]);
  list.replaceChildren(...pairs.map((pair) => {
    const item = document.createElement("li");
    const away = document.createElement("button");
    away.textContent = "take away";
    away.addEventListener("click", () => { pairs = pairs.filter((one) => one !== pair); show("Taken away."); });
    item.append(`${pair[0]} – ${pair[1]} `, away);
    return item;
  }));
  body.querySelector("#save").disabled = pairs.length === 0;
  told.textContent = text;
  marked();
}

function fix() {
  const [a, b] = chosen;
  chosen[0] = chosen[1] = null;
  pairs = pairs.filter((pair) => pair[0] !== a && pair[1] !== b);
  const crossed = pairs.find((pair) => (pair[0] < a) !== (pair[1] < b));
  if (crossed) return show(`${a} – ${b} would cross ${crossed[0]} – ${crossed[1]}: take that away first.`);
  pairs.push([a, b]);
  show(`${a} – ${b} is fixed.`);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-n]");
  if (!button) return;
  const side = Number(button.dataset.side), n = Number(button.dataset.n);
  chosen[side] = chosen[side] === n ? null : n;
  if (chosen[0] !== null && chosen[1] !== null) return fix();
  told.textContent = chosen[side] === null ? "" : "Now its counterpart.";
  marked();
});

body.querySelector("#save").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([pairs.map((pair) => pair.join("\t") + "\n").join("")], { type: "text/tab-separated-values" }));
  link.download = body.dataset.saved;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  told.textContent = `Saved as ${link.download}: put it beside this page and run the same command again.`;
});

show("");
