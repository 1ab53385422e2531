/* 粘贴名单 below a person picker: a pasted list is matched by the server, looked over here, and then picked.
   A list pasted into the picker itself comes here, too. */
(() => {
  "use strict";
  const SEVERAL = /\n|[、，,；;]|\S\s+\S/;
  const pickerOf = (paste) => paste.closest(".field").querySelector("[data-picker]").picker;

  const match = async (paste) => {
    const result = paste.querySelector(".paste-result");
    const body = new FormData();
    body.append("names", paste.querySelector("textarea").value);
    const headers = { "HX-Request": "true", "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"] };
    try {
      const answer = await fetch(paste.dataset.url, { method: "POST", body, headers });
      if (answer.redirected || answer.headers.has("HX-Redirect")) throw new Error("登录已失效，请刷新页面重新登录，已填内容会保留");
      if (answer.status === 422) result.textContent = await answer.text();
      else if (answer.ok) result.innerHTML = await answer.text();
      else throw new Error("没有识别，请稍后重试");
    } catch (error) {
      result.textContent = error instanceof TypeError ? "网络不通，请稍后重试" : error.message;
    }
    result.querySelector("input")?.focus();
  };

  const addAll = (paste) => {
    const picker = pickerOf(paste);
    const wanted = [...paste.querySelectorAll("[data-add]:checked")].map((box) => ({ id: box.dataset.add, label: box.dataset.label }));
    const known = new Set(picker.ids());
    picker.set([...picker.chosen(), ...wanted.filter((person) => !known.has(person.id))]);
    paste.querySelector("textarea").value = "";
    paste.querySelector(".paste-result").replaceChildren();
    paste.open = false;
    picker.input.focus();
  };

  document.addEventListener("click", (event) => {
    const paste = event.target.closest("[data-paste]");
    if (!paste) return;
    if (event.target.closest("[data-match]")) match(paste);
    if (event.target.closest("[data-add-all]")) addAll(paste);
  });

  document.addEventListener("paste", (event) => {
    const paste = event.target.matches(".picker-input") && event.target.closest(".field")?.querySelector("[data-paste]");
    const text = event.clipboardData?.getData("text") ?? "";
    if (!paste || !SEVERAL.test(text.trim())) return;
    event.preventDefault();
    paste.open = true;
    paste.querySelector("textarea").value = text;
    match(paste);
  });
})();
