/* 审议意见分解: how many are ticked; what is ticked stays so when the rows are drawn anew. */
(() => {
  "use strict";
  const boxes = () => [...document.querySelectorAll("[name=utterances]")];
  let ticked = [];

  const tell = () => {
    const place = document.querySelector("[data-ticked]");
    const number = boxes().filter((box) => box.checked).length;
    if (place) place.textContent = number ? `已选 ${number} 条` : "";
  };
  document.addEventListener("change", tell);
  document.addEventListener("htmx:beforeSwap", () => { ticked = boxes().filter((box) => box.checked).map((box) => box.value); });
  document.addEventListener("htmx:afterSettle", () => {
    boxes().forEach((box) => { box.checked ||= ticked.includes(box.value); });
    tell();
  });
  tell();
})();
