// Makes quicker what works without it: area pickers, drafts, one sending of a form, filters that stay open, asking back.
"use strict";
(() => {
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const make = (tag, attributes = {}) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };

  // An area picker becomes a combobox: the list comes from the server, ready to show; the code goes into the hidden field.
  function picker(box) {
    if (box.dataset.ready || !box.dataset.picker) return;
    box.dataset.ready = "1";
    const input = box.querySelector("input.inp");
    const chosen = box.querySelector("[data-chosen]");
    const name = input.name.replace(/_typed$/, "");
    let hidden = box.querySelector("input[type=hidden]");
    const list = make("div", { class: "pick pick-list", role: "listbox", id: `${input.id}_list`, hidden: "" });
    const label = document.querySelector(`label[for="${input.id}"]`);
    list.setAttribute("aria-label", label ? label.textContent.trim() : name);
    input.after(list);
    const roles = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id };
    for (const [key, value] of Object.entries(roles)) input.setAttribute(key, value);
    let at = -1, asked = 0, timer = 0;

    const options = () => all("[role=option]", list);
    const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const mark = (to) => {
      const found = options();
      if (!found.length) return;
      at = (to + found.length) % found.length;
      found.forEach((option, i) => option.setAttribute("aria-selected", i === at ? "true" : "false"));
      input.setAttribute("aria-activedescendant", found[at].id);
      found[at].scrollIntoView({ block: "nearest" });
    };
    const choose = (option) => {
      if (!hidden) {
        hidden = make("input", { type: "hidden", name });
        box.append(hidden);
        all("fieldset.pick-plain", box).forEach((old) => old.remove());
      }
      hidden.value = option.dataset.code;
      input.value = option.dataset.words;
      chosen.textContent = option.dataset.path;
      input.removeAttribute("aria-invalid");
      close();
      hidden.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const underline = (typed) => {
      for (const words of all("[role=option] b", list)) {
        const from = words.textContent.toLowerCase().indexOf(typed.toLowerCase());
        if (from < 0) continue;
        const text = words.textContent, found = make("mark");
        found.textContent = text.slice(from, from + typed.length);
        words.replaceChildren(text.slice(0, from), found, text.slice(from + typed.length));
      }
    };
    const ask = async () => {
      const typed = input.value.trim(), turn = ++asked;
      if (typed.length < 2) return close();
      const url = new URL(box.dataset.picker, location.href);
      url.searchParams.set("q", typed);
      if (box.dataset.level) url.searchParams.set("level", box.dataset.level);
      try {
        const answer = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
        if (!answer.ok || turn !== asked) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        list.replaceChildren(...page.body.childNodes);
      } catch { return; }
      options().forEach((option, i) => { option.id = `${list.id}_${i}`; });
      underline(typed);
      list.hidden = false;
      at = -1;
      input.setAttribute("aria-expanded", "true");
    };
    input.addEventListener("input", () => {
      if (hidden) hidden.value = "";
      chosen.textContent = "";
      clearTimeout(timer);
      timer = setTimeout(ask, 180);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && list.hidden) { event.preventDefault(); ask(); }
      else if (list.hidden) return;
      else if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark(at - 1); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); choose(options()[at]); }
      else if (event.key === "Escape") { event.preventDefault(); close(); }
    });
    input.addEventListener("blur", () => setTimeout(close, 150));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => { const option = event.target.closest("[role=option]"); if (option) choose(option); });
  }

  // A form with data-draft (the page it belongs to) sends what is typed a second after the last key; it says saved, with the
  // time, only in the server's own words.
  function draft(form) {
    const url = document.body.dataset.drafts, line = form.querySelector("[data-saved]");
    if (form.dataset.ready || !url || !line) return;
    form.dataset.ready = "1";
    let timer = 0, changed = 0, stored = 0, wait = 1000;
    const say = (state, words) => { line.className = `saved ${state}`.trim(); line.textContent = words; };
    const send = async () => {
      const turn = changed;
      const data = new FormData(form);
      for (const [key, value] of [...data]) if (value instanceof File) data.delete(key);
      data.set("draft_page", form.dataset.draft);
      say("saving", line.dataset.saving);
      try {
        const answer = await fetch(url, { method: "POST", body: data, credentials: "same-origin", redirect: "manual" });
        if (answer.type === "opaqueredirect") return say("waiting", line.dataset.signin);
        if (!answer.ok) throw new Error(String(answer.status));
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        stored = turn;
        wait = 1000;
        if (stored !== changed) return;
        say("", "");
        line.replaceChildren(...page.querySelector("[data-saved]").childNodes);
      } catch {
        say("waiting", line.dataset.waiting);
        wait = Math.min(wait * 2, 30000);
        timer = setTimeout(send, wait);
      }
    };
    const note = () => { changed += 1; clearTimeout(timer); timer = setTimeout(send, 1000); };
    form.addEventListener("input", note);
    form.addEventListener("change", note);
    form.addEventListener("submit", () => { clearTimeout(timer); stored = changed; });
    addEventListener("online", () => { if (stored !== changed) send(); });
    addEventListener("beforeunload", (event) => { if (stored !== changed) event.preventDefault(); });
  }

  // A form with data-saves is saved by htmx after each touch: the lines that say "saved" follow the request, a lost line is
  // tried again, and what is no answer of the form itself (the login page) never takes its place.
  function saves(form) {
    if (form.dataset.ready) return;
    form.dataset.ready = "1";
    let timer = 0, wait = 1000, open = false;
    const say = (state) => all("[data-saved]").forEach((line) => {
      line.className = `saved ${state}`;
      line.textContent = line.dataset[state];
    });
    const again = () => { if (open) htmx.trigger(form, "change"); };
    form.addEventListener("htmx:beforeRequest", () => { clearTimeout(timer); open = true; say("saving"); });
    form.addEventListener("htmx:beforeSwap", (event) => {
      const answer = event.detail.xhr.responseText;
      event.detail.shouldSwap = answer.includes('id="sheet-sum"') && !answer.includes("<html");
      if (event.detail.shouldSwap) { open = false; wait = 1000; } else say("signin");
    });
    for (const kind of ["sendError", "timeout", "responseError"]) form.addEventListener(`htmx:${kind}`, (event) => {
      if (event.detail.xhr.status >= 400 && event.detail.xhr.status < 500) { open = false; return location.reload(); } // it says why
      say("waiting");
      timer = setTimeout(again, wait);
      wait = Math.min(wait * 2, 30000);
    });
    form.addEventListener("submit", () => { open = false; clearTimeout(timer); });
    addEventListener("online", again);
    addEventListener("beforeunload", (event) => { if (open) event.preventDefault(); });
  }

  function dress(inside) {
    all("[data-picker]", inside).forEach(picker);
    all("form[data-draft]", inside).forEach(draft);
    all("form[data-saves]", inside).forEach(saves);
    all("[data-focus]", inside).forEach((element) => element.focus({ preventScroll: false }));
    all("details[data-keep]", inside).forEach((element) => {
      const key = `open:${element.dataset.keep}`;
      try {
        if (sessionStorage.getItem(key)) element.open = sessionStorage.getItem(key) === "1";
        element.addEventListener("toggle", () => sessionStorage.setItem(key, element.open ? "1" : "0"));
      } catch { /* storage may be closed */ }
    });
    all(".drop", inside).forEach((box) => {
      for (const kind of ["dragenter", "dragover"]) box.addEventListener(kind, () => box.classList.add("over"));
      for (const kind of ["dragleave", "drop"]) box.addEventListener(kind, () => box.classList.remove("over"));
    });
    all("select[data-go]", inside).forEach((element) => element.addEventListener("change", () => element.form.requestSubmit()));
  }

  // A form is sent once; a button that asks back is asked once.
  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (button && button.getAttribute("aria-disabled") === "true") return event.preventDefault();
    const question = (button && button.dataset.confirm) || form.dataset.confirm;
    if (question && !confirm(question)) return event.preventDefault();
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    if (button) button.setAttribute("aria-busy", "true");
  });
  document.addEventListener("click", (event) => {
    const closed = event.target.closest("[aria-disabled=true]");
    if (closed) event.preventDefault();
    for (const menu of all("details.mast-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of all("details.mast-menu[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    all("[aria-busy]", form).forEach((button) => button.removeAttribute("aria-busy"));
  }));
  // What the server proposes for a field comes too late when something is in it, or is just being written.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target } = event.detail;
    if (target.value || target === document.activeElement) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSettle", (event) => dress(event.target));
  dress(document);
})();
