/* What every page does: progress line, toasts, failures in words, shortcuts, menus. Dialogs are in dialog.js. */
(() => {
  "use strict";
  const KEPT = "内容已保留，请稍后重试";

  /* ---- toasts ---- */
  const dismiss = (toast) => toast.remove();

  const startClock = (toast) => {
    let timer = 0;
    const life = toast.matches(".toast-next") ? 20000 : toast.querySelector("[data-toast-undo]") ? 12000 : 8000;
    const run = () => { timer = setTimeout(() => dismiss(toast), life); };
    const hold = () => clearTimeout(timer);
    toast.addEventListener("mouseenter", hold);
    toast.addEventListener("mouseleave", run);
    toast.addEventListener("focusin", hold);
    toast.addEventListener("focusout", run);
    run();
  };

  const adopt = (root) => root.querySelectorAll("[data-toast]:not([data-ticking])").forEach((toast) => {
    toast.dataset.ticking = "";
    startClock(toast);
  });

  const say = (words, tone = "bad") => {
    const toast = document.createElement("div");
    toast.className = `toast toast-${tone}`;
    toast.dataset.toast = "";
    const text = document.createElement("span");
    text.textContent = words;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "btn btn-small";
    close.dataset.toastClose = "";
    close.textContent = "知道了";
    toast.append(text, close);
    const shelf = document.getElementById("toasts");
    shelf.querySelectorAll(".toast-bad").forEach((old) => old.textContent.includes(words) && old.remove());
    shelf.append(toast);
    adopt(shelf);
  };

  /* A toast lives on the page, but an open modal dialog makes the page inert: move the shelf into it. */
  const shelve = () => {
    const shelf = document.getElementById("toasts");
    const modal = document.querySelector("dialog:modal");
    const home = modal || document.body;
    if (shelf && shelf.parentElement !== home) home.append(shelf);
  };

  /* 撤销 must stay in the page until its answer came: htmx finds what to swap from the button's own document. */
  const leave = (toast, closer) => {
    if (!closer.matches("[data-toast-undo]")) { dismiss(toast); return; }
    toast.hidden = true;
    closer.addEventListener("htmx:afterRequest", () => dismiss(toast), { once: true });
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
    const closer = event.target.closest("[data-toast-close], [data-toast-undo]");
    if (closer) leave(closer.closest("[data-toast]"), closer);
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  /* ---- progress and failures ---- */
  let running = 0;
  const quiet = (event) => event.detail.elt.closest("[data-quiet]");
  const tick = (step) => (event) => {
    if (quiet(event)) return;
    running = Math.max(0, running + step);
    document.getElementById("progress").classList.toggle("busy", running > 0);
  };
  document.addEventListener("htmx:beforeRequest", tick(1));
  document.addEventListener("htmx:afterRequest", tick(-1));

  ["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, (event) => {
    if (!quiet(event) && !event.detail.elt.matches("[data-queue]")) say(`网络不通，${KEPT}`); // those: queue.js
  }));

  document.addEventListener("htmx:responseError", (event) => {
    if (quiet(event)) return;
    const status = event.detail.xhr.status;
    if (status === 403) say("您的角色不能进行这项操作，或页面停留过久。请刷新后再试");
    else if (status === 404) say("这条记录不存在，或不在您的工作范围内");
    else if (status === 413) say("文件太大，请换一张较小的照片");
    else if (status === 503) say(`系统正忙，${KEPT}`);
    else say(`系统出错，${KEPT}；仍不行请告知系统管理员`);
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    // The session ended: the answer is the log-in page. What was typed is kept as a draft (dialog.js).
    if (xhr.responseURL && new URL(xhr.responseURL).pathname.startsWith("/accounts/login")) {
      event.detail.shouldSwap = false;
      location.assign(`/accounts/login/?next=${encodeURIComponent(location.pathname + location.search)}`);
      return;
    }
    // A refusal (409) is said where the user is, and never takes the place of what was typed.
    if (xhr.status === 409 && xhr.responseText.includes("data-refusal")) {
      event.detail.shouldSwap = false;
      const words = new DOMParser().parseFromString(xhr.responseText, "text/html").querySelector("[data-refusal]");
      say(words.textContent.trim());
    }
  });

  document.addEventListener("htmx:afterSettle", () => { shelve(); adopt(document); });
  document.addEventListener("zhihe:dialog", shelve);

  /* ---- an ordinary form asks first where it says so (htmx has hx-confirm), and is sent once ---- */
  document.addEventListener("submit", (event) => {
    const question = event.target.dataset.confirm;
    if (question && !confirm(question)) { event.preventDefault(); return; }
    const button = event.submitter;
    if (event.defaultPrevented || !button || event.target.matches("[hx-post], [hx-get], [method=dialog]")) return;
    setTimeout(() => { button.setAttribute("aria-busy", "true"); button.disabled = true; }, 0);
  });
  // On a phone the tabs are a strip wider than the screen: the open one is in sight.
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  addEventListener("pageshow", () => document.querySelectorAll("[aria-busy=true]").forEach((button) => {
    button.removeAttribute("aria-busy");
    button.disabled = false;
  }));

  /* ---- shortcuts ---- */
  const typing = (target) => target.closest("input, select, textarea, [contenteditable]");

  const shortcut = (event) => {
    if (event.isComposing) return null;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return () => event.target.closest("form")?.requestSubmit();
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return null;
    if (event.key === "n" || event.key === "N") return () => document.querySelector("[data-quick-log]")?.click();
    const next = /^[a-z]$/i.test(event.key) && [...document.querySelectorAll(`#toasts [data-ticking] [data-key="${event.key.toLowerCase()}"]`)].pop();
    if (next) return () => next.click();
    if (event.key === "/") return () => document.querySelector(".filters input[type=search], .filters input[type=text]")?.focus();
    return null;
  };
  document.addEventListener("keydown", (event) => {
    const act = shortcut(event);
    if (!act) return;
    event.preventDefault();
    act();
  });

  window.zhihe = { say };
  adopt(document);
})();
