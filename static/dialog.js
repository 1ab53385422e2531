/* Dialogs that htmx puts into #dialog-host. What is typed in them is kept by drafts.js. */
(() => {
  "use strict";
  const host = document.getElementById("dialog-host");
  const { restore, forget } = window.zhiheDrafts;
  let opener = null;

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
    if (closer.dataset.close === "discard" && closer.closest("form")) forget(closer.closest("form"));
    close();
  });
  document.addEventListener("closeDialog", close);
})();
