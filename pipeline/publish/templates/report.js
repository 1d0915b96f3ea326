"use strict";
// Filter the documents by what is typed; open what a link points to.
const box = document.getElementById("filter");
const cards = Array.from(document.querySelectorAll("#documents > details"));
box.addEventListener("input", () => {
  const wanted = box.value.trim();
  let shown = 0;
  for (const card of cards) {
    card.hidden = wanted !== "" && !card.textContent.includes(wanted);
    if (!card.hidden) shown += 1;
  }
  document.getElementById("shown").textContent = `${shown} / ${cards.length}`;
});
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
  if (target) target.scrollIntoView();
}
window.addEventListener("hashchange", openTarget);
openTarget();
