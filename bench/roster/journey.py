"""One hand at the keyboard: N, initials, Enter for the best offer, a digit for the method, the note, Ctrl+Enter."""

import os
from types import TracebackType

from playwright.sync_api import sync_playwright

# Stops the clock in the page itself: from the key to the frame in which the toast stands.
CLOCK = """() => {
  window.took = [];
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) window.pressed = performance.now();
  }, true);
  new MutationObserver(() => {
    if (!window.pressed || !document.querySelector("#toasts [data-saved]")) return;
    const since = window.pressed;
    window.pressed = 0;
    requestAnimationFrame(() => window.took.push(performance.now() - since));
  }).observe(document.body, { childList: true, subtree: true });
}"""


class Journey:
    def __init__(self, url: str, cookie: tuple[str, str]) -> None:
        self.url, self.cookie = url, cookie
        self.times: list[float] = []  # seconds
        self.keystrokes = 0  # of one contact, beside name and note; a chord counts each of its keys

    def __enter__(self) -> "Journey":
        self.playwright = sync_playwright().start()
        options = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        self.browser = self.playwright.chromium.launch(executable_path=path, args=options)
        context = self.browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", bypass_csp=True)
        context.add_cookies([{"name": self.cookie[0], "value": self.cookie[1], "url": self.url}])
        self.page = context.new_page()
        self.page.goto(f"{self.url}/follow-ups/")
        self.page.evaluate(CLOCK)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.browser.close()
        self.playwright.stop()

    def log(self, initials: str, note: str) -> None:
        page, self.keystrokes = self.page, 0
        self._press("n")
        page.locator("[name=line]:focus").wait_for()
        page.keyboard.type(initials)
        page.locator(".line-read [data-pick], .line-read [data-kind=who]").first.wait_for()
        self._press("Enter" if page.locator("[data-pick]").count() else " ")
        page.locator(".line-read [data-kind=who]").first.wait_for()
        self._press("1")
        self._press(" ")
        page.keyboard.insert_text(note)
        self._press("Control+Enter")
        page.wait_for_function("took.length")
        self.times += [each / 1000 for each in page.evaluate("took.splice(0)")]
        page.evaluate("document.querySelectorAll('#toasts [data-toast]').forEach((toast) => toast.remove())")
        page.locator("dialog").wait_for(state="detached")

    def _press(self, keys: str) -> None:
        self.page.keyboard.press("Space" if keys == " " else keys)
        self.keystrokes += len(keys.split("+"))
