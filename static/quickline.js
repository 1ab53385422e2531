/* The one line of the quick log. The server says what it understood (chips); from there it goes into the fields below.
   A field changed by hand stays as it is (by_hand). What is sent are the fields; the line itself goes along only while
   its answer is outstanding, and the server reads it then. */
(() => {
  "use strict";
  const FIELDS = { how: "method", when: "happened_on", where: "place", note: "note" };
  const PAUSE = 120;

  class Line {
    constructor(root) {
      this.root = root;
      root.line = this;
      this.form = root.closest("form");
      this.input = root.querySelector("[name=line]");
      this.box = root.querySelector(".line-read");
      this.picker = this.form.querySelector("[data-picker]").picker;
      this.initial = Object.fromEntries(Object.values(FIELDS).map((name) => [name, this.read(name)]));
      this.own = this.picker.chosen();
      this.said = [];
      root.hidden = false;
      this.listen();
      if (this.input.autofocus && !root.closest("dialog")) this.input.focus(); // it was hidden when the page looked for it
    }

    /* ---- fields ---- */
    inputs(name) { return [...this.form.querySelectorAll(`[name="${name}"]`)]; }

    read(name) {
      const inputs = this.inputs(name);
      return inputs[0]?.type === "radio" ? inputs.find((i) => i.checked)?.value ?? "" : inputs[0]?.value ?? "";
    }

    write(name, value) {
      this.inputs(name).forEach((input) => {
        if (input.type === "radio") input.checked = input.value === value;
        else input.value = value;
      });
    }

    get byHand() { return new Set(this.form.elements.by_hand.value.split(" ").filter(Boolean)); }

    keep(name) { this.form.elements.by_hand.value = [...this.byHand.add(name)].join(" "); }

    get choices() { return { skip: [], pick: {}, ...JSON.parse(this.form.elements.line_choices.value || "{}") }; }

    set choices(value) { this.form.elements.line_choices.value = JSON.stringify(value); }

    /* ---- asking the server ---- */
    ask(pause = PAUSE) {
      clearTimeout(this.timer);
      this.waiting?.abort();
      this.stale = true;
      this.timer = setTimeout(() => this.fetch(), pause);
    }

    async fetch() {
      this.waiting = new AbortController();
      const body = new FormData();
      body.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
      body.append("line", this.input.value);
      body.append("line_choices", this.form.elements.line_choices.value);
      this.own.forEach((person) => body.append("deputies", person.id));
      try {
        const answer = await fetch(this.root.dataset.url, { method: "POST", body, headers: { "HX-Request": "true" }, signal: this.waiting.signal });
        if (answer.ok && !answer.redirected && !answer.headers.has("HX-Redirect")) this.show(await answer.text());
      } catch (error) {
        // Without an answer the line goes along when the form is sent.
        if (error.name !== "AbortError") this.box.replaceChildren();
      }
    }

    show(html) {
      this.stale = false;
      this.box.innerHTML = html;
      this.mirror();
    }

    mirror() {
      const byHand = this.byHand;
      const found = { note: this.box.querySelector("[data-note]").textContent };
      const people = [];
      this.box.querySelectorAll("[data-kind]").forEach((chip) => {
        const { kind, value, label, word } = chip.dataset;
        if (kind === "who") people.push({ id: value, label, word });
        else found[kind] = value;
        chip.hidden = kind in FIELDS && byHand.has(FIELDS[kind]);
      });
      Object.entries(FIELDS).filter(([, name]) => !byHand.has(name)).forEach(([kind, name]) => {
        this.write(name, found[kind] || this.initial[name]);
      });
      this.said = people;
      this.fill();
    }

    fill() {
      this.filling = true;
      const all = [...this.own, ...this.said];
      this.picker.set(all.filter((person, index) => all.findIndex((other) => other.id === person.id) === index));
      this.filling = false;
    }

    /* ---- correcting ---- */
    takeBack(word) {
      const { skip, pick } = this.choices;
      this.choices = { skip: [...skip, word], pick };
      this.input.focus();
      this.ask(0);
    }

    pick(button) {
      const { skip, pick } = this.choices;
      this.choices = { skip, pick: { ...pick, [button.closest("[data-ask]").dataset.word]: Number(button.dataset.pick) } };
      if (!/\s$/.test(this.input.value)) this.input.value += " ";
      this.input.focus();
      this.ask(0);
    }

    picked() {
      if (this.filling) return;
      const chosen = this.picker.chosen();
      const gone = this.said.filter((person) => !chosen.some((other) => other.id === person.id));
      this.own = chosen.filter((person) => !this.said.some((other) => other.id === person.id));
      if (!gone.length) return;
      const { skip, pick } = this.choices;
      this.choices = { skip: [...skip, ...gone.map((person) => person.word)], pick };
      this.ask(0);
    }

    take(people) {
      this.own = [...this.own, ...people.filter((person) => !this.own.some((other) => other.id === person.id))];
      this.fill();
    }

    /* ---- keys ---- */
    listen() {
      this.input.addEventListener("input", (event) => { if (!event.isComposing) this.ask(); });
      this.input.addEventListener("compositionend", () => this.ask());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.box.addEventListener("keydown", (event) => this.boxKey(event));
      this.box.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button?.dataset.pick) this.pick(button);
        else if (button) this.takeBack(button.closest("[data-word]").dataset.word);
      });
      this.form.addEventListener("picked", (event) => { if (event.target !== this.form) this.picked(); });
      this.form.addEventListener("input", (event) => this.byHandNow(event));
      this.form.addEventListener("change", (event) => this.byHandNow(event));
      this.form.addEventListener("click", (event) => {
        const offer = event.target.closest("button[data-take]");
        if (offer) this.take([{ id: offer.dataset.take, label: offer.dataset.label }]);
      });
    }

    byHandNow(event) {
      const { name } = event.target;
      if (!Object.values(FIELDS).includes(name)) return;
      this.keep(name);
      this.box.querySelectorAll("[data-kind]").forEach((chip) => { if (FIELDS[chip.dataset.kind] === name) chip.hidden = true; });
    }

    buttons() { return [...this.box.querySelectorAll("button")].filter((button) => !button.closest("[hidden]")); }

    key(event) {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "ArrowUp" && !this.input.value) {
        event.preventDefault();
        const last = [...this.form.querySelectorAll("[data-again] [data-take]")];
        this.take(last.map((person) => ({ id: person.dataset.take, label: person.dataset.label })));
      } else if (event.key === "ArrowDown") {
        event.preventDefault();
        (this.box.querySelector("[data-pick]") ?? this.buttons()[0])?.focus();
      } else if (event.key === "Enter") {
        event.preventDefault();
        const best = this.box.querySelector("[data-pick]");
        if (best && !this.stale) this.pick(best);
      }
    }

    boxKey(event) {
      const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
      const buttons = this.buttons();
      const here = buttons.indexOf(event.target);
      if (event.key in steps) (buttons[here + steps[event.key]] ?? this.input).focus();
      else if (event.key === "Delete" || event.key === "Backspace") this.takeBack(event.target.closest("[data-word]").dataset.word);
      else if (event.key === "Escape") this.input.focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    /* ---- sending ---- */
    get unsettled() { return this.stale ? null : this.box.querySelector("[data-pick]"); }

    /* What is sent: the fields; with the answer outstanding, the line and what was not taken from it. */
    prepare(parameters) {
      clearTimeout(this.timer);
      this.waiting?.abort(); // nobody looks at that answer any more
      if (!this.stale) { ["line", "line_choices", "by_hand"].forEach((name) => parameters.delete(name)); return; }
      Object.values(FIELDS).filter((name) => !this.byHand.has(name)).forEach((name) => parameters.delete(name));
      parameters.delete("deputies");
      this.own.forEach((person) => parameters.append("deputies", person.id));
    }
  }

  const enhance = (root) => root.querySelectorAll("[data-line]").forEach((found) => {
    if (!found.line) new Line(found); // eslint-disable-line no-new
  });
  // After the picker and before dialog.js restores a draft.
  document.addEventListener("htmx:afterSwap", () => enhance(document), true);
  enhance(document);

  const lineOf = (form) => form.querySelector?.("[data-line]")?.line;

  document.addEventListener("zhihe:restored", (event) => {
    const line = lineOf(event.target);
    if (line?.input.value) line.ask(0);
  });

  document.addEventListener("htmx:confirm", (event) => {
    const open = lineOf(event.detail.elt)?.unsettled;
    if (!open) return;
    event.preventDefault();
    window.zhihe.say("请先选定是哪一位", "warn");
    open.focus();
  });

  document.addEventListener("htmx:configRequest", (event) => lineOf(event.detail.elt)?.prepare(event.detail.formData));
})();
