// Timelines over versions: a bar for each question, and below it one for each of its cases.
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
    lines.append(...questionLines(question, group));
  }
  return ofQuestion.size === 0 ? nothing() : lines;
}

function questionLines(question, group) {
  const key = questionKey(question);
  const isOpen = state.open.has(key);
  const id = 'question-' + question.index;
  const content = () => make('div', { id }, ...group.flatMap(caseLine));
  const button = toggle(isOpen, id, question.title, { onclick: () => flipLine(button, state.open, key, id, content) });
  const line = make('div', { class: 'line', 'data-question': key },
    make('div', { class: 'what' }, button, make('small', null, ' ' + count(group.length, 'case'))),
    bars(arch => groupBar(arch, group)));
  return isOpen ? [line, content()] : [line];
}

function caseLine(c) {
  const isOpen = state.shown.has(c.id);
  const id = 'case-' + c.index;
  const content = () => make('div', { class: 'detail', id }, ...casePanel(c).filter(Boolean));
  const button = toggle(isOpen, id, c.id, { onclick: () => flipLine(button, state.shown, c.id, id, content) });
  const line = make('div', { class: 'line case', 'data-case': c.id },
    make('div', { class: 'what' }, button), bars(arch => caseBar(arch, c)));
  return isOpen ? [line, content()] : [line];
}

/** Puts what belongs to a line below it, or takes it away; nothing else is drawn. */
function flipLine(button, set, key, id, makeContent) {
  flip(set, key);
  const there = document.getElementById(id);
  if (there) there.remove();
  else button.closest('.line').after(makeContent());
  setExpanded(button, !there, id);
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
      const names = run.kernels.map(k => kernels[k].name);
      parts.push(names.length > 2 ? `${run.range} (${count(names.length, 'kernel')})` : names.join(', '));
    }
  }
  return parts.join(', ');
}

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
    if (last && last.value === value && !(broken && passOver)) last.kernels.push(k);
    else runs.push({ value, kernels: [k] });
    broken = false;
  });
  for (const run of runs) {
    const [from, to] = [run.kernels[0], run.kernels[run.kernels.length - 1]].map(k => kernels[k].name);
    run.range = from === to ? from : `${from} – ${to}`;
  }
  return runs;
}

const bars = barOf =>
  make('div', { class: 'bars' }, ...arches.map(arch => make('div', { class: 'bar' }, ...barOf(arch))));

function segment(run, cls, label, title) {
  const element = make('span', { class: 'segment ' + cls, title, role: 'img', 'aria-label': title }, label);
  element.style.flexGrow = run.kernels.length;
  return element;
}

/** A gap says why nothing was measured: in a word on the bar, and in full when it is pointed at. */
function gap(run) {
  const missing = run.kernels.map(k => kernels[k]);
  const kinds = [...new Set(missing.map(kernel => kernel.status ?? 'not asked'))];
  return segment(run, 'none', kinds.join(', '),
    `not measured on ${run.range}: ` + missing.map(kernel => `${kernel.id}, ${whyNot(kernel)}`).join('; '));
}

const axis = arch => runsOf(arch, k => kernels[k].series).map(run => {
  const element = make('span', { class: 'segment', title: run.range }, run.value);
  element.style.flexGrow = run.kernels.length;
  return element;
});

/** The status and, where it is not as wanted, the errno: a bar's part has one of each. */
function caseBar(arch, c) {
  const valueOf = k => {
    const status = statusOn(c, k);
    const errno = status === null || status === PASS || status === SKIP ? null : answers[c.results[k]].errno;
    return status === null ? null : status + (errno ? ' ' + errno : '');
  };
  return runsOf(arch, valueOf).map(run => {
    if (run.value === null) return gap(run);
    const [status, errno] = run.value.split(' ');
    const what = errno ? `${SIGN[status]} ${errno} ${run.range}` : `${SIGN[status]} ${run.range}`;
    return segment(run, CLASS[status], what, `${verb(status, c.want)} ${run.range}${errno ? ' with ' + errno : ''}`);
  });
}

const groupBar = (arch, group) => runsOf(arch, k => sumOn(group, k)).map(run => {
  if (run.value === null) return gap(run);
  const added = addUp(group, run.kernels[0]);
  const seen = look(added.sum);
  const skipped = added.sum[SKIP] > 0 && seen.class !== 'skip' ? `(${added.sum[SKIP]} ${STATUS[SKIP]})` : '';
  const parts = [seen.sign, shortly(added.errnos), seen.part, run.range, skipped].filter(Boolean);
  return segment(run, seen.class, parts.join(' '), `${inWords(added)} on ${run.range}`);
});

function sumOn(group, k) {
  const { sum, errnos } = addUp(group, k);
  return total(sum) === 0 ? null : sum.join() + errnos.join();
}
