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

  /* How many messages the query would find, while it is being typed. */
  const live = document.getElementById("live");
  let asked = 0, timer = 0;

  async function count(query, mine) {
    try {
      const answer = await fetch("/api/1/count?" + new URLSearchParams({ q: query }));
      const found = await answer.json();
      if (mine !== asked) return;
      if (answer.ok) live.textContent = found.count.toLocaleString("en") +
        (found.count === 1 ? " hit" : " hits") + " · Enter shows them";
      else if (found.code === "query") live.textContent = "not a whole query yet: " + found.message;
      else live.textContent = "";
    } catch (ignored) { live.textContent = ""; }
  }

  if (box && live) box.addEventListener("input", function () {
    const mine = ++asked, query = box.value;
    clearTimeout(timer);
    if (!query.trim()) { live.textContent = ""; return; }
    timer = setTimeout(function () { count(query, mine); }, 250);
  });

  /* Drawing over the time line: from the bar where it begins to the bar where it ends. */
  function dated(query, piece) {
    const old = query.trim();
    const either = / OR /.test(old) && old[0] !== "(";
    return ((either ? "(" + old + ")" : old) + " " + piece).trim();
  }

  document.querySelectorAll(".timeline[data-query]").forEach(function (line) {
    const svg = line.querySelector("svg");
    const bars = Array.from(svg.querySelectorAll("[data-date]"));
    let from = -1, to = -1, pulled = false;

    function barAt(event) {
      const place = svg.getBoundingClientRect();
      const part = (event.clientX - place.left) / place.width;
      return Math.max(0, Math.min(bars.length - 1, Math.floor(part * bars.length)));
    }
    function show() {
      bars.forEach((bar, i) => bar.classList.toggle("drawn",
        pulled && i >= Math.min(from, to) && i <= Math.max(from, to)));
    }
    svg.addEventListener("pointerdown", function (event) {
      if (event.button !== 0 || event.pointerType === "touch") return;
      from = to = barAt(event);
      pulled = false;
    });
    window.addEventListener("pointermove", function (event) {
      if (from < 0) return;
      to = barAt(event);
      pulled = pulled || to !== from;
      show();
    });
    window.addEventListener("pointerup", function () {
      if (from < 0) return;
      const first = bars[Math.min(from, to)], last = bars[Math.max(from, to)];
      from = -1;
      if (!pulled) return;
      const query = dated(line.dataset.query, "date:" + first.dataset.date + ".." + last.dataset.date);
      const now = new URLSearchParams(location.search), next = new URLSearchParams({ q: query });
      if (now.get("sort")) next.set("sort", now.get("sort"));
      location.href = "/search?" + next;
    });
    svg.addEventListener("click", function (event) {
      if (pulled) event.preventDefault();
      pulled = false;
    }, true);
    svg.addEventListener("dragstart", function (event) { event.preventDefault(); });
  });

  /* On a narrow screen the facets wait behind their heading. */
  const narrow = document.querySelector(".facets details");
  if (narrow && window.matchMedia("(max-width: 800px)").matches) narrow.open = false;

  /* An import that runs. */
  const running = document.getElementById("import");
  if (running) setInterval(async function () {
    try {
      const now = await (await fetch("/api/1/import")).json();
      if (now.state !== "runs") { location.reload(); return; }
      running.querySelector("b").textContent = now.file || "…";
      running.querySelector("progress").value =
        now.size_bytes ? 1000 * now.done_bytes / now.size_bytes : 0;
    } catch (ignored) { /* the next look may be luckier */ }
  }, 1000);
})();
