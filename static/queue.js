/* Contacts, and words heard in session, that could not be sent: kept on this device for this user (queue-store.js), sent by themselves when the
   network is back, each exactly once (the server knows its idempotency_key). What the server refuses stays and says
   why. Dropped at log-out, after a warning. */
(() => {
  "use strict";
  const { user } = document.body.dataset;
  if (!user) return;
  const { all, waiting, put, change, remove, forget, today, freshKey } = window.zhiheQueue;
  const COPY = `quick-form:${user}`;
  const SAVED = /data-saved="([0-9a-f-]{36})"/;
  const AGAIN = 20000;
  const COPY_AGE = 6 * 3600 * 1000;
  const host = document.getElementById("dialog-host");
  const link = document.querySelector("a[data-queue]");

  // The form of somebody else names people; what he or she wrote stays for the next time.
  Object.keys(localStorage).filter((key) => key.startsWith("quick-form:") && key !== COPY)
    .forEach((key) => localStorage.removeItem(key));

  /* ---- sending ---- */
  const post = (entry) => {
    const body = new FormData();
    entry.fields.forEach(([name, value]) => body.append(name, value));
    body.append("written_by", user); // somebody else may have signed in beside this page
    const headers = { "HX-Request": "true", "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"] };
    return fetch(entry.url, { method: "POST", body, headers });
  };

  const reasons = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    return [...page.querySelectorAll("[data-refusal], .errors li, .errorlist li")].map((each) => each.textContent.trim()).join(" ");
  };

  /* Only the mark of the saved contact counts: a portal of a hotel also answers 200. */
  const settle = async (entry, answer) => {
    const text = await answer.text();
    if (answer.ok && SAVED.exec(text)?.[1] === entry.key) {
      const kept = all().find((other) => other.key === entry.key);
      remove(entry.key);
      document.dispatchEvent(new CustomEvent("zhihe:sent", { detail: { sent: entry, kept, html: text } }));
      return true;
    }
    if ([400, 409, 422].includes(answer.status)) change(entry.key, { state: "refused", reason: reasons(text) || "没有保存，请打开修改" });
    else if (answer.redirected || answer.headers.has("HX-Redirect")) change(entry.key, { reason: "登录已失效，重新登录后自动发送" });
    else if (answer.status === 404) change(entry.key, { reason: "这条已不在您的工作范围内，请联系办公室" });
    else if (answer.status === 403) change(entry.key, { reason: "请刷新页面，由本人登录后自动发送" });
    return false;
  };

  const sendAll = async ({ quietly = false } = {}) => {
    let sent = 0;
    try {
      for (const entry of waiting()) sent += Number(await settle(entry, await post(entry)));
    } catch { /* still no network: the next try comes by itself */ }
    if (!sent || quietly) return;
    window.zhihe.say(`网络已恢复，已发送 ${sent} 条`, "ok");
    htmx.trigger(document.body, "contactsChanged");
  };

  /* One window at a time; the others see by the list what was sent. */
  const flush = () => (navigator.locks
    ? navigator.locks.request("queue", { ifAvailable: true }, (lock) => lock && sendAll())
    : sendAll());

  /* For a page that puts everything here first: at once, after whatever is being sent. */
  const send = () => (navigator.locks
    ? navigator.locks.request("queue", () => sendAll({ quietly: true }))
    : sendAll({ quietly: true }));

  /* ---- keeping what the network did not take ---- */
  const words = (form, fields) => {
    const value = (name) => fields.find(([field]) => field === name)?.[1] ?? "";
    const names = form.querySelector("[data-picker]").picker.chosen().map((person) => person.label).join("、");
    return value("line") || [names, value("note")].filter(Boolean).join("　");
  };

  const keep = (form, data) => {
    const fields = [...data.entries()].filter(([name]) => !["csrfmiddlewaretoken", "written_on"].includes(name));
    const summary = words(form, fields);
    if (!summary) { window.zhihe.say("没有网络。先写下内容，联网后会自动发送", "warn"); return; }
    put({ key: form.elements.idempotency_key.value, url: form.action, summary, fields });
    window.zhiheDrafts.forget(form);
    document.body.dispatchEvent(new CustomEvent("closeDialog", { bubbles: true }));
    window.zhihe.say("没有网络，已存在这台设备上，联网后自动发送", "warn");
  };

  /* ---- the form without network: the copy of the last time ---- */
  const copy = (html) => { if (html.includes("data-line")) localStorage.setItem(COPY, JSON.stringify({ at: Date.now(), html })); };

  const show = (content) => {
    if (typeof content === "string") host.innerHTML = content;
    else host.replaceChildren(content);
    htmx.process(host);
    host.dispatchEvent(new CustomEvent("htmx:afterSwap", { bubbles: true, detail: { target: host, elt: host } }));
  };

  const openCopy = () => {
    const kept = localStorage.getItem(COPY);
    if (!kept) { window.zhihe.say("没有网络，暂时打不开登记页"); return; }
    const page = new DOMParser().parseFromString(JSON.parse(kept).html, "text/html").querySelector("dialog");
    page.querySelector("[name=idempotency_key]").setAttribute("value", freshKey());
    const day = page.querySelector("[name=happened_on]");
    ["value", "max"].forEach((name) => day.setAttribute(name, today()));
    show(page.outerHTML);
  };

  const lost = (event) => {
    const { elt, requestConfig } = event.detail;
    if (elt.matches("form[data-queue]")) keep(elt, requestConfig.formData);
    else if (elt.matches("a[data-queue]")) openCopy();
  };
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:timeout", lost);

  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr, requestConfig } = event.detail;
    if (xhr.status !== 200) return;
    const saved = requestConfig.verb === "post" && SAVED.exec(xhr.responseText)?.[1];
    if (saved) remove(saved);
    if (elt.matches("a[data-queue]")) copy(xhr.responseText);
  });

  /* ---- looking, mending, discarding ---- */
  const make = (tag, facts, ...children) => {
    const element = Object.assign(document.createElement(tag), facts);
    element.append(...children);
    return element;
  };

  const mend = (entry) => {
    const values = {};
    entry.fields.forEach(([name, value]) => { (values[name] ??= []).push(value); });
    htmx.ajax("POST", entry.url, { target: "#dialog-host", swap: "innerHTML", values });
  };

  const discard = (entry) => {
    if (!confirm(`丢弃后不能恢复：${entry.summary}`)) return;
    remove(entry.key);
    if (all().length) list(); else document.body.dispatchEvent(new CustomEvent("closeDialog", { bubbles: true }));
  };

  const row = (entry) => {
    const state = entry.state === "refused" ? "未被接受" : "待发送";
    const when = new Date(entry.at).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
    const actions = make("div", { className: "toolbar" });
    const button = (label, act, style = "") => actions.append(make("button", { type: "button", className: `btn btn-small ${style}`, onclick: act }, label));
    if (entry.state === "refused") button("打开修改", () => mend(entry));
    button("丢弃", () => discard(entry), "btn-danger");
    const line = make("p", {}, make("span", { className: `pill pill-${entry.state === "refused" ? "bad" : "warn"}` }, state), ` ${when}`);
    const item = make("li", {}, line, make("p", {}, entry.summary));
    if (entry.reason) item.append(make("p", { className: "errors" }, entry.reason));
    item.append(actions);
    return item;
  };

  const list = () => {
    document.querySelectorAll("#toasts .toast-warn").forEach((toast) => toast.remove()); // they lie over the buttons
    const dialog = make("dialog", { className: "dialog" });
    dialog.dataset.open = "";
    dialog.setAttribute("aria-labelledby", "queue-title");
    const close = make("button", { type: "button", className: "btn" }, "关闭");
    close.dataset.close = "";
    const retry = make("button", { type: "button", className: "btn btn-primary", onclick: async () => { await flush(); if (all().length) list(); else close.click(); } }, "重试发送");
    dialog.append(
      make("header", {}, make("h2", { id: "queue-title" }, "存在这台设备上的内容")),
      make("form", { method: "dialog" }, make("p", { className: "muted" }, "联网后自动发送；退出登录时清除。"),
        make("ul", { className: "queue-list" }, ...all().map(row)), make("div", { className: "form-actions" }, close, retry)),
    );
    show(dialog);
  };

  const badge = make("button", { type: "button", className: "btn queue-badge", hidden: true, onclick: list });
  document.body.append(badge);
  const draw = () => {
    const refused = all().length - waiting().length;
    badge.hidden = !all().length;
    badge.textContent = [waiting().length && `待发送 ${waiting().length} 条`, refused && `未被接受 ${refused} 条`].filter(Boolean).join("，");
  };

  document.addEventListener("submit", (event) => {
    if (!event.target.getAttribute("action")?.startsWith("/accounts/logout")) return;
    if (all().length && !confirm(`还有 ${all().length} 条没有发送，退出登录会丢弃它们。仍要退出吗？`)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    forget();
    localStorage.removeItem(COPY);
  }, true);

  /* ---- when to try ---- */
  addEventListener("online", flush);
  document.addEventListener("zhihe:queue", draw);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });
  setInterval(() => { if (waiting().length) flush(); }, AGAIN);
  Object.assign(window.zhiheQueue, { send, mend, list });
  draw();
  flush();

  // A page that was closed opens without network: see worker.js.
  if (link) navigator.serviceWorker?.register("/worker.js").catch(() => { /* without it, only open pages keep entries */ });

  // A phone leaves the network sooner than a desk: have the form ready before.
  const age = Date.now() - (JSON.parse(localStorage.getItem(COPY) ?? "null")?.at ?? 0);
  if (link && matchMedia("(pointer: coarse)").matches && age > COPY_AGE) {
    setTimeout(async () => {
      try { copy(await (await fetch(link.href, { headers: { "HX-Request": "true" } })).text()); } catch { /* next page */ }
    }, 1500);
  }
})();
