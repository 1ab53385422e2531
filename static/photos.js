/* Photos go up one by one as soon as they are chosen: each has its progress and its own result,
   and one that is refused or lost on the way takes no other with it. */
(() => {
  "use strict";
  const QUEUES = new WeakMap();

  const line = (form, name) => {
    const item = document.createElement("li");
    const label = document.createElement("b");
    label.textContent = name;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.setAttribute("aria-label", `${name} 上传进度`);
    item.append(label, bar);
    form.querySelector(".upload-results").append(item);
    return item;
  };

  const failed = (item, words) => {
    item.className = "bad";
    item.querySelector("progress")?.replaceWith(document.createTextNode(`　${words}`));
  };

  const REASONS = { 403: "您的角色不能上传照片", 404: "这条记录已不存在，或不在您的工作范围内", 413: "文件太大，请换一张较小的照片" };

  const settle = (request, item) => {
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    const result = answer.querySelector("li.ok, li.bad");
    const refusal = answer.querySelector("[data-refusal]");
    if ([200, 422].includes(request.status) && result) item.replaceWith(result);
    else failed(item, refusal?.textContent.trim() ?? REASONS[request.status] ?? "没有保存，请重新选择这张照片上传");
  };

  const send = async (form, file, item) => transmit(form, await window.zhiheShrink(file), file.name, item);

  const transmit = (form, picture, name, item) => new Promise((done) => {
    const body = new FormData();
    body.append("photo", picture, name);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
    const bar = item.querySelector("progress");
    request.upload.addEventListener("progress", (event) => {
      // All bytes sent: from here the server works, for which there is no measure.
      if (event.lengthComputable && event.loaded < event.total) bar.value = event.loaded / event.total;
      else bar.removeAttribute("value");
    });
    request.addEventListener("load", () => { settle(request, item); done(); });
    request.addEventListener("error", () => { failed(item, "网络不通，没有保存，请重新选择这张照片上传"); done(); });
    request.send(body);
  });

  const refresh = async (form) => {
    const results = [...form.querySelectorAll(".upload-results > li")];
    if (!form.isConnected) return; // the dialog it stood in was closed: kept all the same
    await htmx.ajax("GET", form.dataset.refresh, { target: "#photos", swap: "outerHTML" });
    document.querySelector("#photos .upload-results")?.replaceChildren(...results);
  };

  const upload = (form, files) => {
    form.querySelector(".upload-results").replaceChildren();
    const waiting = files.map((file) => [file, line(form, file.name)]);
    const queue = waiting.reduce((before, [file, item]) => before.then(() => send(form, file, item)), Promise.resolve());
    QUEUES.set(form, queue.then(() => refresh(form)).finally(() => QUEUES.delete(form)));
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-photos]");
    if (!form || event.target.type !== "file" || QUEUES.has(form)) return;
    const files = [...event.target.files];
    event.target.value = "";
    if (files.length) upload(form, files);
  });

  addEventListener("beforeunload", (event) => {
    const form = document.querySelector("form[data-photos]");
    if (form && QUEUES.has(form)) event.preventDefault();
  });

  document.documentElement.classList.add("with-script");
})();
