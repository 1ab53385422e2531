/* 1…9 choose among [data-digits] radios of an open dialog, also from the picker's input while it is empty. */
(() => {
  "use strict";
  const writing = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox], .picker-input)")
    || (target.matches(".picker-input") && target.value);

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
    const radios = document.querySelectorAll("dialog[open] [data-digits] input[type=radio]");
    const radio = radios[Number(event.key) - 1];
    if (!radio || writing(event.target)) return;
    event.preventDefault();
    radio.click();
    radio.focus();
  });
})();
