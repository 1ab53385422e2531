/* Person picker: type 汉字, pinyin or initials; arrows, Enter picks, Backspace takes the last one back.
   An ARIA combobox with a listbox; what is chosen are hidden inputs inside chips. The server answers ?q= with
   <ul role="listbox"> of <li role="option" data-id data-label>. Fires "picked" on the root at each change.
   data-near names a <template> of the same options, with data-find: they are looked through first, without network.
   data-free names the field that takes a name as it was typed, of somebody whom no list knows; there Tab picks too. */
(() => {
  "use strict";
  const CROSS = '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="m7 7 10 10M17 7 7 17"/></svg>';
  const MOST = 12;
  let serial = 0;

  class Picker {
    constructor(root) {
      this.root = root;
      root.picker = this;
      this.name = root.dataset.name;
      this.multiple = "multiple" in root.dataset;
      this.free = root.dataset.free;
      this.near = [...(document.getElementById(root.dataset.near)?.content.querySelectorAll("[role=option]") ?? [])]
        .map((option) => ({ html: option.outerHTML, keys: option.dataset.find.toLowerCase().split(" ") }));
      this.active = -1;
      const given = [...root.querySelectorAll("input[type=hidden]")].map((i) => ({ id: i.value, label: i.dataset.label }));
      this.build();
      given.forEach((person) => this.add(person, { silent: true }));
    }

    build() {
      const id = `picker-list-${++serial}`;
      this.input = Object.assign(document.createElement("input"), { type: "text", className: "picker-input", autocomplete: "off", id: `picker-${this.name}` });
      const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, "aria-label": `${this.root.dataset.label || "代表委员"}，输入姓名、拼音或首字母`, placeholder: "姓名、拼音或首字母", spellcheck: "false", enterkeyhint: "done" };
      Object.entries(attributes).forEach(([key, value]) => this.input.setAttribute(key, value));
      this.list = Object.assign(document.createElement("div"), { className: "picker-list", id, hidden: true });
      this.status = Object.assign(document.createElement("span"), { className: "sr-only" });
      this.status.setAttribute("role", "status");
      this.root.classList.add("picker");
      this.root.replaceChildren(this.input, this.list, this.status);
      this.listen();
    }

    listen() {
      this.input.addEventListener("input", (event) => { event.stopPropagation(); if (!event.isComposing) this.ask(); });
      this.input.addEventListener("compositionend", () => this.ask());
      this.input.addEventListener("keydown", (event) => this.key(event));
      // Whoever is back by then has opened it anew.
      this.input.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== this.input) this.hide(); }, 150));
      this.root.addEventListener("click", (event) => {
        const cross = event.target.closest("[data-remove]");
        if (cross) this.remove(cross.closest(".chip"));
        else if (event.target === this.root) this.input.focus();
      });
      // Before blur, so that a touch picks.
      this.list.addEventListener("pointerdown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.pick(option);
      });
    }

    ask() {
      clearTimeout(this.timer);
      this.waiting?.abort();
      const words = this.input.value.trim();
      if (!words) { this.hide(); return; }
      const near = this.nearest(words.normalize("NFKC").toLowerCase().replaceAll(" ", ""));
      if (near.length) { this.show(`<ul role="listbox">${near.join("")}</ul>`); return; }
      this.timer = setTimeout(() => this.fetch(words), 120);
    }

    /* Exact names, readings and initials first, then what begins so, then what holds it. */
    nearest(key) {
      const places = (keys) => (keys.includes(key) ? 0 : keys.some((each) => each.startsWith(key)) ? 1 : keys.some((each) => each.includes(key)) ? 2 : 3);
      return this.near.map(({ html, keys }) => ({ html, place: places(keys) })).filter(({ place }) => place < 3)
        .sort((one, other) => one.place - other.place).slice(0, MOST).map(({ html }) => html);
    }

    async fetch(words) {
      this.waiting = new AbortController();
      const patience = setTimeout(() => this.note("正在查找……"), 600);
      const url = new URL(this.root.dataset.url, location.href);
      url.searchParams.set("q", words);
      try {
        const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal: this.waiting.signal });
        if (answer.redirected || answer.headers.has("HX-Redirect")) this.note("登录已失效，请刷新页面重新登录，已填内容会保留");
        else if (answer.ok) this.show(await answer.text());
        else throw new Error(String(answer.status));
      } catch (error) {
        if (error.name !== "AbortError") this.note(this.free ? "网络不通，回车先按听到的姓名记下" : "网络不通，请稍后重试");
      } finally {
        clearTimeout(patience);
      }
    }

    show(html) {
      this.list.innerHTML = html;
      this.list.querySelector("[role=listbox]")?.setAttribute("aria-label", "可选人员");
      const options = this.options();
      options.forEach((option, index) => {
        option.id = `${this.list.id}-${index}`;
        option.setAttribute("aria-selected", "false");
        option.classList.toggle("taken", this.ids().includes(option.dataset.id));
      });
      if (!options.length) { this.note(this.free ? `名册中没有找到，回车按“${this.input.value.trim()}”记下，以后再认定` : "没有找到，请换个写法"); return; }
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.status.textContent = `${options.length} 人可选`;
      this.move(0);
    }

    note(words) {
      const line = Object.assign(document.createElement("p"), { className: "picker-note", textContent: words });
      this.list.replaceChildren(line);
      this.list.hidden = false;
      this.status.textContent = words;
    }

    hide() {
      this.list.hidden = true;
      this.active = -1;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
    }

    options() { return [...this.list.querySelectorAll("[role=option]")]; }

    move(to) {
      const options = this.options();
      if (!options.length) return;
      this.active = (to + options.length) % options.length;
      options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.active)));
      options[this.active].scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", options[this.active].id);
    }

    key(event) {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const isOpen = !this.list.hidden;
      const moves = { ArrowDown: 1, ArrowUp: -1 };
      if (event.key in moves && isOpen) { event.preventDefault(); this.move(this.active + moves[event.key]); }
      else if (event.key === "Enter") { event.preventDefault(); this.settle(isOpen); }
      else if (event.key === "Tab" && this.free && !event.shiftKey) this.settle(isOpen);
      else if (event.key === "Escape" && isOpen) { event.preventDefault(); event.stopPropagation(); this.hide(); }
      else if (event.key === "Backspace" && !this.input.value) this.remove([...this.root.querySelectorAll(".chip")].pop());
    }

    settle(isOpen = !this.list.hidden) {
      const typed = this.input.value.trim();
      if (isOpen && this.active >= 0) this.pick(this.options()[this.active]);
      else if (this.free && typed) this.take({ id: "", label: typed });
    }

    pick(option) {
      const { id, label } = option.dataset;
      this.take({ id, label });
    }

    take({ id, label }) {
      this.input.value = "";
      clearTimeout(this.timer);
      this.waiting?.abort();
      this.hide();
      if (id && this.ids().includes(id)) return;
      if (!this.multiple) this.root.querySelectorAll(".chip").forEach((chip) => chip.remove());
      this.add({ id, label });
      this.status.textContent = `已选 ${label}`;
      this.input.focus();
    }

    add({ id, label }, { silent = false } = {}) {
      const chip = Object.assign(document.createElement("span"), { className: id ? "chip" : "chip chip-heard" });
      chip.append(label);
      const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: id ? this.name : this.free, value: id || label });
      const cross = Object.assign(document.createElement("button"), { type: "button", innerHTML: CROSS });
      cross.setAttribute("aria-label", `移除 ${label}`);
      cross.dataset.remove = "";
      chip.dataset.label = label;
      chip.append(hidden, cross);
      this.input.before(chip);
      if (!silent) this.changed();
    }

    remove(chip) {
      if (!chip) return;
      chip.remove();
      this.status.textContent = `已移除 ${chip.dataset.label}`;
      this.input.focus();
      this.changed();
    }

    changed() {
      this.input.placeholder = this.ids().length ? "" : "姓名、拼音或首字母";
      this.root.dispatchEvent(new CustomEvent("picked", { bubbles: true }));
    }

    ids() { return [...this.root.querySelectorAll(".chip input")].map((input) => input.value); }

    chosen() {
      return [...this.root.querySelectorAll(".chip")].map((chip) => ({ id: chip.matches(".chip-heard") ? "" : chip.querySelector("input").value, label: chip.dataset.label }));
    }

    set(people) {
      this.root.querySelectorAll(".chip").forEach((chip) => chip.remove());
      people.forEach((person) => this.add(person, { silent: true }));
      this.changed();
    }
  }

  const enhance = (root) => root.querySelectorAll("[data-picker]").forEach((found) => found.picker || new Picker(found));
  // Before dialog.js restores a draft, which happens at afterSwap: listen there too, in the capture phase.
  document.addEventListener("htmx:afterSwap", () => enhance(document), true);
  document.addEventListener("htmx:load", (event) => enhance(event.detail.elt.parentElement ?? document));
  enhance(document);
})();
