// Suggestions: accept with one's own words, supply what was lacking, set aside.
const about = (button) => {
  const card = button.closest("[data-key]");
  const texts = Object.fromEntries([...(card?.querySelectorAll("textarea") ?? [])].map((area) => [area.dataset.part, area.value]));
  return { act: button.dataset.act, key: card?.dataset.key ?? "", texts, text: card?.querySelector("input")?.value ?? "" };
};
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act]");
  if (button) trigger("click", about(button));
});
element.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches(".nbd-supply input")) return;
  event.preventDefault();
  trigger("click", about(event.target.parentElement.querySelector("button")));
});
// Fields hold what was typed for their own suggestion, whichever card stands there when drawn anew.
const typed = new Map();
const name_of = (field) => `${field.closest("[data-key]")?.dataset.key} ${field.dataset.part ?? ""}`;
element.addEventListener("input", (event) => {
  if (event.target.matches("input, textarea")) typed.set(name_of(event.target), event.target.value);
});
watch("value", () => {
  element.querySelectorAll("input, textarea").forEach((field) => {
    field.value = typed.get(name_of(field)) ?? field.defaultValue;
  });
});
