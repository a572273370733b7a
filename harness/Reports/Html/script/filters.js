// The filters above the results.
const fields = document.getElementById('filters');

function control(name, label, values) {
  if (values === null) {
    return make('label', { class: 'wide' }, label, make('input', {
      type: 'search', name, placeholder: 'case id, errno, cause …', autocomplete: 'off', spellcheck: 'false',
      oninput: changed,
    }));
  }
  return make('label', null, label, make('select', { name, onchange: changed }, make('option', { value: '' }, 'any'),
    ...values.map(([value, text]) => make('option', { value }, text))));
}

function changed(event) {
  state[event.target.name] = event.target.value;
  refresh();
}

function clear() {
  clearFilters();
  state.open.clear();
  state.cells.clear();
  state.shown.clear();
  state.unfolded = null;
  refresh();
}

function clearFilters() {
  for (const name of FILTERS) state[name] = '';
}

function makeFilters() {
  const values = name =>
    [...new Set(cases.map(c => c.parts[name]))].filter(Boolean).sort().map(value => [value, value]);
  fields.append(
    ...vocabulary.filters.map(([name, label]) => control(name, label, values(name))),
    control('status', 'Status', [...STATUS.map((status, i) => [status, `${SIGN[i]} ${status}`]),
      ['changes', 'changes over versions'], ['unexpected', 'not as expected']]),
    control('text', 'Text', null),
    make('button', { type: 'button', id: 'clear', onclick: clear }, 'Clear'));
}

function showFilters() {
  for (const name of FILTERS) {
    const field = fields.elements[name];
    if (field.value !== state[name]) field.value = state[name];
    if (field.value !== state[name]) state[name] = ''; // The address names what this run does not have.
  }
  for (const tab of document.querySelectorAll('[data-view]')) {
    tab.setAttribute('aria-pressed', String(tab.dataset.view === state.view));
  }
  document.getElementById('hint').textContent = HINTS[state.view];
  showButtons();
}

/** Whether there is anything to clear, and what the button behind the tabs would do. */
function showButtons() {
  document.getElementById('clear').disabled = FILTERS.every(name => !state[name])
    && state.open.size + state.cells.size + state.shown.size === 0 && state.unfolded === null;
  document.getElementById('open-all').textContent = allAreOpen() ? 'Close all rows' : 'Open all rows';
}

function showCount(chosen) {
  const all = count(cases.length, 'case');
  document.getElementById('count').textContent = chosen === cases.length ? all : `${chosen} of ${all}`;
}
