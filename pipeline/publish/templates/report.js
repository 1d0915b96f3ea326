"use strict";
// Filter the documents by what is typed; open what a link points to; walk a page by arrows; draw links beside it.
const $ = (id) => document.getElementById(id);
const box = $("filter"), info = $("info");
const cards = Array.from(document.querySelectorAll("#documents > details"));
box.addEventListener("input", () => {
  const wanted = box.value.trim();
  let shown = 0;
  for (const card of cards) {
    card.hidden = wanted !== "" && !card.textContent.includes(wanted);
    if (!card.hidden) shown += 1;
  }
  $("shown").textContent = `${shown} / ${cards.length}`;
});

function openTarget() {
  const target = $(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
  target.scrollIntoView({ block: target.matches(".note") ? "center" : "start" });
  if (target.matches(".note")) target.focus({ preventScroll: true });
}
window.addEventListener("hashchange", openTarget);
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (link && decodeURIComponent(link.hash) === decodeURIComponent(location.hash)) document.addEventListener("toggle", (event) => {
  const page = event.target.closest(".page");
  if (page) drawWires(page);
}, true);
openTarget();
});

// What was changed here, what a number rests on, or where a point stands: shown at the foot of the window.
function told(node) {
  const edit = node.closest(".e"), cell = node.closest("[data-info]"), note = node.closest(".page .note");
  if (edit) {
    const { r, b, a, k, at } = edit.dataset;
    return `清洗　${r}：「${b}」→「${a}」　位置 ${at}${k ? `　把握 ${k}` : ""}`;
  }
  if (cell) return cell.dataset.info;
  return note ? `更正　${note.querySelector(".fix code").textContent}` : "";
}
function tell(event) {
  if (!(event.target instanceof Element)) return;
  const text = told(event.target);
  if (text) { info.textContent = text; info.hidden = false; }
}
// A page that scrolls under a resting mouse is not looked at with it: only a mouse that moves tells.
let place = "";
function onMove(what) {
  return (event) => { if (`${event.clientX} ${event.clientY}` !== place) what(event); };
}
document.addEventListener("mousemove", onMove(tell));
document.addEventListener("focusin", tell);

// Arrows: up and down between points, left and right between edits; Escape leaves.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    info.hidden = true;
    const page = document.activeElement.closest(".page");
    if (page) (document.activeElement === page ? page.closest(".doc").querySelector("summary") : page).focus();
    return;
  }
  const page = document.activeElement.closest(".page");
  const what = { ArrowDown: ".note", ArrowUp: ".note", ArrowRight: ".e", ArrowLeft: ".e" }[event.key];
  if (!page || !what || event.altKey || event.ctrlKey || event.metaKey) return;
  const here = document.activeElement, all = Array.from(page.querySelectorAll(what));
  const isAhead = (node) => here === page || Boolean(here.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
  const ahead = all.filter((node) => node !== here && isAhead(node));
  const behind = all.filter((node) => node !== here && !isAhead(node) && !node.contains(here));
  const next = event.key === "ArrowDown" || event.key === "ArrowRight" ? ahead[0] : behind[behind.length - 1];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
});

// Links of a page as curves right of its notes; those of the point under the eye stand out.
const SVG = "http://www.w3.org/2000/svg";
const LOOKS = { "问题→对策": ["#0072B2", ""], "问题→原因": ["#7a5200", "5 3"], "原因→对策": ["#7f7f7f", "2 3"] };
function middle(note, top) {
  const frame = note.getBoundingClientRect();
  return frame.top - top + Math.min(frame.height / 2, 14);
}
function drawWires(page) {
  page.querySelector("svg.wires")?.remove();
  const frame = page.getBoundingClientRect(), width = 56;
  const canvas = document.createElementNS(SVG, "svg");
  const look = { class: "wires", width, height: frame.height, "aria-hidden": "true" };
  for (const [key, value] of Object.entries(look)) canvas.setAttribute(key, value);
  for (const link of page.querySelectorAll("a[data-wire]")) {
    const from = link.closest(".note"), to = $(decodeURIComponent(link.hash.slice(1)));
    if (!to || !page.contains(to)) continue;
    const y = middle(from, frame.top), z = middle(to, frame.top), [colour, dash] = LOOKS[link.dataset.wire];
    const reach = Math.min(width - 4, 12 + Math.abs(z - y) / 40), path = document.createElementNS(SVG, "path");
    const drawn = { d: `M0 ${y}C${reach} ${y} ${reach} ${z} 0 ${z}`, fill: "none", stroke: colour };
    Object.assign(drawn, { "stroke-dasharray": dash, "data-from": from.id, "data-to": to.id });
    for (const [key, value] of Object.entries(drawn)) path.setAttribute(key, value);
    canvas.append(path);
  }
  page.append(canvas);
}
function light(event) {
  const note = event.target instanceof Element && event.target.closest(".page .note");
  if (!note) return;
  for (const node of document.querySelectorAll(".lit")) node.classList.remove("lit");
  for (const path of note.closest(".page").querySelectorAll(".wires path")) {
    const isMine = path.dataset.from === note.id || path.dataset.to === note.id;
    if (!isMine) continue;
    path.classList.add("lit");
    for (const name of [path.dataset.from, path.dataset.to]) $(name).classList.add("lit");
  }
}
document.addEventListener("mousemove", onMove(light));
document.addEventListener("mousemove", (event) => { place = `${event.clientX} ${event.clientY}`; });
document.addEventListener("focusin", light);
for (const card of cards) {
  const page = card.querySelector(".page");
  if (page) new ResizeObserver(() => { if (card.open) requestAnimationFrame(() => drawWires(page)); }).observe(page);
}
document.addEventListener("toggle", (event) => {
  const page = event.target.closest(".page");
  if (page) drawWires(page);
}, true);
openTarget();
