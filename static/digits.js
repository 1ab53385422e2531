/* 1…9 choose among [data-digits] radios: wherever nothing is being typed, from the picker's input while it is empty,
   and with Alt from anywhere. The focus stays where text is being typed. */
(() => {
  "use strict";
  const isText = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  const writing = (target) => isText(target) && !(target.matches(".picker-input") && !target.value);

  document.addEventListener("keydown", (event) => {
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1] ?? (/^[1-9]$/.test(event.key) ? event.key : "");
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey || !digit) return;
    const scope = document.querySelector("dialog[open]") ?? document;
    const radio = scope.querySelectorAll("[data-digits] input[type=radio]")[Number(digit) - 1];
    if (!radio || (writing(event.target) && !event.altKey)) return;
    event.preventDefault();
    radio.click();
    if (!isText(event.target) || event.target.matches(".picker-input")) radio.focus();
  });
})();
