"""How every HTML page of the program looks: the dashboard's colours, light, dark and on paper."""

BASE_STYLE = """
:root {
  color-scheme: light dark;
  --paper: #f7f5f0; --surface: #f1eee7; --panel: #e8e4da; --line: #c2bfb5; --faint: #87867c; --muted: #62676b;
  --ink: #30383e; --strong: #0e1418;
  --sea: #1f6a8c; --sand: #8a6110; --green: #3f7327; --amber: #a15c00; --red: #b02a37; --violet: #6a4ea3;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #0f1418; --surface: #141a20; --panel: #1b232b; --line: #33414d; --faint: #6a7884; --muted: #8d9caa;
    --ink: #c9d3da; --strong: #f1f5f7;
    --sea: #7fb8cf; --sand: #e2c58c; --green: #9cc27c; --amber: #e8a95f; --red: #e5727c; --violet: #b39ddb;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; background: var(--paper); }
body {
  margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 60rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.65 system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3 { color: var(--strong); line-height: 1.3; font-weight: 600; text-wrap: balance; break-after: avoid; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p, ul, ol, dl, table, figure { margin: .5rem 0; }
ul, ol { padding-inline-start: 1.4em; }
a { color: var(--sea); text-underline-offset: .15em; }
small, .quiet { color: var(--muted); font-size: .875rem; }
.written { white-space: pre-wrap; }
.warning { color: var(--red); font-weight: 600; }
.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.on-paper { display: none; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; color: var(--muted); font-size: .875rem; padding-bottom: .25rem; }
th, td { text-align: start; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--muted); font-size: .875rem; }
th.number, td.number { text-align: end; }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption { color: var(--muted); font-size: .875rem; }
details { margin: .5rem 0; }
summary { cursor: pointer; color: var(--sea); }
@media print {
  @page { size: A4; margin: 12mm 14mm; }
  :root {
    color-scheme: light;
    --paper: #fff; --surface: #fff; --panel: #f0f0f0; --line: #bbb; --faint: #777; --muted: #444;
    --ink: #111; --strong: #000;
  }
  body { padding: 0; max-width: none; font-size: 10pt; line-height: 1.45; }
  h2 { margin-top: 1rem; }
  a { color: inherit; }
  .on-screen { display: none; }
  .on-paper { display: revert; }
  .wide { overflow: visible; }
  figure, tr, li, .short { break-inside: avoid; }
}
"""
