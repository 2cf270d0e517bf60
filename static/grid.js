// The sales grid as a spreadsheet; the page works without it.
(() => {
  "use strict";
  const all = (selector, inside = document) => Array.from(inside.querySelectorAll(selector));

  // A table with data-grid is walked like a spreadsheet: Enter and the arrows go from cell to cell, and a block that is
  // pasted into a cell spreads over the cells to the right and below.
  function grid(table) {
    if (table.dataset.ready) return;
    table.dataset.ready = "1";
    const cells = () => all("tbody tr", table).map((row) => all("input:not([type=hidden])", row)).filter((row) => row.length);
    const place = (input) => {
      const rows = cells(), row = rows.findIndex((found) => found.includes(input));
      return { rows, row, column: row < 0 ? -1 : rows[row].indexOf(input) };
    };
    const go = ({ rows, row, column }, down, right) => {
      const next = rows[row + down] && rows[row + down][column + right];
      if (next) { next.focus(); next.select(); }
      return Boolean(next);
    };
    table.addEventListener("keydown", (event) => {
      const input = event.target, at = place(input);
      if (at.row < 0 || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
      const start = input.selectionEnd === 0 || whole, end = input.selectionStart === input.value.length || whole;
      const step = { Enter: [event.shiftKey ? -1 : 1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0],
        ArrowLeft: start && [0, -1], ArrowRight: end && [0, 1] }[event.key];
      if (step && (go(at, ...step) || event.key === "Enter")) event.preventDefault();
    });
    table.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, ""), at = place(event.target);
      if (at.row < 0 || !/[\t\n]/.test(text)) return;
      event.preventDefault();
      text.split("\n").forEach((line, down) => line.split("\t").forEach((value, right) => {
        const cell = at.rows[at.row + down] && at.rows[at.row + down][at.column + right];
        if (cell) { cell.value = value.trim(); cell.dispatchEvent(new Event("input", { bubbles: true })); }
      }));
    });
  }

  const dress = (inside) => all("table[data-grid]", inside).forEach(grid);
  dress(document);
  document.addEventListener("htmx:afterSettle", (event) => dress(event.target));
})();
