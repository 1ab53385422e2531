/* A file dropped on the card is chosen; a chosen file that is being sent says so. Without script the form works as it is. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const drop = form.querySelector(".drop");
  const field = form.elements.file;
  const button = form.querySelector("button");

  const over = (on) => (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    drop.classList.toggle("over", on);
  };
  addEventListener("dragover", over(true));
  addEventListener("dragleave", over(false));
  addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });

  form.addEventListener("submit", () => {
    button.setAttribute("aria-busy", "true");
    button.lastChild.textContent = "正在上传……";
  });
  addEventListener("pageshow", () => button.removeAttribute("aria-busy"));
})();
