/* 审议旁听, the page that takes down what is said: speaker, Tab, words, Enter. Whatever is saved goes into the queue of
   this device first (queue-store.js) and from there to the server at once, or when the network is back (queue.js); so
   with or without network the page works alike. A row of the list stands for one utterance by its data-key; what still
   waits about it is told by the entries whose ``about.row`` is that key. */
(() => {
  "use strict";
  const root = document.querySelector("[data-capture]");
  if (!root) return;
  const { all, put, change, remove, send, mend, list: showQueue, freshKey, CAPTURE } = window.zhiheQueue;
  const PATIENCE = 1500;
  const hearing = root.dataset.capture;
  const DRAFT = CAPTURE + hearing;
  const form = root.querySelector("form");
  const words = form.elements.words;
  const { picker } = root.querySelector("[data-picker]");
  const list = root.querySelector(".capture-list");
  const mode = root.querySelector("[data-mode]");
  let editing = null; // the key of the row that is being corrected
  let before = null; // speaker and words that were there when the correction began
  let dropped = null; // the key of the row that was removed last

  /* ---- rows and what waits about them ---- */
  const rows = () => [...list.children];
  const rowOf = (key) => list.querySelector(`[data-key="${key}"]`);
  const mine = () => all().filter((entry) => entry.about?.hearing === hearing);
  const about = (key) => mine().filter((entry) => entry.about.row === key);
  const waits = (key, act) => about(key).find((entry) => entry.about.act === act);
  // On its way is not worth a word.
  const isSlow = (entry) => !navigator.onLine || Boolean(entry.reason) || Date.now() - new Date(entry.at) > PATIENCE;
  const make = (tag, facts, ...children) => {
    const element = Object.assign(document.createElement(tag), facts);
    element.append(...children);
    return element;
  };
  const clock = (iso) => new Date(iso).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

  const blank = (entry) => {
    const row = make("li", { className: "said" }, make("time", {}, clock(entry.about.said_at)), make("b", { className: "who" }), make("p", { className: "words" }));
    row.dataset.key = entry.about.row;
    list.append(row);
    return row;
  };

  const tell = (row, { speaker, said }) => {
    row.dataset.speaker = speaker.id;
    row.dataset.by = speaker.label;
    row.querySelector(".who").textContent = speaker.label;
    row.querySelector(".who").classList.toggle("heard", !speaker.id);
    row.querySelector(".words").textContent = said;
  };

  /* Below a row: that it waits, why it was refused, and the one button that brings it back. */
  const note = (row) => {
    row.querySelector(".note")?.remove();
    const entries = about(row.dataset.key);
    const refused = entries.find((entry) => entry.state === "refused");
    const waiting = entries.find((entry) => entry.state === "waiting");
    row.classList.toggle("waiting", Boolean(waiting));
    row.classList.toggle("refused", Boolean(refused));
    const line = make("div", { className: "note" });
    const button = (label, act) => line.append(make("button", { type: "button", className: "btn btn-small", onclick: act }, label));
    if (refused) {
      line.append(make("span", { className: "errors" }, `未被接受：${refused.reason}`));
      if (["say", "correct"].includes(refused.about.act)) button("打开修改", () => mend(refused));
      button("丢弃", () => discard(refused));
    } else if (row.classList.contains("gone")) {
      line.append(make("span", {}, "已删除"));
      button("恢复", () => restore(row));
    } else if (waiting && isSlow(waiting)) {
      line.append(make("span", { className: "pill pill-warn" }, "待发送"), make("span", { className: "muted" }, waiting.reason ?? ""));
    }
    if (line.childNodes.length) row.append(line);
  };

  const apply = (entry) => {
    const { act, row: key, speaker, said } = entry.about;
    const row = rowOf(key) ?? blank(entry);
    if (act === "say" || act === "correct") tell(row, { speaker, said });
    if (act === "remove") row.classList.add("gone");
    if (act === "restore") row.classList.remove("gone");
  };

  const draw = () => {
    const waiting = mine().filter((entry) => entry.state === "waiting");
    rows().filter((row) => row.matches(".waiting:not([data-version]):not(.gone)") && !about(row.dataset.key).length).forEach((row) => row.remove());
    mine().forEach(apply);
    rows().forEach(note);
    rows().forEach((row) => row.classList.toggle("editing", row.dataset.key === editing));
    root.querySelector("[data-count]").textContent = list.querySelectorAll(".said:not(.gone)").length;
    root.querySelector("[data-empty]").hidden = rows().length > 0;
    const status = root.querySelector("[data-waiting]");
    const slow = waiting.filter(isSlow);
    status.hidden = !slow.length;
    status.textContent = `待发送 ${slow.length} 条`;
  };

  const last = () => { list.scrollTop = list.scrollHeight; };

  /* ---- saving ---- */
  const queue = (act, row, url, { speaker = { id: "", label: "" }, said = "", fields = [], key = freshKey(), said_at = new Date().toISOString() }) => {
    put({ key, url, summary: [speaker.label, said].filter(Boolean).join("　"), fields: [...fields, ["idempotency_key", key]], about: { hearing, act, row, speaker, said, said_at } });
    draw();
    send().then(draw);
    setTimeout(draw, PATIENCE + 100);
  };

  const heard = (speaker, said) => [[speaker.id ? "speaker" : "heard_as", speaker.id || speaker.label], ["words", said]];

  const say = (speaker, said) => {
    const [key, said_at] = [freshKey(), new Date().toISOString()];
    queue("say", key, form.action, { speaker, said, key, said_at, fields: [...heard(speaker, said), ["said_at", said_at]] });
    last();
  };

  /* What has not been sent yet is corrected where it waits; an earlier correction that waits is replaced. */
  const correct = (row, speaker, said) => {
    const key = row.dataset.key;
    const unsent = waits(key, "say");
    if (unsent) {
      const rest = unsent.fields.filter(([name]) => !["speaker", "heard_as", "words"].includes(name));
      change(unsent.key, { state: "waiting", reason: "", summary: `${speaker.label}　${said}`, fields: [...rest, ...heard(speaker, said)], about: { ...unsent.about, speaker, said } });
      send().then(draw);
      return;
    }
    const earlier = waits(key, "correct");
    if (earlier) remove(earlier.key);
    queue("correct", key, row.dataset.correct, { speaker, said, fields: [...heard(speaker, said), ["version", row.dataset.version]] });
  };

  const drop = (row) => {
    const key = row.dataset.key;
    dropped = key;
    const unsent = waits(key, "say");
    if (unsent) {
      row.unsent = unsent;
      row.classList.add("gone");
      about(key).forEach((entry) => remove(entry.key));
    } else queue("remove", key, row.dataset.remove, { said: `删除：${row.querySelector(".words").textContent}` });
    draw();
  };

  const restore = (row) => {
    row.classList.remove("gone");
    if (row.unsent) {
      put(row.unsent);
      row.unsent = null;
      send().then(draw);
    } else queue("restore", row.dataset.key, row.dataset.restore, { said: `恢复：${row.querySelector(".words").textContent}` });
    words.focus();
  };

  const discard = (entry) => {
    if (!confirm(`丢弃后不能恢复：${entry.summary}`)) return;
    remove(entry.key);
    if (entry.about.act === "say") rowOf(entry.about.row)?.remove();
    else location.reload(); // the row as the server has it
    draw();
  };

  /* The server has it: its row takes the place of ours. Corrections that were typed meanwhile follow its version. */
  const arrived = (html, sent, kept) => {
    const row = new DOMParser().parseFromString(`<ol>${html}</ol>`, "text/html").querySelector(".said");
    if (!row) return;
    const known = rowOf(row.dataset.key);
    if (known) known.replaceWith(row);
    else list.append(row);
    about(row.dataset.key).filter((entry) => entry.about.act === "correct").forEach((entry) => {
      change(entry.key, { fields: entry.fields.map(([name, value]) => [name, name === "version" ? row.dataset.version : value]) });
    });
    if (sent && kept && JSON.stringify(kept.fields) !== JSON.stringify(sent.fields)) correct(row, kept.about.speaker, kept.about.said);
    draw();
  };
  document.addEventListener("zhihe:sent", (event) => {
    const { sent, kept, html } = event.detail;
    if (sent.about?.hearing === hearing) arrived(html, sent, kept);
  });
  // Mended in the dialog of a refusal.
  document.addEventListener("htmx:afterRequest", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (requestConfig.verb === "post" && xhr.status === 200 && xhr.responseText.includes("data-saved")) setTimeout(() => arrived(xhr.responseText));
  });
  document.addEventListener("zhihe:queue", draw);

  /* ---- the line ---- */
  const speaker = () => { picker.settle(); return picker.chosen()[0]; };
  const keep = () => localStorage.setItem(DRAFT, JSON.stringify({ speaker: picker.chosen(), words: words.value, editing, before }));
  const set = (people, text) => {
    picker.set(people);
    words.value = text;
  };

  const leave = () => {
    if (!editing) return;
    editing = null;
    mode.hidden = true;
    set(before.speaker, before.words);
    keep();
    draw();
    words.focus();
  };

  const edit = (row) => {
    if (!row || row.classList.contains("gone") || !(row.dataset.correct || waits(row.dataset.key, "say"))) return;
    if (!editing) before = { speaker: picker.chosen(), words: words.value };
    editing = row.dataset.key;
    mode.hidden = false;
    mode.querySelector("span").textContent = `正在更正 ${row.querySelector("time").textContent} ${row.dataset.by}的发言`;
    set([{ id: row.dataset.speaker, label: row.dataset.by }], row.querySelector(".words").textContent);
    keep();
    draw();
    row.scrollIntoView({ block: "nearest" });
    words.focus();
    words.setSelectionRange(words.value.length, words.value.length);
  };

  const save = () => {
    const said = words.value.trim();
    const row = editing && rowOf(editing);
    if (row && !said) { drop(row); leave(); return; }
    if (!said) { words.focus(); return; }
    const who = speaker();
    if (!who) { window.zhihe.say("请先写发言人；不认识的，写听到的姓名", "warn"); picker.input.focus(); return; }
    if (row) { correct(row, who, said); leave(); return; }
    words.value = "";
    say(who, said);
    keep();
    words.focus();
  };

  const step = (way) => {
    const open = rows().filter((row) => !row.classList.contains("gone"));
    const place = editing ? open.findIndex((row) => row.dataset.key === editing) : open.length;
    if (place + way >= open.length) leave();
    else edit(open[place + way]);
  };

  // Then the arrows go from row to row; in words that are being changed they move the caret.
  const isUntouched = () => words.value === (editing ? rowOf(editing)?.querySelector(".words").textContent : "");

  const undo = () => { const row = dropped && rowOf(dropped); dropped = null; if (row) restore(row); };

  words.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // an input method chooses a word
    const free = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    const acts = {
      Enter: () => free && save,
      ArrowUp: () => free && isUntouched() && (() => step(-1)),
      ArrowDown: () => free && editing && isUntouched() && (() => step(1)),
      Escape: () => editing && leave,
      z: () => (event.ctrlKey || event.metaKey) && !words.value && dropped && undo,
    };
    const act = acts[event.key]?.();
    if (!act) return;
    event.preventDefault();
    act();
  });
  words.addEventListener("input", keep);
  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  root.addEventListener("picked", () => {
    keep();
    if (picker.chosen().length && document.activeElement === picker.input) setTimeout(() => words.focus());
  });
  list.addEventListener("click", (event) => { if (!event.target.closest("button")) edit(event.target.closest(".said")); });
  root.querySelector("[data-cancel]").addEventListener("click", leave);
  root.querySelector("[data-drop]").addEventListener("click", () => { const row = rowOf(editing); leave(); if (row) drop(row); });
  root.querySelector("[data-waiting]").addEventListener("click", showQueue);

  /* ---- as it was left ---- */
  const draft = JSON.parse(localStorage.getItem(DRAFT) ?? "null");
  if (draft) {
    set(draft.editing ? draft.before.speaker : draft.speaker, draft.editing ? draft.before.words : draft.words);
    const row = draft.editing && rowOf(draft.editing);
    if (row) { edit(row); words.value = draft.words; picker.set(draft.speaker); }
  }
  draw();
  last();
  (picker.chosen().length ? words : picker.input).focus();
})();
