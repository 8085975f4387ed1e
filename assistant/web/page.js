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
  // Gradio has no Chinese for these.
  const WORDS = { "Copy message": "复制", "Message copied": "已复制", "chatbot conversation": "对话" };
  const EXAMPLE = /^Select example \d+: /;
  const translate = () => {
    for (const part of document.querySelectorAll("#nb-chat [aria-label]")) {
      const label = part.getAttribute("aria-label");
      const word = WORDS[label] ?? label.replace(EXAMPLE, "提问：");
      if (word === label) continue;
      part.setAttribute("aria-label", word);
      if (WORDS[label] && part.matches("button")) part.title = word;
    }
    // Its name in English hides what is written on it.
    for (const button of document.querySelectorAll("button.upload-container[aria-label]")) {
      button.removeAttribute("aria-label");
    }
  };
  // Where one stands while others are served; Gradio says it in English alone.
  const PLACE = /^queue: (\d+)\/(\d*) \|/;
  const tellPlace = () => {
    for (const line of document.querySelectorAll(".progress-text, .meta-text, .meta-text-center")) {
      for (const part of line.childNodes) {
        if (part.nodeType !== Node.TEXT_NODE) continue;
        const place = PLACE.exec(part.nodeValue.trim());
        if (place) part.nodeValue = `排队中：第${place[1]}位，共${place[2] || place[1]}位 `;
        else if (part.nodeValue.trim().startsWith("processing |")) part.nodeValue = "正在处理 ";
      }
    }
  };
  // Nor for what it tells in a corner by itself.
  const TOLD = [
    [/^Error$/, "出错"],
    [/^Warning$/, "提醒"],
    [/^Connection to the server was lost\..*$/, "与服务器的连接断了，正在重新连接；写好的内容还在。一直连不上时，请确认程序仍在运行。"],
    [/^Invalid file types?: (.*)\. Only (.*) allowed\.$/, "这种文件（$1）收不了，可以用：$2。"],
  ];
  const tellInChinese = () => {
    for (const toast of document.querySelectorAll(".toast-wrap")) {
      const texts = document.createTreeWalker(toast, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode.nodeValue.trim();
        const [said, ours] = TOLD.find(([each]) => each.test(text)) ?? [];
        if (said) texts.currentNode.nodeValue = text.replace(said, ours);
      }
    }
  };
  // A table that is wider than its place is reached and moved by keyboard.
  let reaching = false;
  const reach = () => {
    if (reaching) return;
    reaching = true;
    setTimeout(() => {
      reaching = false;
      for (const table of document.querySelectorAll(".nb-table")) {
        if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
        else table.removeAttribute("tabindex");
      }
    }, 200);
  };
  addEventListener("resize", reach);
  // An address may lead to one finding of a report.
  const opened = () => {
    const found = document.querySelector("#nb-report [data-opened]");
    if (!found) return;
    found.removeAttribute("data-opened");
    found.scrollIntoView({ block: "center" });
  };
  // What was chosen arrives a moment after the click, and the page is too short to show it before.
  let followed = null;
  let followedUntil = 0;
  const follow = (place) => {
    followed = place;
    followedUntil = Date.now() + 2000;
  };
  const show = () => {
    if (!followed || Date.now() > followedUntil) return;
    document.querySelector(followed)?.scrollIntoView({ block: "start" });
  };
  const look = () => {
    choose();
    show();
    download();
    translate();
    tellPlace();
    tellInChinese();
    opened();
    reach();
  };
  // Once before the next picture: while the page is made it changes hundreds of times.
  let looking = false;
  const lookSoon = () => {
    if (looking) return;
    looking = true;
    requestAnimationFrame(() => {
      looking = false;
      look();
    });
  };
  new MutationObserver(lookSoon).observe(document.body, {
    childList: true,
    subtree: true,
    characterData: true,
  });

  const put = async (text) => {
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else {
      const field = document.body.appendChild(document.createElement("textarea"));
      field.value = text;
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };
  const copy = async (button) => {
    await put(button.dataset.copy);
    button.textContent = "已复制";
  };
  // Gradio would copy its own mark-up; people want what they read, marks as [1].
  const copyMessage = (button) => {
    const shown = button.closest(".message-buttons")?.previousElementSibling?.querySelector(".message");
    if (!shown) return false;
    const text = shown.cloneNode(true);
    for (const mark of text.querySelectorAll('a[href^="#nb-source-"]')) mark.textContent = `[${mark.textContent.trim()}]`;
    for (const line of text.querySelectorAll("br, p, li")) line.append("\n");
    put(text.textContent.replace(/[ \t]*\n\s*/g, "\n").trim());
    return true;
  };

  const cards = () => [...document.querySelectorAll("#nb-sources .nb-card")];
  const step = (by) => {
    const all = cards();
    const at = all.findIndex((card) => card.id === wanted);
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (!next) return;
    wanted = next.id;
    settled = Date.now() + 500;
    choose();
    document.querySelector(".nb-steps [role=status]").textContent = `第${all.indexOf(next) + 1}处，共${all.length}处`;
  };

  // On a wide screen the conversations of before are in sight from the start.
  const draw = (open) => {
    document.body.classList.toggle("nb-drawn", open);
    document.querySelector("#nb-history")?.setAttribute("aria-expanded", open);
  };
  draw(innerWidth >= 1600);

  // An empty question is told so at once, in the browser's own way, and not sent.
  const box = () => document.querySelector("#nb-question textarea");
  const stopEmpty = (event) => {
    if (box()?.value.trim()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    box().setCustomValidity("请先写下问题。");
    box().reportValidity();
  };
  document.addEventListener("input", () => box()?.setCustomValidity(""), true);

  document.addEventListener("click", (event) => {
    if (event.target.closest("#nb-ask")) stopEmpty(event);
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
    const copying = event.target.closest('#nb-chat button[aria-label="复制"]');
    if (copying && copyMessage(copying)) event.stopImmediatePropagation();
    const linking = event.target.closest("[data-link]");
    if (linking) {
      put(new URL(linking.dataset.link, location.href).href);
      linking.textContent = "已复制";
    }
    // Where everything stands in one column, what is chosen above is shown far below.
    if (innerWidth <= 700) {
      if (event.target.closest(".nb-item")) follow("#nb-finding");
      if (event.target.closest(".nb-held")) follow("#nb-report");
    }
    const stepping = event.target.closest("[data-step]");
    if (stepping) step(Number(stepping.dataset.step));
    if (event.target.closest("#nb-history")) draw(!document.body.classList.contains("nb-drawn"));
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && event.target === box()) stopEmpty(event);
    const writing = event.target.closest("input, textarea, [contenteditable=true]");
    if (event.key === "Escape") {
      wanted = null;
      choose();
      document.querySelector("#nb-cancel")?.click();
      document.querySelector("#nb-stop")?.click();
      if (writing) writing.blur();
    } else if (event.key === "/" && !writing) {
      event.preventDefault();
      document.querySelector("#nb-question textarea, #nb-question input")?.focus();
    }
  }, true);
}
