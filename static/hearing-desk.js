/* 审议意见分解: how many are ticked; what is ticked stays so when the rows are drawn anew. */
(() => {
  "use strict";
  const boxes = () => [...document.querySelectorAll("[name=utterances]")];
  let ticked = [];

  const tell = () => {
    const place = document.querySelector("[data-ticked]");
    const number = boxes().filter((box) => box.checked).length;
    if (!place) return;
    place.textContent = number ? `已选 ${number} 条` : "";
    const jump = document.querySelector("[data-jump]"); // on a phone the form is a long way down
    jump.hidden = !number;
    jump.textContent = `已选 ${number} 条，去归纳`;
  };
  document.addEventListener("change", tell);
  document.addEventListener("htmx:beforeSwap", () => { ticked = boxes().filter((box) => box.checked).map((box) => box.value); });
  document.addEventListener("htmx:afterSettle", () => {
    boxes().forEach((box) => { box.checked ||= ticked.includes(box.value); });
    tell();
  });
  tell();
})();
