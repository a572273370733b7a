// All together.
const view = document.getElementById('view');

/** Draws the view anew; its scroll position stays. */
function refresh() {
  showFilters();
  const chosen = cases.filter(isChosen);
  const left = view.querySelector('.scroll')?.scrollLeft ?? 0;
  view.replaceChildren(state.view === 'timeline' ? timelineView(chosen) : kernelView(chosen));
  const scroll = view.querySelector('.scroll');
  if (scroll) scroll.scrollLeft = left;
  showCount(chosen.length);
  writeAddress();
}

const HINTS = {
  kernels: 'A cell opens into its cases: step, errno, cause, what was expected, and the files that prove it. '
    + 'Arrow keys move among cells. A layer’s heading folds and unfolds its columns.',
  timeline: 'A bar breaks where another status or errno begins, and where nothing was measured: point at a part, or '
    + 'open a case, to read why.',
};

/** Notes that something is open, or no longer; who calls shows it. */
function flip(set, key) {
  if (!set.delete(key)) set.add(key);
  showButtons();
  writeAddress();
}

function openAll() {
  const [keys, open] = [openable(state.view), !allAreOpen()];
  for (const key of keys) {
    if (open) state.open.add(key);
    else state.open.delete(key);
  }
  refresh();
}

/** To a case's timeline. */
function go(c) {
  state.view = 'timeline';
  state.open = new Set([questionKey(c.question)]);
  state.cells = new Set();
  state.shown = new Set([c.id]);
  refresh();
  reveal();
}

function reveal() {
  const [id] = state.shown;
  const line = id === undefined ? null : view.querySelector(`[data-case="${CSS.escape(id)}"]`);
  if (line) {
    line.scrollIntoView({ block: 'center' });
    line.querySelector('.toggle').focus({ preventScroll: true });
  }
}

/** An element that the address names, unless it names what is looked at. */
const anchor = () => location.hash.length > 1 && document.getElementById(location.hash.slice(1));

document.getElementById('explore').hidden = cases.length === 0;
if (cases.length > 0) {
  for (const tab of document.querySelectorAll('[data-view]')) {
    tab.addEventListener('click', () => { state.view = tab.dataset.view; refresh(); });
  }
  document.getElementById('open-all').addEventListener('click', openAll);
  addEventListener('hashchange', () => {
    if (anchor()) return; // A link within the page.
    readAddress();
    refresh();
    reveal();
  });
  makeFilters();
  if (anchor()) { // The address says nothing of filters, and stays as it is.
    clearFilters();
    showFilters();
    view.append(kernelView(cases));
    showCount(cases.length);
    anchor().scrollIntoView();
  } else {
    readAddress();
    refresh();
    reveal();
  }
}
