// What is shown when a kernel, a cell or a case is opened.

/** What an answer was, and beside it why, what to do instead, and what was expected. */
function explained(answer, want, where) {
  const at = answer.step ? ` at ${answer.step}${answer.errno ? ' with ' + answer.errno : ''}` : '';
  const wanted = answer.status === FAIL ? `, wanted ${vocabulary.outcomes[want]}` : '';
  const expected = `${STATUS[answer.expected]}: ${answer.asExpected ? '' : 'not '}as expected`;
  const rows = [
    ['reason', answer.reason && [answer.reason]],
    ...['cause', 'workaround', 'source'].map(name => [name, answer[name] && cited(answer[name])]),
    ['expected', [expected]],
    ['evidence', answer.evidence && [make('pre', { tabindex: '0' }, answer.evidence)]],
  ];
  const chip = make('span', { class: 'chip ' + CLASS[answer.status] },
    make('span', { class: 'sign' }, SIGN[answer.status]), ` ${verb(answer.status, want)}${at}${wanted}`);
  return [
    make('div', null, chip, where),
    make('dl', null, ...rows.filter(([, text]) => text)
      .flatMap(([name, text]) => [make('dt', null, name), make('dd', null, ...text)])),
  ];
}

/** A kernel's id, where it came from, and the files that it wrote. */
function about(kernel) {
  const files = [['console', kernel.console], ['KTAP report', kernel.ktap]].filter(([, href]) => href);
  return make('p', null, make('code', null, kernel.id), ' · ' + kernel.source,
    ...files.flatMap(([text, href]) => [' · ', link(href, text)]));
}

/** The results of cases on a kernel, those that are alike together; what is not as wanted comes first. */
function results(group, k, most) {
  const byAnswer = new Map();
  for (const c of group) {
    const result = c.results[k];
    if (result === NOT_MEASURED || !isShown(result)) continue;
    const key = result + ',' + c.want;
    if (!byAnswer.has(key)) byAnswer.set(key, { answer: answers[result], want: c.want, cases: [] });
    byAnswer.get(key).cases.push(c);
  }
  const order = ['fail', 'flaky', 'error', 'skip', 'pass'].map(status => STATUS.indexOf(status));
  const sorted = [...byAnswer.values()].sort((a, b) =>
    order.indexOf(a.answer.status) - order.indexOf(b.answer.status) || b.cases.length - a.cases.length);
  return sorted.map(g => make('div', { class: 'result' },
    ...explained(g.answer, g.want, ` ${count(g.cases.length, 'case')}`),
    folded('The cases', g.cases.length <= most, () => make('ul', { class: 'ids' }, ...g.cases.map(linkedCase)))));
}

/** A case that leads to its timeline. */
function linkedCase(c) {
  const attributes = { type: 'button', class: 'link', title: 'Its timeline', onclick: () => go(c) };
  return make('li', null, make('button', attributes, make('code', null, c.id)));
}

function kernelPanel(kernel, k, chosen) {
  return [
    about(kernel),
    kernel.status
      ? make('p', null, make('span', { class: 'chip error' }, `${SIGN[ERROR]} ${kernel.status}`), ' ' + kernel.reason)
      : null,
    ...results(chosen, k, 6),
  ];
}

function cellPanel(kernel, k, group) {
  return [
    make('p', null, make('b', null, `${kernel.name}, layer ${group.layer}: ${group.title}`)),
    about(kernel),
    ...results(group.cases, k, 24),
  ];
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
    gaps(c),
  ];
}

/** Where a case's timeline breaks, and why. */
function gaps(c) {
  const missing = kernels.filter((_, k) => c.results[k] === NOT_MEASURED);
  return missing.length === 0 ? null : make('div', { class: 'result' },
    make('div', null, make('span', { class: 'chip none' }, 'not measured'), ` on ${count(missing.length, 'kernel')}`),
    make('ul', { class: 'gaps' }, ...missing.map(kernel => make('li', null,
      make('code', null, kernel.id), `, ${whyNot(kernel)}`,
      ...(kernel.console ? [' · ', link(kernel.console, 'console')] : [])))));
}
