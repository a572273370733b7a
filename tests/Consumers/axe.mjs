// Looks at pages with axe-core; checks/axe says which.
import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.env.NODE_MODULES, 'x'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const pagesIn = directory => readdirSync(directory, { recursive: true }).sort()
  .filter(name => name.endsWith('.html')).map(name => join(directory, name));
/** latest.html leads away at once; the site's reports differ from those of the runs in their links only. */
const OTHERS = /\/(latest|report)\.html$/;
const pages = [...pagesIn(process.env.RUNS), ...pagesIn(process.env.SITE).filter(name => !OTHERS.test(name))];

/** All that can be unfolded, in both orders of the results. */
async function unfold(page, view) {
  await page.evaluate(wanted => {
    document.querySelector(`[data-view=${wanted}]`)?.click();
    if (document.getElementById('open-all')?.textContent.startsWith('Open')) {
      document.getElementById('open-all').click();
    }
    document.querySelector('button.cell')?.click();
    document.querySelector('.line.case .toggle')?.click();
    for (const details of document.querySelectorAll('details')) details.open = true;
  }, view);
}

async function violations(page) {
  const found = await page.evaluate(async () => (await axe.run()).violations
    .map(v => ({ id: v.id, help: v.help, nodes: v.nodes.map(n => `${n.target} ${n.failureSummary}`) })));
  return found.map(v => `${v.id}: ${v.help}: ${v.nodes.length} × ${v.nodes[0].replaceAll('\n', ' ')}`);
}

async function look(browser, file, width, colorScheme) {
  // A page's policy forbids other scripts than its own; axe is put in from outside.
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
  await page.goto(`file://${file}`);
  await page.evaluate(axe);
  const found = await violations(page);
  for (const view of ['kernels', 'timeline']) {
    if (await page.locator('#explore').isVisible()) {
      await unfold(page, view);
      found.push(...await violations(page));
    }
  }
  await page.close();
  return [...new Set(found)].map(text => `${file} (${width} px, ${colorScheme}): ${text}`);
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
let faults = 0;
for (const file of pages) {
  const found = [];
  for (const width of [1600, 360]) {
    for (const scheme of ['light', 'dark']) found.push(...await look(browser, file, width, scheme));
  }
  console.log(found.length === 0 ? file : found.join('\n'));
  faults += found.length;
}
await browser.close();
process.exitCode = faults === 0 ? 0 : 1;
