// The form of the three tables: totals are worked out or compared as one types, arrows and Enter move
// between cells, a block copied from Excel is spread over them. Changed cells are sent after a pause.
const WAIT_MS = 600;
// So long after it was sent, a cell has been saved: it is not sent again, for another page may have
// changed it since.
const SAVED_MS = 3000;
const changed = new Map();
let timer = null;

const form = () => element.querySelector(".nbd-form");
const fields = () => [...element.querySelectorAll("input[data-cell]")];
const number = (text) => {
  const plain = text.trim().replace(/[,，\s]/g, "").replace(/[０-９．]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
};
const near = (a, b) => Math.abs(a - b) < 1e-6;

const send = () => {
  clearTimeout(timer);
  if (!changed.size) return;
  const sent = new Map(changed);
  trigger("input", { cells: Object.fromEntries(sent) });
  changed.clear();
  setTimeout(() => {
    fields().filter((field) => field.dataset.touched === sent.get(field.dataset.cell))
      .forEach((field) => delete field.dataset.touched);
  }, SAVED_MS);
};
// A total that was worked out is sent as =7, so that it is worked out again after a reload.
const told = (field) => (field.hasAttribute("data-worked-out") ? "=" : "") + field.value;
const note = (field) => {
  field.dataset.touched = told(field);
  changed.set(field.dataset.cell, told(field));
  clearTimeout(timer);
  timer = setTimeout(send, WAIT_MS);
};

const sum = (keys, at) => {
  const numbers = keys.map((key) => (at.has(key) ? number(at.get(key).value) : null));
  return numbers.includes(null) ? null : numbers.reduce((a, b) => a + b, 0);
};
const work_out = (calculations, at) => {
  // The total of totals stands on others: twice is enough.
  for (let turn = 0; turn < 2; turn++) {
    for (const { left, right } of calculations) {
      const total = left.length === 1 && at.get(left[0]);
      if (!total || (total.value.trim() && !total.hasAttribute("data-worked-out"))) continue;
      const value = sum(right, at);
      const text = value === null ? "" : String(Math.round(value * 1e6) / 1e6);
      if (text === total.value || (!text && !total.hasAttribute("data-worked-out"))) continue;
      total.value = text;
      total.toggleAttribute("data-worked-out", text !== "");
      note(total);
    }
  }
};
const compare = (calculations, at) => {
  const wrong = [];
  const marked = new Set();
  for (const { label, left, right } of calculations) {
    const [one, other] = [sum(left, at), sum(right, at)];
    if (one === null || other === null || near(one, other)) continue;
    wrong.push(`${label}：${one} ≠ ${other}`);
    left.forEach((key) => marked.add(key));
  }
  for (const field of at.values()) {
    field.classList.toggle("nbd-wrong", marked.has(field.dataset.cell));
    field.classList.toggle("nbd-strange", field.value.trim() !== "" && number(field.value) === null && !/^[/／—－-]+$/.test(field.value.trim()));
  }
  return wrong;
};
const work = () => {
  const root = form();
  if (!root) return;
  const all = fields();
  const at = new Map(all.map((field) => [field.dataset.cell, field]));
  const calculations = JSON.parse(root.dataset.calculations);
  work_out(calculations, at);
  const wrong = compare(calculations, at);
  const blank = all.filter((field) => !field.value.trim()).length;
  const status = root.querySelector(".nbd-status");
  const balance = wrong.length ? `　${wrong.length} 处不平：${wrong.slice(0, 3).join("；")}${wrong.length > 3 ? "……" : ""}` : blank < all.length ? "　已填的都相符" : "";
  status.textContent = `已填 ${all.length - blank} 格，未填 ${blank} 格${balance}`;
  status.classList.toggle("nb-bad", wrong.length > 0);
};

const place = (field) => {
  const row = field.closest("tr");
  const rows = [...field.closest("table").querySelectorAll("tr")].filter((r) => r.querySelector("input"));
  return { rows, row: rows.indexOf(row), column: [...row.querySelectorAll("input")].indexOf(field) };
};
const beside = (field, down, across) => {
  const { rows, row, column } = place(field);
  const line = rows[row + down]?.querySelectorAll("input");
  return line?.[Math.min(column + across, down ? line.length - 1 : Infinity)];
};

element.addEventListener("input", (event) => {
  const field = event.target.closest("input[data-cell]");
  if (!field) return;
  event.stopPropagation();
  field.removeAttribute("data-worked-out");
  field.classList.remove("nbd-doubt");
  note(field);
  work();
});
element.addEventListener("change", (event) => {
  event.stopPropagation();
  send();
});
element.addEventListener("keydown", (event) => {
  const field = event.target.closest("input[data-cell]");
  const steps = { Enter: [1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
  const step = steps[event.key];
  if (!field || !step || event.isComposing) return;
  event.preventDefault();
  const next = beside(field, ...step);
  next?.focus();
  next?.select();
});
element.addEventListener("paste", (event) => {
  const field = event.target.closest("input[data-cell]");
  const text = event.clipboardData?.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "") ?? "";
  if (!field || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  const { rows, row, column } = place(field);
  text.split("\n").forEach((line, down) => {
    const there = rows[row + down]?.querySelectorAll("input") ?? [];
    line.split("\t").forEach((cell, across) => {
      const target = there[column + across];
      if (!target) return;
      target.value = cell.trim();
      target.removeAttribute("data-worked-out");
      note(target);
    });
  });
  work();
});
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (!button) return;
  event.preventDefault();
  if (button.dataset.act === "zeros") {
    const empty = fields().filter((f) => f.dataset.cell.startsWith(button.dataset.table + "/") && !f.value.trim());
    empty.filter((f) => !f.hasAttribute("data-total")).forEach((f) => { f.value = "0"; note(f); });
    work();
    send();
  } else {
    send();
    trigger("click", { act: button.dataset.act });
  }
});
// A form drawn anew shows what it holds: a field that was typed in keeps what was typed otherwise.
const redraw = () => {
  changed.clear();
  fields().forEach((field) => { field.value = field.getAttribute("value"); });
  work();
};
watch("value", redraw);
work();
