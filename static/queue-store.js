/* What waits on this device, by user: read and written here only, by the queue of every page and by the page that opens
   without network. What somebody else left here is neither shown nor sent; it waits until he or she signs in again. */
(() => {
  "use strict";
  const OWNER = "queue-owner";
  const signedIn = document.body.dataset.user;
  if (signedIn) localStorage.setItem(OWNER, signedIn);
  const owner = signedIn || localStorage.getItem(OWNER);
  const KEY = `queue:${owner}`;
  const DRAFT = `offline-line:${owner}`;
  const CAPTURE = `capture:${owner}:`; // what is being typed while somebody speaks, by hearing

  const all = () => JSON.parse(localStorage.getItem(KEY) ?? "[]");
  const write = (entries) => {
    if (entries.length) localStorage.setItem(KEY, JSON.stringify(entries));
    else localStorage.removeItem(KEY);
    document.dispatchEvent(new CustomEvent("zhihe:queue"));
  };
  // Another window has written: the same news.
  addEventListener("storage", (event) => { if (event.key === KEY) document.dispatchEvent(new CustomEvent("zhihe:queue")); });

  const today = () => new Date().toLocaleDateString("sv-SE");
  const freshKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  /* What the network did not take: sent later under its idempotency_key, in the words of the day. ``about`` is for the
     page that put it there. */
  const put = ({ key, url, summary, fields, about }) => {
    const entry = { key, url, summary, about, at: new Date().toISOString(), state: "waiting", fields: [...fields, ["written_on", today()]] };
    write([...all().filter((other) => other.key !== key), entry]);
  };
  const change = (key, facts) => write(all().map((entry) => (entry.key === key ? { ...entry, ...facts } : entry)));
  const remove = (key) => write(all().filter((entry) => entry.key !== key));
  const waiting = () => all().filter((entry) => entry.state === "waiting");
  const forget = () => Object.keys(localStorage).filter((key) => [KEY, DRAFT, OWNER].includes(key) || key.startsWith(CAPTURE))
    .forEach((key) => localStorage.removeItem(key));

  window.zhiheQueue = { owner, all, waiting, put, change, remove, forget, today, freshKey, DRAFT, CAPTURE };
})();
