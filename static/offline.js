/* The page that opens without network: one line is written down and waits with the others. Nobody is signed in here,
   so it tells how many entries wait, and nothing of them. */
(() => {
  "use strict";
  const { owner, all, put, freshKey, DRAFT } = window.zhiheQueue;
  const SOON = 2000;
  const AGAIN = 5000;
  const form = document.getElementById("offline-form");
  const line = form.elements.line;
  const show = (id, words) => {
    const place = document.getElementById(id);
    place.textContent = words;
    place.hidden = !words;
  };
  const draw = () => show("offline-waiting", all().length ? `这台设备上有 ${all().length} 条待发送，联网登录后自动发送。` : "");

  const keep = () => {
    const words = line.value.trim();
    if (!words) { line.focus(); return; }
    const key = freshKey();
    put({ key, url: form.action, summary: words, fields: [["line", words], ["idempotency_key", key]] });
    localStorage.removeItem(DRAFT);
    line.value = "";
    show("offline-kept", "已存下。可以再写一条，或关闭页面。");
    line.focus();
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); keep(); });
  line.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    keep();
  });
  line.addEventListener("input", () => { localStorage.setItem(DRAFT, line.value); show("offline-kept", ""); });
  document.addEventListener("zhihe:queue", draw);

  /* The browser's own news of a network is no promise that ours answers. And a network that is only just back may
     answer this look and not yet the reload: then this page opens once more, and looks again soon. */
  const look = async () => {
    try {
      if (!(await fetch("/healthz", { cache: "no-store" })).ok) return;
      if (line.value.trim()) show("offline-back", "网络已恢复。请先存下，再重新打开。");
      else location.reload();
    } catch { /* not yet */ }
  };
  addEventListener("online", look);
  setTimeout(look, SOON);
  setInterval(look, AGAIN);

  form.hidden = !owner;
  document.getElementById("offline-stranger").hidden = Boolean(owner);
  line.value = localStorage.getItem(DRAFT) ?? "";
  draw();
  if (owner) line.focus();
})();
