/* Drafts: what is typed in a dialog or in a long form (data-draft) survives a slip of the finger, a dead network
   and a session that ended. In this tab only (sessionStorage) and for this user only: dropped when it is saved,
   at log-out, and when somebody else signs in. */
(() => {
  "use strict";
  const user = document.body.dataset.user;
  const PREFIX = "draft:";
  const SENT = "draft-sent";
  const NEVER = ["csrfmiddlewaretoken", "version", "idempotency_key", "phone"];

  const drop = (wanted) => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX) && wanted(key))
    .forEach((key) => sessionStorage.removeItem(key));
  if (user) drop((key) => !key.startsWith(`${PREFIX}${user}:`));

  const keyOf = (form) => `${PREFIX}${user}:${form.id}`;
  const isKept = (form) => form?.id && (form.matches("[data-draft]") || form.closest("#dialog-host"));
  const keeps = (field) => field.name && !NEVER.includes(field.name) && !["file", "password", "hidden", "submit"].includes(field.type);

  const save = (form) => {
    if (!isKept(form)) return;
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

  const forget = (form) => sessionStorage.removeItem(keyOf(form));

  const tell = (form) => {
    const note = document.createElement("p");
    note.className = "banner warn";
    const words = document.createElement("span");
    words.textContent = "已恢复您上次没有保存的内容。";
    const clear = document.createElement("button");
    clear.type = "button";
    clear.className = "btn btn-small push";
    clear.textContent = "清空重填";
    clear.addEventListener("click", () => {
      form.reset();
      form.querySelectorAll("[data-picker]").forEach((p) => p.picker?.set([]));
      forget(form);
      note.remove();
    });
    note.append(words, clear);
    form.prepend(note);
  };

  const restore = (form) => {
    const kept = isKept(form) && sessionStorage.getItem(keyOf(form));
    if (!kept || form.querySelector(".errors, .errorlist, [role=alert]")) return;
    fill(form, JSON.parse(kept));
    tell(form);
  };

  document.addEventListener("input", (event) => save(event.target.form));
  document.addEventListener("picked", (event) => save(event.target.closest("form")));

  /* ---- saved? ---- */
  const loginCame = (xhr) => xhr.getResponseHeader("HX-Redirect")?.startsWith("/accounts/login")
    || (xhr.responseURL && new URL(xhr.responseURL).pathname.startsWith("/accounts/login"));

  document.addEventListener("htmx:afterRequest", (event) => {
    const { xhr, requestConfig } = event.detail;
    const saved = requestConfig.verb === "post" && xhr.status >= 200 && xhr.status < 300 && !loginCame(xhr);
    if (saved && requestConfig.elt.matches("form[id]")) forget(requestConfig.elt);
  });

  // A whole page that was sent is saved if the next page says so in a toast.
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-draft]")) sessionStorage.setItem(SENT, keyOf(event.target));
    if (event.target.getAttribute("action")?.startsWith("/accounts/logout")) drop(() => true);
  });
  if (user && document.querySelector("#toasts .toast-ok")) sessionStorage.removeItem(sessionStorage.getItem(SENT));
  sessionStorage.removeItem(SENT);

  window.zhiheDrafts = { restore, forget };
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("form[data-draft]").forEach(restore));
})();
