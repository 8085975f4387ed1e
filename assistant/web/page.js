// What the page does in the browser alone: a citation mark leads to its card, Esc lets go of it,
// "/" goes to the question, a copy button copies. Nothing here fetches anything.
() => {
  document.documentElement.lang = "zh-CN";
  let wanted = null;
  // Until then what is drawn above a chosen card may still push it out of sight.
  let settled = 0;

  const choose = () => {
    for (const card of document.querySelectorAll(".nb-chosen")) {
      if (card.id !== wanted) card.classList.remove("nb-chosen");
    }
    const card = wanted && document.getElementById(wanted);
    if (!card || (card.classList.contains("nb-chosen") && Date.now() > settled)) return;
    card.classList.add("nb-chosen");
    card.scrollIntoView({ block: "nearest" });
  };
  const download = () => {
    for (const link of document.querySelectorAll("a[data-now]")) {
      link.removeAttribute("data-now");
      link.click();
    }
  };
  // The cards of an earlier answer arrive after the click on its mark, a download when it is made.
  const look = () => {
    choose();
    download();
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });

  const copy = async (button) => {
    const text = button.dataset.copy;
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else {
      const field = document.body.appendChild(document.createElement("textarea"));
      field.value = text;
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    button.textContent = "已复制";
  };

  document.addEventListener("click", (event) => {
    const mark = event.target.closest('a[href^="#nb-source-"]');
    if (mark) {
      event.preventDefault();
      wanted = mark.getAttribute("href").slice(1);
      settled = Date.now() + 2000;
      choose();
      setTimeout(choose, 1500);
    }
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  }, true);

  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, [contenteditable=true]");
    if (event.key === "Escape") {
      wanted = null;
      choose();
      document.querySelector("#nb-cancel")?.click();
      if (writing) writing.blur();
    } else if (event.key === "/" && !writing) {
      event.preventDefault();
      document.querySelector("#nb-question textarea, #nb-question input")?.focus();
    }
  });
}
