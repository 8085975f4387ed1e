// The draft's own handling: a number shows where it comes from on hover, click or Enter, a part is
// edited in place, a tool or a suggestion tells the server what was decided.
const tell = (about) => trigger("click", about);
const part_of = (node) => node.closest("[data-part]");

const unpin = () => element.querySelectorAll(".nbd-pop").forEach((pop) => pop.remove());
const show = (number, pinned) => {
  const open = element.querySelector(".nbd-pop");
  if (open && (open.dataset.for === number.dataset.origin || open.dataset.pinned) && !pinned) return;
  unpin();
  const card = element.querySelector(`[data-card="${number.dataset.origin}"]`);
  const pop = document.createElement("div");
  pop.className = "nbd-pop";
  pop.setAttribute("role", "tooltip");
  pop.dataset.for = number.dataset.origin;
  if (pinned) pop.dataset.pinned = "1";
  pop.innerHTML = card.innerHTML;
  pop.style.top = `${number.offsetTop + number.offsetHeight + 6}px`;
  number.closest(".nbd-part").append(pop);
};
// What is being edited, by part: it stays open with what was typed when the draft is drawn anew.
const open_edits = new Map();
const edit = (part, chosen) => {
  const area = part.querySelector("textarea");
  area.value = open_edits.get(part.dataset.part) ?? area.defaultValue;
  open_edits.set(part.dataset.part, area.value);
  part.querySelector(".nbd-words").hidden = true;
  part.querySelector(".nbd-editing").hidden = false;
  area.style.height = `${Math.max(area.scrollHeight, 120)}px`;
  area.focus();
  const start = chosen ? area.value.indexOf(chosen) : -1;
  if (start >= 0) area.setSelectionRange(start, start + chosen.length);
};
const leave = (part) => {
  open_edits.delete(part.dataset.part);
  part.querySelector(".nbd-words").hidden = false;
  part.querySelector(".nbd-editing").hidden = true;
};
const save = (part) => {
  open_edits.delete(part.dataset.part);
  tell({ act: "save", part: part.dataset.part, text: part.querySelector("textarea").value });
};
const act = (button) => {
  const part = part_of(button);
  const about = { act: button.dataset.act, part: part?.dataset.part };
  if (about.act === "edit") edit(part);
  else if (about.act === "leave") leave(part);
  else if (about.act === "save") save(part);
  else tell(about);
};
element.addEventListener("click", (event) => {
  const number = event.target.closest("[data-origin]");
  const open = event.target.closest(".nbd-open");
  const button = event.target.closest("button[data-act]");
  if (number) show(number, true);
  else if (!event.target.closest(".nbd-pop")) unpin();
  if (open) edit(part_of(open), open.textContent);
  if (button) act(button);
});
element.addEventListener("mouseover", (event) => {
  const number = event.target.closest("[data-origin]");
  if (number) show(number, false);
  else if (!event.target.closest(".nbd-pop") && !element.querySelector(".nbd-pop[data-pinned]")) unpin();
});
element.addEventListener("mouseleave", () => {
  if (!element.querySelector(".nbd-pop[data-pinned]")) unpin();
});
element.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    unpin();
    const part = part_of(event.target);
    if (part && event.target.matches("textarea")) leave(part);
  }
  if (event.key === "Enter" && event.target.matches("[data-origin], .nbd-open")) event.target.click();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
    save(part_of(event.target));
  }
});
element.addEventListener("input", (event) => {
  const part = part_of(event.target);
  if (part && event.target.matches("textarea")) open_edits.set(part.dataset.part, event.target.value);
});
watch("value", () => {
  const parts = [...element.querySelectorAll(".nbd-part")];
  parts.filter((part) => open_edits.has(part.dataset.part)).forEach((part) => edit(part));
});
