/* Comfort only: every page works without it. Text is put in as text, never as markup. */
"use strict";
(function () {
  const box = document.getElementById("q");
  const hits = Array.from(document.querySelectorAll(".hit"));
  let at = -1;

  function typing(target) {
    return target.matches("input, textarea, select, [contenteditable]");
  }

  function go(step) {
    if (!hits.length) return;
    at = Math.max(0, Math.min(hits.length - 1, at + step));
    hits.forEach((hit, i) => hit.classList.toggle("here", i === at));
    hits[at].scrollIntoView({ block: "nearest" });
    const link = hits[at].querySelector(".when a");
    if (link) link.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "/") {
      if (box) { box.focus(); box.select(); } else location.href = "/search";
      event.preventDefault();
    } else if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "?") location.href = "/help";
  });

  function copyButton(text) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet copy";
    button.textContent = "copy";
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(text).then(
        function () { button.textContent = "copied"; },
        function () { button.textContent = "not possible"; });
    });
    return button;
  }

  document.querySelectorAll(".url, [data-copy]").forEach(function (element) {
    element.after(" ", copyButton(element.textContent));
  });
})();
