// Kernels × case groups.

/** Widths in rem: of the kernels' names, and of a column with a question, about. */
const NAMES = 8;
const COLUMN = 4.8;

/** The questions that people ask first have a column each; the rest of a layer is put together. */
function columns(chosen) {
  const groups = new Map();
  const unfolded = unfoldedLayers(chosen);
  for (const c of chosen) {
    const [key, order, title] = columnOf(c, unfolded);
    if (!groups.has(key)) groups.set(key, { key, layer: c.question.layer, title, order, cases: [] });
    groups.get(key).cases.push(c);
  }
  return [...groups.values()].sort((a, b) => layers.indexOf(a.layer) - layers.indexOf(b.layer) || a.order - b.order);
}

function columnOf(c, unfolded) {
  const q = c.question;
  if (!unfolded.has(q.layer)) return [q.layer, 0, 'all questions'];
  const [others, variants] = vocabulary.others[q.layer] ?? ['other cases', 'other cases'];
  return q.foremost ? [questionKey(q), q.index, q.title]
    : c.variant ? [q.layer + '.variants', 1e6 + 1, variants] : [q.layer + '.others', 1e6, others];
}

/** Those that the reader chose; else as many as the page has room for, from the first one on. */
function unfoldedLayers(chosen) {
  if (state.unfolded) return state.unfolded;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const there = layers.filter(layer => chosen.some(c => c.question.layer === layer));
  let room = (view.clientWidth / rem - NAMES) / COLUMN;
  const unfolded = new Set();
  for (const [i, layer] of there.entries()) {
    const all = new Set([layer]);
    const own = new Set(chosen.filter(c => c.question.layer === layer).map(c => columnOf(c, all)[0])).size;
    const rest = there.length - i - 1;
    if (i > 0 && own + rest > room) break;
    unfolded.add(layer);
    room -= own;
  }
  return unfolded;
}

let shownColumns = [];
let shownCases = [];

function kernelView(chosen) {
  [shownCases, shownColumns] = [chosen, columns(chosen)];
  const groups = shownColumns;
  const unfolded = unfoldedLayers(chosen);
  const head = make('thead', null,
    make('tr', null, make('th', { scope: 'col', rowspan: 2 }, 'kernel'),
      ...[...new Set(groups.map(g => g.layer))].map(layer => make('th',
        { scope: 'colgroup', colspan: groups.filter(g => g.layer === layer).length, 'data-layer': layer },
        toggle(unfolded.has(layer), null, 'layer ' + layer, {
          title: unfolded.has(layer) ? 'One column for the layer' : 'A column for each question',
          onclick: () => fold(layer, unfolded),
        })))),
    make('tr', null, ...groups.map(g =>
      make('th', { scope: 'col', class: 'question', title: count(g.cases.length, 'case') }, g.title))));
  const body = make('tbody');
  kernels.forEach((kernel, k) => {
    const sums = groups.map(g => addUp(g.cases, k));
    const isMeasured = sums.some(s => total(s.sum) > 0);
    if (isMeasured || (kernel.status && !state.status && !state.text)) body.append(...kernelRows(kernel, k, sums));
  });
  const region = { class: 'scroll', tabindex: '0', 'aria-label': 'Kernels and case groups' };
  const table = make('table', { class: 'grid', onkeydown: moveAmongCells, onfocusin: keepCell }, head, body);
  table.querySelector('button.cell')?.setAttribute('tabindex', '0');
  return body.children.length === 0 ? nothing() : make('section', region, table);
}

function fold(layer, unfolded) {
  state.unfolded = new Set(unfolded);
  if (!state.unfolded.delete(layer)) state.unfolded.add(layer);
  refresh();
  view.querySelector(`[data-layer="${CSS.escape(layer)}"] .toggle`)?.focus({ preventScroll: true });
}

const cellKey = (kernel, group) => kernel.id + '/' + group.key;

/** A kernel's row, and what is open of it. */
function kernelRows(kernel, k, sums) {
  const name = kernel.name + (kernel.status ? ` (${kernel.status})` : '')
    + (arches.length > 1 ? `, ${kernel.arch}` : '');
  const isOpen = state.open.has(kernel.id);
  const button = toggle(isOpen, 'kernel-' + k, name, { title: kernel.id, onclick: () => flipKernel(button, k) });
  const row = make('tr', { 'data-kernel': kernel.id },
    make('th', { scope: 'row' }, button), ...sums.map((sum, i) => cell(kernel, k, i, sum)));
  const panels =
    shownColumns.flatMap((group, i) => state.cells.has(cellKey(kernel, group)) ? [cellRow(k, i)] : []);
  return [row, ...(isOpen ? [kernelRow(k)] : []), ...panels];
}

/** All cells are one stop of the tab key; arrow keys move among them. */
function cell(kernel, k, i, sum) {
  const seen = look(sum.sum);
  if (seen.class === 'none') return make('td', { class: 'cell none', title: inWords(sum) });
  const small = [shortly(sum.errnos), seen.part].filter(Boolean).join(' ');
  const button = make('button', {
    type: 'button', class: 'cell', tabindex: '-1', title: inWords(sum), onclick: () => flipCell(button, k, i),
  }, seen.sign, small ? make('small', null, ' ' + small) : null);
  setExpanded(button, state.cells.has(cellKey(kernel, shownColumns[i])), cellId(k, i));
  return make('td', { class: 'cell ' + seen.class }, button);
}

const cellId = (k, i) => `cell-${k}-${i}`;

const panelRow = (id, order, content) => make('tr', { id, class: 'opened', 'data-order': order },
  make('td', { class: 'panel', colspan: shownColumns.length + 1 }, make('div', { class: 'stay' }, ...content)));

const kernelRow = k => panelRow('kernel-' + k, -1, kernelPanel(kernels[k], k, shownCases).filter(Boolean));

const cellRow = (k, i) => panelRow(cellId(k, i), i, cellPanel(kernels[k], k, shownColumns[i]));

function flipKernel(button, k) {
  flip(state.open, kernels[k].id);
  showPanel(button, 'kernel-' + k, () => kernelRow(k));
}

function flipCell(button, k, i) {
  flip(state.cells, cellKey(kernels[k], shownColumns[i]));
  showPanel(button, cellId(k, i), () => cellRow(k, i));
}

/** Puts a panel below its kernel's row, in the order of the columns, or takes it away; nothing else is drawn. */
function showPanel(button, id, makePanel) {
  const there = document.getElementById(id);
  if (there) {
    there.remove();
  } else {
    const panel = makePanel();
    let before = button.closest('tr');
    while (before.nextElementSibling?.className === 'opened'
      && Number(before.nextElementSibling.dataset.order) < Number(panel.dataset.order)) {
      before = before.nextElementSibling;
    }
    before.after(panel);
  }
  setExpanded(button, !there, id);
}

/** The cell that last had the focus gets it again when the tab key comes back. */
function keepCell(event) {
  const button = event.target.closest('button.cell');
  if (!button) return;
  view.querySelector('button.cell[tabindex="0"]')?.setAttribute('tabindex', '-1');
  button.setAttribute('tabindex', '0');
}

function moveAmongCells(event) {
  const [down, right] =
    { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [0, 0];
  const from = event.target.closest('td.cell');
  if (!from || (down === 0 && right === 0)) return;
  event.preventDefault();
  const rows = [...view.querySelectorAll('.grid [data-kernel]')];
  let [y, x] = [rows.indexOf(from.parentElement), from.cellIndex];
  do { [y, x] = [y + down, x + right]; } while (rows[y]?.cells[x] && !rows[y].cells[x].querySelector('button.cell'));
  rows[y]?.cells[x]?.querySelector('button.cell')?.focus();
}
