"use strict";
// Everything here is an addition: without it the page reads, filters and links all the same.
document.documentElement.classList.add("js");
const remembered = (value) => {
  try { // A page opened from a disk may be refused storage.
    if (value) localStorage.setItem("yitong-theme", value);
    return localStorage.getItem("yitong-theme");
  } catch { return null; }
};
const isDark = () => {
  const set = document.documentElement.dataset.theme;
  return set ? set === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};
if (remembered()) document.documentElement.dataset.theme = remembered();

const lit = [];
const light = (event) => {
  const mark = event.target.closest?.("[data-c]");
  while (lit.length) lit.pop().classList.remove("on");
  if (!mark) return;
  const keys = mark.dataset.c.split(" ");
  for (const other of mark.closest("article").querySelectorAll("[data-c]")) {
    if (other.dataset.c.split(" ").some((key) => keys.includes(key))) {
      other.classList.add("on");
      lit.push(other);
    }
  }
};
document.addEventListener("mouseover", light);
document.addEventListener("focusin", light);

const say = (text) => {
  const place = document.getElementById("said");
  place.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { place.textContent = ""; }, 2000);
};
const english = (pair) => pair.querySelector(".en > :is(p, h2, h3)").textContent;
const copy = async (text, what) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // Not allowed on file:// everywhere.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) return say("The browser does not allow copying");
  }
  say(`Copied ${what}`);
};
const shown = () => [...document.querySelectorAll(".pair")].filter((pair) => pair.offsetParent);
const whole = () => {
  let text = "";
  for (const pair of shown()) {
    const gap = pair.classList.contains("opens") ? "\n\n" : " ";
    text += (text && gap) + english(pair);
  }
  return text;
};
const go = (pairs, step) => {
  const now = document.activeElement.closest?.(".pair") ?? document.querySelector(".pair:target");
  const all = shown();
  const at = all.indexOf(now);
  const next = step > 0 ? all.slice(at + 1) : all.slice(0, Math.max(at, 0)).reverse();
  const found = next.find((pair) => pair.matches(pairs));
  if (!found) return say(step > 0 ? "No further segment" : "No earlier segment");
  found.focus({ preventScroll: true });
  found.scrollIntoView({ block: "center" });
};
const keys = {
  j: () => go(".pair", 1),
  k: () => go(".pair", -1),
  n: () => go(".flagged", 1),
  c: () => {
    const pair = document.activeElement.closest?.(".pair");
    if (pair) copy(english(pair), "the segment's English");
  },
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.("input")) return;
  keys[event.key]?.();
});
document.addEventListener("DOMContentLoaded", () => {
  const theme = document.getElementById("theme");
  const label = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
  label();
  theme.addEventListener("click", () => {
    document.documentElement.dataset.theme = remembered(isDark() ? "light" : "dark")
      ?? (isDark() ? "light" : "dark");
    label();
  });
  document.getElementById("copy").addEventListener("click", () => copy(whole(), "the English"));
  const printed = document.getElementById("printed");
  printed.addEventListener("click", () => {
    const open = printed.getAttribute("aria-pressed") !== "true";
    printed.setAttribute("aria-pressed", open);
    for (const details of document.querySelectorAll(".printed")) details.open = open;
  });
});
