// The data in the page, taken apart. The files of this directory are one script, in an order that HtmlReport.cs has,
// behind the words of `vocabulary`. Text from the data reaches the page only through textContent and attributes that
// hold no code. The address after # says what is shown.
const data = JSON.parse(document.getElementById('data').textContent);
const STATUS = vocabulary.statuses;
const CLASS = vocabulary.classes;
const SIGN = vocabulary.signs;
const [PASS, FAIL, SKIP, ERROR] = STATUS.keys();
const NOT_MEASURED = -1;
const word = index => index >= 0 ? data.words[index] : null;

const TEXTS = ['step', 'errno', 'reason', 'cause', 'workaround', 'source', 'evidence'];
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
const layers = [...new Set(questions.map(q => q.layer))];
const questionKey = question => question.layer + '.' + question.text;
const measured = kernels.map((_, k) => cases.some(c => c.results[k] !== NOT_MEASURED));

const count = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** What a kernel did, given a case's status and what is wanted of it. */
const verb = (status, want) => [vocabulary.accepting, vocabulary.rejecting][want][status];

/** How many of a group's results on a kernel came to each status, and the errnos of those that are not as wanted. */
function addUp(group, kernel) {
  const sum = [0, 0, 0, 0, 0];
  const errnos = new Set();
  for (const c of group) {
    const result = c.results[kernel];
    if (result === NOT_MEASURED || !isShown(result)) continue;
    const { status, errno } = answers[result];
    sum[status]++;
    if (errno && status !== PASS && status !== SKIP) errnos.add(errno);
  }
  return { sum, errnos: [...errnos].sort() };
}

const total = sum => sum[0] + sum[1] + sum[2] + sum[3] + sum[4];

/** How a sum looks at a glance: its class, its sign, and how many of all are not as wanted. */
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

/** "EINVAL", "E2BIG, EINVAL", "E2BIG, EINVAL, …": a cell has room for two. */
const shortly = errnos => errnos.length > 2 ? [...errnos.slice(0, 2), '…'].join(', ') : errnos.join(', ');

const inWords = ({ sum, errnos }) =>
  (STATUS.map((name, i) => sum[i] > 0 ? `${sum[i]} ${name}` : '').filter(Boolean).join(', ') || 'not measured')
  + (errnos.length > 0 ? ` (${errnos.join(', ')})` : '');

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

/** Why a kernel has no answer to a case. */
const whyNot = kernel => kernel.status ? kernel.status + (kernel.reason ? `: ${kernel.reason}` : '') : 'not asked';
