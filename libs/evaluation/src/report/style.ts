/** The report's style sheet: the reader's fonts, light or dark as they like it, and readable on paper. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #5b6168; --line: #dfe2e6; --ground: #fff; --panel: #f7f8f9;
  --bar: #9aa5b1; --chosen: #0b6bcb; --mark: #22262b; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8ea; --soft: #a0a7af; --line: #363b41; --ground: #15181b; --panel: #1d2125;
    --bar: #5f6b77; --chosen: #4ea1f3; --mark: #f0f2f4; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.25rem 4rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: .95rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
p { max-width: 46rem; overflow-wrap: anywhere; }
.soft, small, caption { color: var(--soft); }
small { white-space: nowrap; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr)); gap: 1rem; }
.panel { background: var(--panel); border-radius: .5rem; padding: .75rem 1rem; margin: 0; }
.plot { display: block; width: 100%; height: auto; font: 12px system-ui, sans-serif; }
.plot.wide { min-width: 36rem; max-width: 60rem; }
.plot text { fill: var(--ink); }
.plot .tick { fill: var(--soft); font-size: 11px; }
.plot .grid { stroke: var(--line); }
.plot .axis { stroke: var(--soft); }
.plot .bar, .plot .point { fill: var(--bar); }
.plot .chosen .bar, .plot .chosen .point { fill: var(--chosen); }
.plot .chosen .name, .plot .name.chosen, .plot .chosen .value { font-weight: 600; }
.plot .interval { stroke: var(--mark); stroke-width: 1.5; fill: none; }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: .35rem; }
th, td { text-align: right; padding: .3rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top;
  unicode-bidi: isolate; }
th:first-child, .text th, .text td { text-align: left; }
tbody th { min-width: 10rem; max-width: 22rem; overflow-wrap: anywhere; font-weight: 500; }
.figures td { white-space: nowrap; }
.text td { overflow-wrap: anywhere; }
thead th { color: var(--soft); font-weight: 500; }
.badge { color: var(--chosen); font-weight: 600; font-size: .8rem; }
pre { background: var(--panel); border-radius: .5rem; padding: .75rem 1rem; overflow-x: auto; white-space: pre-wrap;
  overflow-wrap: anywhere; }
@media print { .panel { break-inside: avoid; } }
`;
