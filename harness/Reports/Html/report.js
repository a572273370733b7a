// Builds the grid of all results and the timelines from the data in the page, with the words of `vocabulary`, which the
// harness writes before this file. Text from the data reaches the page only through textContent and attributes that
// hold no code. The address after # says what is shown.
(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const STATUS = vocabulary.statuses;
  const CLASS = vocabulary.classes;
  const SIGN = vocabulary.signs;
  const [PASS, FAIL, SKIP, ERROR] = STATUS.keys();
  const NOT_MEASURED = -1;
  const word = index => index < 0 ? null : data.words[index];

  // ---- the data, taken apart

  const TEXTS = ['step', 'errno', 'reason', 'cause', 'workaround', 'source'];
  const answers = data.answers.map(([status, outcome, asExpected, expected, ...texts]) => {
    const answer = { status, outcome, asExpected: asExpected === 1, expected };
    TEXTS.forEach((name, i) => { answer[name] = word(texts[i]); });
    answer.text = TEXTS.map(name => answer[name]).filter(Boolean).join('\n').toLowerCase();
    return answer;
  });
  const kernels = data.kernels;
  const questions = data.questions.map(([layer, text, title, foremost], index) =>
    ({ index, layer, text, title, foremost: foremost === 1, cases: [] }));
  const PARTS = vocabulary.filters.map(([name]) => name);
  const cases = data.cases.map(([id, question, ...row], index) => {
    const parts = Object.fromEntries(PARTS.map((name, i) => [name, word(row[i])]));
    const [variant, want, ...runs] = row.slice(PARTS.length);
    const results = new Int32Array(kernels.length).fill(NOT_MEASURED);
    const statuses = new Set();
    const used = new Set();
    let at = 0;
    for (let i = 0; i < runs.length; i += 2) {
      results.fill(runs[i], at, at += runs[i + 1]);
      if (runs[i] !== NOT_MEASURED) { statuses.add(answers[runs[i]].status); used.add(runs[i]); }
    }
    const made = {
      index, id, question: questions[question], parts, variant: word(variant), want, results, statuses, used: [...used],
      text: id.toLowerCase(),
    };
    made.question.cases.push(made);
    return made;
  });
  const byId = new Map(cases.map(c => [c.id, c]));
  const arches = [...new Set(kernels.map(k => k.arch))];

  // ---- what is looked at, as the address says

  const FILTERS = [...PARTS, 'status', 'text'];
  const state = { view: 'kernels', open: new Set(), shown: new Set() };

  function readAddress() {
    const address = new URLSearchParams(location.hash.slice(1));
    for (const name of FILTERS) state[name] = address.get(name) ?? '';
    state.open = new Set(address.getAll('open'));
    state.shown = new Set(address.getAll('case').filter(id => byId.has(id)));
    for (const id of state.shown) state.open.add(questionKey(byId.get(id).question));
    const view = address.get('view') ?? (state.shown.size > 0 ? 'timeline' : 'kernels');
    state.view = view === 'timeline' ? view : 'kernels';
  }

  function writeAddress() {
    const address = new URLSearchParams();
    if (state.view !== 'kernels' || state.shown.size > 0) address.set('view', state.view);
    for (const name of FILTERS) if (state[name]) address.set(name, state[name]);
    for (const key of state.open) address.append('open', key);
    for (const id of state.shown) address.append('case', id);
    const hash = address.toString();
    history.replaceState(null, '', hash ? '#' + hash : location.pathname + location.search);
  }

  const questionKey = question => question.layer + '.' + question.text;

  // ---- small helpers

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) {
      if (key === 'class') element.className = value;
      else if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined) element.setAttribute(key, value);
    }
    element.append(...children.filter(c => c !== null && c !== undefined));
    return element;
  }

  const count = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;

  /** What a kernel did, given a case's status and what is wanted of it. */
  const verb = (status, want) => [vocabulary.accepting, vocabulary.rejecting][want][status];

  function addUp(group, kernel) {
    const sum = [0, 0, 0, 0, 0];
    for (const c of group) {
      const result = c.results[kernel];
      if (result !== NOT_MEASURED && isShown(result)) sum[answers[result].status]++;
    }
    return sum;
  }

  const total = sum => sum[0] + sum[1] + sum[2] + sum[3] + sum[4];

  function look([pass, fail, skip, error, flaky]) {
    const all = pass + fail + skip + error + flaky;
    const bad = error + flaky;
    if (all === 0) return { class: 'none', sign: '', part: '' };
    if (bad > 0) return { class: 'error', sign: SIGN[ERROR], part: bad === all ? '' : `${bad}/${all}` };
    if (fail > 0 && pass > 0) return { class: 'mixed', sign: SIGN[FAIL], part: `${fail}/${all}` };
    if (fail > 0) return { class: 'fail', sign: SIGN[FAIL], part: '' };
    if (pass > 0) return { class: 'pass', sign: SIGN[PASS], part: '' };
    return { class: 'skip', sign: SIGN[SKIP], part: '' };
  }

  const inWords = sum =>
    STATUS.map((name, i) => sum[i] > 0 ? `${sum[i]} ${name}` : '').filter(Boolean).join(', ') || 'not measured';

  // ---- filters

  /** A filter of a status looks at single results; those of several kernels, at cases. */
  function isShown(result) {
    const answer = answers[result];
    const status = state.status;
    if (status === '' || status === 'changes') return true;
    return status === 'unexpected' ? !answer.asExpected : STATUS[answer.status] === status;
  }

  const says = (c, text) => c.text.includes(text) || c.used.some(a => answers[a].text.includes(text));

  function isChosen(c) {
    return PARTS.every(name => !state[name] || c.parts[name] === state[name])
      && (state.status !== 'changes' || c.statuses.size > 1)
      && (state.status === '' || state.status === 'changes' || c.used.some(isShown))
      && (!state.text || state.text.toLowerCase().split(/\s+/).every(part => says(c, part)));
  }

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

  const form = document.getElementById('filters');

  function clear() {
    clearFilters();
    state.open.clear();
    state.shown.clear();
    refresh();
  }

  function clearFilters() {
    for (const name of FILTERS) state[name] = '';
  }

  function makeFilters() {
    const values = name =>
      [...new Set(cases.map(c => c.parts[name]))].filter(Boolean).sort().map(value => [value, value]);
    form.append(
      ...vocabulary.filters.map(([name, label]) => control(name, label, values(name))),
      control('status', 'Status', [...STATUS.map((status, i) => [status, `${SIGN[i]} ${status}`]),
        ['changes', 'changes over versions'], ['unexpected', 'not as expected']]),
      control('text', 'Text', null),
      make('button', { type: 'button', id: 'clear', onclick: clear }, 'Clear'));
    form.addEventListener('submit', event => event.preventDefault());
  }

  function showFilters() {
    for (const name of FILTERS) {
      const field = form.elements[name];
      if (field.value !== state[name]) field.value = state[name];
      if (field.value !== state[name]) state[name] = ''; // The address names what this run does not have.
    }
    const nothingChosen = FILTERS.every(n => !state[n]) && state.open.size + state.shown.size === 0;
    document.getElementById('clear').disabled = nothingChosen;
    for (const tab of document.querySelectorAll('[data-view]')) {
      tab.setAttribute('aria-pressed', String(tab.dataset.view === state.view));
    }
  }

  // ---- kernels × case groups

  /** The questions that people ask first have a column each; the rest of a layer is put together. */
  function columns(chosen) {
    const groups = new Map();
    for (const c of chosen) {
      const q = c.question;
      const [others, variants] = vocabulary.others[q.layer] ?? ['other cases', 'other cases'];
      const [order, title] = q.foremost ? [q.index, q.title] : c.variant ? [1e6 + 1, variants] : [1e6, others];
      const key = q.layer + '\n' + title;
      if (!groups.has(key)) groups.set(key, { layer: q.layer, title, order, cases: [] });
      groups.get(key).cases.push(c);
    }
    const layers = [...new Set(questions.map(q => q.layer))];
    return [...groups.values()].sort((a, b) => layers.indexOf(a.layer) - layers.indexOf(b.layer) || a.order - b.order);
  }

  function kernelView(chosen) {
    const groups = columns(chosen);
    const layers = [...new Set(groups.map(g => g.layer))];
    const head = make('thead', null,
      make('tr', null, make('th', { scope: 'col', rowspan: 2 }, 'kernel'),
        ...layers.map(l =>
          make('th', { scope: 'colgroup', colspan: groups.filter(g => g.layer === l).length }, 'layer ' + l))),
      make('tr', null, ...groups.map(g =>
        make('th', { scope: 'col', class: 'question', title: count(g.cases.length, 'case') }, g.title))));
    const body = make('tbody');
    let rows = 0;
    kernels.forEach((kernel, k) => {
      const sums = groups.map(g => addUp(g.cases, k));
      const measured = sums.some(s => total(s) > 0);
      if (!measured && !(kernel.status && !state.status && !state.text)) return;
      rows++;
      const open = state.open.has(kernel.id);
      const panel = 'kernel-' + k;
      const name = kernel.name + (kernel.status ? ` (${kernel.status})` : '')
        + (arches.length > 1 ? `, ${kernel.arch}` : '');
      body.append(make('tr', { 'data-kernel': kernel.id },
        make('th', { scope: 'row' },
          toggle(open, panel, name, { title: kernel.id, onclick: () => flip(state.open, kernel.id, 'kernel') })),
        ...sums.map(sum => {
          const seen = look(sum);
          const part = seen.part ? make('small', null, ' ' + seen.part) : null;
          return make('td', { class: 'cell ' + seen.class, title: inWords(sum) }, seen.sign, part);
        })));
      if (open) {
        body.append(make('tr', { id: panel }, make('td', { class: 'panel', colspan: groups.length + 1 },
          make('div', { class: 'stay' }, ...kernelPanel(kernel, k, chosen)))));
      }
    });
    const region = { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Kernels and case groups' };
    return rows === 0 ? nothing() : make('div', region, make('table', { class: 'grid' }, head, body));
  }

  function kernelPanel(kernel, k, chosen) {
    const byAnswer = new Map();
    for (const c of chosen) {
      const result = c.results[k];
      if (result === NOT_MEASURED || !isShown(result)) continue;
      const key = result + ',' + c.want;
      if (!byAnswer.has(key)) byAnswer.set(key, { answer: answers[result], want: c.want, cases: [] });
      byAnswer.get(key).cases.push(c);
    }
    const order = ['fail', 'flaky', 'error', 'skip', 'pass'].map(status => STATUS.indexOf(status));
    const groups = [...byAnswer.values()].sort((a, b) =>
      order.indexOf(a.answer.status) - order.indexOf(b.answer.status) || b.cases.length - a.cases.length);
    return [
      make('p', null, make('code', null, kernel.id), ' · ' + kernel.source, kernel.console ? ' · ' : '',
        kernel.console ? make('a', { href: kernel.console }, 'console') : null),
      kernel.status
        ? make('p', null, make('span', { class: 'chip error' }, `${SIGN[ERROR]} ${kernel.status}`), ' ' + kernel.reason)
        : null,
      ...groups.map(g => make('div', { class: 'result' },
        ...explained(g.answer, g.want, ` ${count(g.cases.length, 'case')}`),
        make('details', groups.length === 1 || g.cases.length <= 6 ? { open: '' } : null,
          make('summary', null, 'The cases'),
          make('ul', { class: 'ids' }, ...g.cases.map(linkedCase))))),
    ];
  }

  /** A case that leads to its timeline. */
  function linkedCase(c) {
    const link = { type: 'button', class: 'link', title: 'Its timeline', onclick: () => go(c) };
    return make('li', null, make('button', link, make('code', null, c.id)));
  }

  /** What an answer was, and beside it why, and what to do instead. */
  function explained(answer, want, where) {
    const at = answer.step ? ` at ${answer.step}${answer.errno ? ' with ' + answer.errno : ''}` : '';
    const wanted = answer.status === FAIL ? `, wanted ${vocabulary.outcomes[want]}` : '';
    const expected = answer.asExpected ? null : STATUS[answer.expected];
    const texts = ['reason', 'cause', 'workaround', 'source'].map(name => [name, answer[name]]);
    const rows = [...texts, ['expected', expected]].filter(([, text]) => text);
    const chip = make('span', { class: 'chip ' + CLASS[answer.status] },
      make('span', { class: 'sign' }, SIGN[answer.status]), ` ${verb(answer.status, want)}${at}${wanted}`);
    return [
      make('div', null, chip, where),
      rows.length
        ? make('dl', null, ...rows.flatMap(([name, text]) => [make('dt', null, name), make('dd', null, text)]))
        : null,
    ].filter(Boolean);
  }

  // ---- timelines

  function timelineView(chosen) {
    const lines = make('div', { class: 'lines' });
    const what = vocabulary.questions.join(', ') + (arches.length > 1 ? `; a bar each for ${arches.join(', ')}` : '');
    lines.append(
      make('div', { class: 'line axis', 'aria-hidden': 'true' }, make('span', { class: 'what' }, what), bars(axis)));
    let layer = null;
    const ofQuestion = new Map();
    for (const c of chosen) {
      if (!ofQuestion.has(c.question)) ofQuestion.set(c.question, []);
      ofQuestion.get(c.question).push(c);
    }
    for (const question of questions) {
      const group = ofQuestion.get(question);
      if (!group) continue;
      if (question.layer !== layer) lines.append(make('div', { class: 'layer' }, 'Layer ' + (layer = question.layer)));
      const key = questionKey(question);
      const open = state.open.has(key);
      const id = 'question-' + question.index;
      lines.append(make('div', { class: 'line', 'data-question': key },
        make('div', { class: 'what' },
          toggle(open, id, question.title, { onclick: () => flip(state.open, key, 'question') }),
          make('small', null, ' ' + count(group.length, 'case'))),
        bars(arch => groupBar(arch, group))));
      if (open) lines.append(make('div', { id }, ...group.flatMap(caseLine)));
    }
    return ofQuestion.size === 0 ? nothing() : lines;
  }

  function caseLine(c) {
    const open = state.shown.has(c.id);
    const id = 'case-' + c.index;
    const line = make('div', { class: 'line case', 'data-case': c.id },
      make('div', { class: 'what' }, toggle(open, id, c.id, { onclick: () => flip(state.shown, c.id, 'case') })),
      bars(arch => caseBar(arch, c)));
    return open ? [line, make('div', { class: 'detail', id }, ...casePanel(c))] : [line];
  }

  function casePanel(c) {
    const groups = new Map();
    kernels.forEach((kernel, k) => {
      const result = c.results[k];
      if (result === NOT_MEASURED) return;
      if (!groups.has(result)) groups.set(result, []);
      groups.get(result).push(k);
    });
    return [
      make('p', null, `Wanted: ${vocabulary.outcomes[c.want]}. Measured: `, ...arches.map(arch => ranges(c, arch))),
      ...[...groups].map(([result, on]) =>
        make('div', { class: 'result' }, ...explained(answers[result], c.want, ` on ${spans(on)}`))),
    ];
  }

  /** A case's status on a kernel; `null` where it was not measured. */
  const statusOn = (c, kernel) => c.results[kernel] === NOT_MEASURED ? null : answers[c.results[kernel]].status;

  function ranges(c, arch) {
    const parts = runsOf(arch, k => statusOn(c, k), true).map(r => `${verb(r.value, c.want)} ${r.range}`);
    return parts.length ? `${arches.length > 1 ? arch + ': ' : ''}${parts.join(' · ')}. ` : '';
  }

  /** Neighbours among the kernels measured; a span leaves out none. */
  function spans(on) {
    const chosen = new Set(on);
    const parts = [];
    for (const arch of arches) {
      for (const run of runsOf(arch, k => measured[k] ? chosen.has(k) : null, true)) {
        if (!run.value) continue;
        parts.push(run.kernels > 2 ? `${run.range} (${count(run.kernels, 'kernel')})` : run.names.join(', '));
      }
    }
    return parts.join(', ');
  }

  const measured = kernels.map((_, k) => cases.some(c => c.results[k] !== NOT_MEASURED));

  /**
   * Runs of equal values over one architecture's kernels; `null` is a gap: a run of its own, or passed over. A kernel
   * that was to be tested and measured nothing ends a run even where gaps are passed over.
   */
  function runsOf(arch, valueOf, passOver) {
    const runs = [];
    let broken = false;
    kernels.forEach((kernel, k) => {
      if (kernel.arch !== arch) return;
      const value = valueOf(k);
      broken = broken || kernel.gap === true;
      if (value === null && passOver) return;
      const last = runs[runs.length - 1];
      if (last && last.value === value && !(broken && passOver)) {
        last.to = kernel.name;
        last.kernels++;
        last.names.push(kernel.name);
      }
      else runs.push({ value, from: kernel.name, to: kernel.name, kernels: 1, names: [kernel.name], first: k });
      broken = false;
    });
    for (const run of runs) run.range = run.from === run.to ? run.from : `${run.from} – ${run.to}`;
    return runs;
  }

  const bars = barOf =>
    make('div', { class: 'bars' }, ...arches.map(arch => make('div', { class: 'bar' }, ...barOf(arch))));

  function segment(run, cls, label, title) {
    const element = make('span', { class: 'segment ' + cls, title, role: 'img', 'aria-label': title }, label);
    element.style.flexGrow = run.kernels;
    return element;
  }

  const axis = arch => runsOf(arch, k => kernels[k].series).map(run => {
    const element = make('span', { class: 'segment', title: run.range }, run.value);
    element.style.flexGrow = run.kernels;
    return element;
  });

  const caseBar = (arch, c) => runsOf(arch, k => statusOn(c, k)).map(run => run.value === null
    ? segment(run, 'none', '', `not measured on ${run.range}`)
    : segment(run, CLASS[run.value], `${SIGN[run.value]} ${run.range}`, `${verb(run.value, c.want)} ${run.range}`));

  const groupBar = (arch, group) => runsOf(arch, k => addUp(group, k).join()).map(run => {
    const sum = run.value.split(',').map(Number);
    const seen = look(sum);
    const label = seen.sign ? `${seen.sign}${seen.part ? ' ' + seen.part : ''} ${run.range}` : '';
    return segment(run, seen.class, label, `${inWords(sum)} on ${run.range}`);
  });

  // ---- together

  const nothing = () => make('p', { class: 'empty' }, 'No result matches these filters.');
  const view = document.getElementById('view');

  function showCount(chosen) {
    const all = count(cases.length, 'case');
    document.getElementById('count').textContent = chosen === cases.length ? all : `${chosen} of ${all}`;
  }

  function refresh() {
    showFilters();
    const chosen = cases.filter(isChosen);
    view.replaceChildren(state.view === 'timeline' ? timelineView(chosen) : kernelView(chosen));
    showCount(chosen.length);
    writeAddress();
  }

  /** A button that opens what belongs to it. */
  function toggle(open, controls, text, attributes) {
    const state = { 'aria-expanded': String(open), 'aria-controls': controls };
    return make('button', { type: 'button', class: 'toggle', ...state, ...attributes }, text);
  }

  /** Opens or closes what a key stands for; the scroll position and the focus stay where they are. */
  function flip(set, key, kind) {
    if (!set.delete(key)) set.add(key);
    const [x, y] = [view.querySelector('.scroll')?.scrollLeft ?? 0, scrollY];
    refresh();
    const scroll = view.querySelector('.scroll');
    if (scroll) scroll.scrollLeft = x;
    scrollTo(scrollX, y);
    view.querySelector(`[data-${kind}="${CSS.escape(key)}"] .toggle`)?.focus({ preventScroll: true });
  }

  /** To a case's timeline. */
  function go(c) {
    state.view = 'timeline';
    state.open = new Set([questionKey(c.question)]);
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

  for (const tab of document.querySelectorAll('[data-view]')) {
    tab.addEventListener('click', () => { state.view = tab.dataset.view; refresh(); });
  }
  addEventListener('hashchange', () => {
    if (document.getElementById(location.hash.slice(1))) return; // A link within the page.
    readAddress();
    refresh();
    reveal();
  });

  document.getElementById('explore').hidden = cases.length === 0;
  if (cases.length > 0) {
    makeFilters();
    const anchor = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (anchor) { // A link within the page: the address says nothing of filters, and stays as it is.
      clearFilters();
      showFilters();
      view.append(kernelView(cases));
      showCount(cases.length);
    } else {
      readAddress();
      refresh();
      reveal();
    }
  }
})();
