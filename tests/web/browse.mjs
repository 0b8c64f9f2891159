/*
 * Drives every page of `stet serve` in a real browser, with and without JavaScript, light, dark, narrow,
 * at 200 % and for print. Prints TAP. It fails on any request to another host, any error on the console,
 * any finding of axe, any page that is wider than the window.
 *
 *     node browse.mjs SERVER.json CHROMIUM PICTURES        what serve --json printed; a folder, or "-"
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const modules = createRequire(process.env.STET_NODE_MODULES + "/");
const { chromium } = modules("playwright-core");
const axe = readFileSync(modules.resolve("axe-core/axe.min.js"), "utf8");

const [, , serverFile, browserPath, pictures] = process.argv;
const server = JSON.parse(readFileSync(serverFile, "utf8").split("\n")[0]);
const site = `http://127.0.0.1:${server.port}`;

let count = 0, failed = 0;
function tell(good, name, why) {
  console.log(`${good ? "ok" : "not ok"} ${++count} - ${name}`);
  if (good) return;
  failed++;
  for (const line of String(why).split("\n").slice(0, 30)) console.log("#   " + line);
}

const pages = {
  first: "/",
  search: "/search?q=permit",
  searchDated: "/search?q=permit+date%3A2016-03..2016-08",
  searchOn: "/search?q=from%3Atern+permit&explain=1",
  searchNothing: "/search?q=permit+quincunx+xyzzy",
  searchWrong: "/search?q=%22never+closed",
  facetsAll: "/search?q=&all=sender",
  conversations: "/conversations",
  conversation: "/conversation?id=1&at=40",
  conversationDate: "/conversation?id=1&date=2016-06",
  message: "/message?id=40",
  bytes: "/raw?id=40",
  verify: "/verify",
  people: "/people",
  timeline: "/timeline",
  sources: "/sources",
  marked: "/marked",
  import: "/import",
  export: "/export?q=permit",
  help: "/help",
  missing: "/nothing-here",
};

const browser = await chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
});

/* What a context saw that it should not have. */
function watch(context) {
  const seen = [];
  context.on("page", (page) => {
    page.on("console", (m) => {
      /* A page that says 400 or 404 is meant to. */
      if (["error", "warning"].includes(m.type()) && !/status of 40[034]/.test(m.text()))
        seen.push(`console ${m.type()}: ${m.text()}`);
    });
    page.on("pageerror", (e) => seen.push(`error: ${e.message}`));
    page.on("requestfailed", (r) => {
      if (!/ERR_ABORTED/.test(r.failure()?.errorText ?? "")) seen.push(`failed: ${r.url()}`);
    });
  });
  context.on("request", (r) => {
    const url = r.url();
    if (!url.startsWith(site + "/") && !url.startsWith("data:") && !url.startsWith("about:"))
      seen.push(`request to ${url}`);
  });
  return seen;
}

/* One cookie for all: the start address works once. */
let cookies = null;
async function open(options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const seen = watch(context);
  if (cookies) {
    await context.addCookies(cookies);
  } else {
    const page = await context.newPage();
    await page.goto(server.start);
    await page.waitForURL(site + "/");
    cookies = await context.cookies();
    await page.close();
  }
  return { context, page: await context.newPage(), seen };
}

async function width(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

async function picture(page, name, full) {
  if (pictures !== "-") await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: !!full });
}

async function findings(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const result = await window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return result.violations.map((v) => `${v.id}: ${v.help}\n` +
      v.nodes.slice(0, 4).map((n) => `  ${n.target.join(" ")}: ${n.failureSummary}`).join("\n")).join("\n");
  });
}

/* ---- every page in every look --------------------------------------------------------------- */

const looks = {
  light: {},
  dark: { colorScheme: "dark" },
  narrow: { viewport: { width: 360, height: 740 } },
  double: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
  noscript: { javaScriptEnabled: false },
};

async function visit(look, options) {
  const { context, page, seen } = await open(options);
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(site + path);
    tell(seen.length === 0, `${name}, ${look}: no stranger is asked, nothing is wrong`, seen.join("\n"));
    seen.length = 0;
    tell(await width(page) <= 0, `${name}, ${look}: it fits the window`, `${await width(page)} px too wide`);
    if (options.javaScriptEnabled !== false) {
      const found = await findings(page);
      tell(found === "", `${name}, ${look}: axe finds nothing`, found);
    }
    await picture(page, `${name}-${look}`);
  }
  await context.close();
}

/* ---- what a reporter does ------------------------------------------------------------------- */

async function find(page, query) {
  await page.goto(site + "/");
  await page.fill("#q", query);
  await page.press("#q", "Enter");
  await page.waitForURL(/\/search\?/);
}

async function loop(look, options) {
  const { context, page, seen } = await open(options);
  const script = options.javaScriptEnabled !== false;
  await find(page, "permit");
  const text = await page.textContent(".order strong");
  tell(/^[\d,]+ hits?$/.test(text), `${look}: a search counts its hits`, text);

  await page.locator(".facets a.name").first().click();
  tell((await page.inputValue("#q")).startsWith("permit from:"), `${look}: a facet narrows the query in the box`,
    await page.inputValue("#q"));
  tell(await page.locator(".facets .on").count() > 0, `${look}: and is ticked`, "no tick");

  await find(page, "permit");
  await page.locator(".star").first().click();
  await page.waitForURL(/\/search/);
  tell(await page.locator(".star").first().textContent() === "★", `${look}: a star is set and stays on the page`,
    await page.locator(".star").first().textContent());
  await page.locator(".star").first().click();
  await page.waitForURL(/\/search/);
  tell(await page.locator(".star").first().textContent() === "☆", `${look}: and taken off`, "still set");

  await page.locator(".when a").first().click();
  tell(await page.locator(".message.here").count() === 1, `${look}: the time leads to the message in its conversation`,
    page.url());

  await page.goto(site + "/verify");
  await page.fill("#quote", "a sill by any other name is still a wall");
  await page.fill("#by", "Lirra Watch");
  await page.locator("button", { hasText: /^Check$/ }).click();
  await page.waitForLoadState();
  tell(/verbatim|typographic/i.test(await page.textContent("body")), `${look}: a quotation is checked`,
    (await page.textContent("body")).slice(0, 300));
  if (script) tell((await findings(page)) === "", `${look}: and the report is for everybody`, await findings(page));
  await picture(page, `report-${look}`);

  await page.goto(site + "/verify");
  await page.setInputFiles("#file", process.env.STET_DRAFT);
  await page.locator("button", { hasText: "Check every quotation" }).click();
  await page.waitForLoadState();
  tell(await page.locator("body").evaluate((b) => b.textContent.length).catch(() => 2000) > 1000,
    `${look}: a draft is checked`, page.url());
  if (script) tell((await findings(page)) === "", `${look}: its report too`, await findings(page));
  await picture(page, `draft-${look}`);

  await page.goto(site + "/export?q=permit");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("button.main")]);
  tell(/^stet-export\.\w+$/.test(download.suggestedFilename()), `${look}: messages are taken away as a file`,
    download.suggestedFilename());
  await download.delete();
  tell(seen.length === 0, `${look}: all of it without strangers or errors`, seen.join("\n"));
  await context.close();
}

/* ---- what JavaScript adds ------------------------------------------------------------------- */

async function comfort() {
  const { context, page, seen } = await open({});
  await page.goto(site + "/search?q=permit");
  await page.locator("h1").click({ force: true }).catch(() => {});
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  tell(await page.locator(".hit").nth(1).evaluate((h) => h.classList.contains("here")), "j goes to the next hit", "no");
  await page.keyboard.press("k");
  tell(await page.locator(".hit").nth(0).evaluate((h) => h.classList.contains("here")), "k goes back", "no");
  await page.keyboard.press("/");
  tell(await page.evaluate(() => document.activeElement.id) === "q", "/ leads to the box", "no");

  await page.keyboard.type("permit tern");
  await page.locator("#live", { hasText: / hits?/ }).waitFor({ timeout: 5000 });
  tell(/^[\d,]+ hits? · Enter/.test(await page.textContent("#live")), "the count is told while typing",
    await page.textContent("#live"));
  await page.fill("#q", "\"open");
  await page.locator("#live", { hasText: /not a whole/ }).waitFor({ timeout: 5000 });
  tell(true, "an unfinished query is no error");

  await page.goto(site + "/search?q=permit");
  const place = await page.locator(".timeline svg").boundingBox();
  const dates = await page.$$eval(".timeline [data-date]", (bars) => bars.map((b) => b.dataset.date));
  const at = (i) => place.x + (i + 0.5) * place.width / dates.length;
  await page.mouse.move(at(2), place.y + 20);
  await page.mouse.down();
  await page.mouse.move(at(4), place.y + 30, { steps: 4 });
  await picture(page, "brush");
  await page.mouse.up();
  await page.waitForURL(/date/);
  const wanted = `permit date:${dates[2]}..${dates[4]}`;
  tell(await page.inputValue("#q") === wanted, "drawing over the time line narrows to its dates",
    `${await page.inputValue("#q")} instead of ${wanted}`);
  const bars = await page.$$eval(".timeline rect", (r) => [r.length, r.filter((x) => x.classList.contains("in")).length]);
  tell(bars[0] === dates.length && bars[1] === 3, "which stand out among the others", bars.join(" "));
  await page.mouse.click(at(5), place.y + place.height - 22).catch(() => {});
  await page.waitForTimeout(200);
  tell(seen.length === 0, "comfort comes without strangers or errors", seen.join("\n"));
  await context.close();
}

async function importing() {
  const { context, page, seen } = await open({});
  await page.goto(site + "/import");
  await page.check("input[name=path]");
  await page.click("button.main");
  await page.waitForSelector(".notice.good, .notice.error", { timeout: 20000 });
  tell(await page.locator(".notice.good").count() === 1, "a file is brought in from the page", await page.textContent("main"));
  tell((await findings(page)) === "", "its summary is for everybody", await findings(page));
  await picture(page, "imported");
  tell(seen.length === 0, "without strangers or errors", seen.join("\n"));
  await context.close();
}

async function printing() {
  const { context, page } = await open({ viewport: { width: 720, height: 1000 } });
  await page.emulateMedia({ media: "print" });
  for (const name of ["search", "conversation", "message"]) {
    await page.goto(site + pages[name]);
    const shown = await page.$$eval("nav, button, .acts, .box, .facets", (all) =>
      all.filter((x) => x.getClientRects().length > 0).map((x) => x.tagName + "." + x.className));
    tell(shown.length === 0, `${name} on paper has nothing to click`, shown.join("\n"));
    await picture(page, `${name}-print`);
  }
  await context.close();
}

try {
  for (const [look, options] of Object.entries(looks)) await visit(look, options);
  await loop("with JavaScript", {});
  await loop("without JavaScript", { javaScriptEnabled: false });
  await comfort();
  await printing();
  await importing();
} catch (error) {
  tell(false, "the browser got through", error.stack);
}
await browser.close();
console.log(`1..${count}`);
process.exitCode = failed ? 1 : 0;
