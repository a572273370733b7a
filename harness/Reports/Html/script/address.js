// What is looked at, as the address says.
const FILTERS = [...PARTS, 'status', 'text'];
const ALL = '*';

/**
 * `open`: the ids of kernels and the keys of questions that are open. `cells`: the keys of open cells. `shown`: the ids
 * of cases that are open. `unfolded`: the layers with a column for each question; `null` where the width decides.
 */
const state = { view: 'kernels', open: new Set(), cells: new Set(), shown: new Set(), unfolded: null };

/** All that can be opened in a view, as `state.open` has it. */
const openable = view => view === 'kernels' ? kernels.map(k => k.id) : questions.map(questionKey);

function readAddress() {
  const address = new URLSearchParams(location.hash.slice(1));
  for (const name of FILTERS) state[name] = address.get(name) ?? '';
  state.shown = new Set(address.getAll('case').filter(id => byId.has(id)));
  const view = address.get('view') ?? (state.shown.size > 0 ? 'timeline' : 'kernels');
  state.view = view === 'timeline' ? view : 'kernels';
  const open = address.getAll('open');
  state.open = new Set(open.includes(ALL) ? openable(state.view) : open);
  state.cells = new Set(address.getAll('cell'));
  state.unfolded = address.has('layers') ? new Set(address.get('layers').split(',').filter(Boolean)) : null;
  for (const id of state.shown) state.open.add(questionKey(byId.get(id).question));
}

function writeAddress() {
  const address = new URLSearchParams();
  if (state.view !== 'kernels' || state.shown.size > 0) address.set('view', state.view);
  for (const name of FILTERS) if (state[name]) address.set(name, state[name]);
  if (state.unfolded) address.set('layers', [...state.unfolded].join(','));
  const open = allAreOpen() ? [ALL] : state.open;
  for (const key of open) address.append('open', key);
  for (const key of state.cells) address.append('cell', key);
  for (const id of state.shown) address.append('case', id);
  const hash = address.toString();
  history.replaceState(null, '', hash ? '#' + hash : location.pathname + location.search);
}

const allAreOpen = () => openable(state.view).every(key => state.open.has(key));
