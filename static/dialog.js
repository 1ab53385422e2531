/* Dialogs that htmx puts into #dialog-host, and drafts: text typed in a dialog survives its loss.
   Drafts live in this tab only (sessionStorage), belong to the signed-in user and are dropped at log-out. */
(() => {
  "use strict";
  const host = document.getElementById("dialog-host");
  const user = document.body.dataset.user;
  const NEVER = ["csrfmiddlewaretoken", "version", "idempotency_key"];
  let opener = null;

  if (!user) {
    Object.keys(sessionStorage).filter((key) => key.startsWith("draft:")).forEach((key) => sessionStorage.removeItem(key));
  }

  /* ---- drafts ---- */
  const keyOf = (form) => `draft:${user}:${form.id}`;
  const keeps = (field) => field.name && !NEVER.includes(field.name) && !["file", "password", "hidden", "submit"].includes(field.type);

  const save = (form) => {
    if (!form.id) return;
    const fields = [...form.elements].filter(keeps).map((f) => [f.name, f.value, Boolean(f.checked)]);
    const pickers = [...form.querySelectorAll("[data-picker]")].map((p) => [p.dataset.name, p.picker?.chosen() ?? []]);
    sessionStorage.setItem(keyOf(form), JSON.stringify({ fields, pickers }));
  };

  const fill = (form, draft) => {
    draft.fields.forEach(([name, value, checked]) => {
      const found = [...form.elements].filter((f) => f.name === name && keeps(f));
      const field = found.find((f) => f.value === value) ?? found[0];
      if (!field) return;
      if (["checkbox", "radio"].includes(field.type)) field.checked = checked;
      else field.value = value;
    });
    draft.pickers.forEach(([name, chosen]) => {
      form.querySelector(`[data-picker][data-name="${CSS.escape(name)}"]`)?.picker?.set(chosen);
    });
  };

  const tell = (form) => {
    const note = document.createElement("p");
    note.className = "banner warn";
    const words = document.createElement("span");
    words.textContent = "已恢复您上次没有保存的内容。";
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "btn btn-small push";
    drop.textContent = "清空重填";
    drop.addEventListener("click", () => {
      form.reset();
      form.querySelectorAll("[data-picker]").forEach((p) => p.picker?.set([]));
      forget(form);
      note.remove();
    });
    note.append(words, drop);
    form.prepend(note);
  };

  const forget = (form) => sessionStorage.removeItem(keyOf(form));

  const restore = (form) => {
    const kept = form.id && sessionStorage.getItem(keyOf(form));
    if (!kept || form.querySelector(".errors, .errorlist")) return;
    fill(form, JSON.parse(kept));
    tell(form);
  };

  host.addEventListener("input", (event) => event.target.form && save(event.target.form));
  host.addEventListener("picked", (event) => event.target.closest("form") && save(event.target.closest("form")));

  /* ---- opening and closing ---- */
  const giveBackFocus = () => {
    (opener?.isConnected ? opener : document.getElementById("main"))?.focus();
    opener = null;
  };

  const close = () => {
    const dialog = host.querySelector("dialog");
    if (dialog?.open) dialog.close();
    else giveBackFocus();
  };

  const open = (dialog) => {
    dialog.addEventListener("close", () => {
      if (!dialog.isConnected) return;
      document.body.append(document.getElementById("toasts"));
      dialog.remove();
      giveBackFocus();
    });
    dialog.addEventListener("mousedown", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.showModal();
    document.dispatchEvent(new CustomEvent("zhihe:dialog"));
    dialog.querySelectorAll("form").forEach(restore);
    (dialog.querySelector(".has-error input:not([type=hidden]), .has-error select, .has-error textarea")
      ?? dialog.querySelector("[autofocus], .picker-input")
      ?? dialog.querySelector("input:not([type=hidden]), textarea, select"))?.focus();
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!host.contains(event.detail.elt)) opener = event.detail.target === host ? event.detail.elt : opener;
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    // The shelf of toasts may be inside the dialog that is about to go.
    if (event.detail.target === host) document.body.append(document.getElementById("toasts"));
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.requestConfig.elt;
    if (event.detail.xhr.status >= 200 && event.detail.xhr.status < 300 && form.matches("form[id]")) forget(form);
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== host) return;
    const dialog = host.querySelector("dialog[data-open]");
    if (!dialog) giveBackFocus();
    else if (!dialog.open) open(dialog);
  });

  document.addEventListener("click", (event) => {
    const closer = event.target.closest("[data-close]");
    if (!closer) return;
    event.preventDefault();
    if (closer.dataset.close === "discard" && closer.form) forget(closer.form);
    close();
  });
  document.addEventListener("closeDialog", close);
})();
