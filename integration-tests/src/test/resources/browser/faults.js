// What is wrong with the page that is shown, a sentence each.
const faults = [];
const width = document.documentElement.clientWidth;
const name = e => e.tagName.toLowerCase() + (e.className ? '.' + e.className : '') + ' "' + e.textContent.trim().slice(0, 30) + '"';

if (document.documentElement.scrollWidth > width) {
  faults.push('the page is ' + document.documentElement.scrollWidth + ' wide in a window of ' + width);
}
for (const e of document.querySelectorAll('body, body *:not(svg *)')) {
  const box = e.getBoundingClientRect();
  if (box.width > 0 && (box.left < -0.5 || box.right > width + 0.5)) {
    faults.push('sticks out: ' + name(e));
  }
  if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).display !== 'inline') {
    faults.push('has more than fits: ' + name(e));
  }
}
for (const e of document.querySelectorAll('a')) {
  const box = e.getBoundingClientRect();
  if (e.closest('nav, header') && (box.height < 24 || box.width < 24)) {
    faults.push('too small to touch: ' + name(e));
  }
}

const channel = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
const numbers = color => color.match(/[\d.]+/g).map(Number);
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const ground = e => {
  for (; e; e = e.parentElement) {
    const color = numbers(getComputedStyle(e).backgroundColor);
    if (color.length < 4 || color[3] === 1) return color;
  }
  return [255, 255, 255];
};
for (const e of document.querySelectorAll('body *:not(svg *)')) {
  const speaks = [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.textContent.trim());
  if (!speaks) continue;
  const [a, b] = [light(numbers(getComputedStyle(e).color)), light(ground(e))];
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (contrast < 4.5) faults.push('contrast of ' + contrast.toFixed(2) + ': ' + name(e));
}
return faults;
