export type { DemoEvent, DemoItem } from './demo.types.js';
export { DEMO_DATA_END, demoShiftWeeks } from './demo-calendar.js';
export { readDemoEvents } from './demo-events.reader.js';
export { readDemoItems } from './demo-items.reader.js';
export { readableTitle } from './readable-title.js';
