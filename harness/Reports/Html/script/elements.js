// Making elements.
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

const nothing = () => make('p', { class: 'empty' }, 'No result matches these filters.');

const link = (href, text) => make('a', { href }, text);

/** A button that opens what belongs to it. */
function toggle(open, controls, text, attributes) {
  const expanded = { 'aria-expanded': String(open), 'aria-controls': open ? controls : null };
  return make('button', { type: 'button', class: 'toggle', ...expanded, ...attributes }, text);
}

/** Says that what belongs to a button is there, or is not. */
function setExpanded(button, open, controls) {
  button.setAttribute('aria-expanded', String(open));
  if (open) button.setAttribute('aria-controls', controls);
  else button.removeAttribute('aria-controls');
}

const references = vocabulary.references.map(([pattern, address]) => ({ pattern: new RegExp(pattern, 'g'), address }));

/** A text of ours as nodes: the commits and issues that it names are links. */
function cited(text) {
  const found = references.flatMap(({ pattern, address }) =>
    [...text.matchAll(pattern)].map(m => ({ at: m.index, text: m[0], href: address.replace('{0}', m[1] ?? m[0]) })));
  const nodes = [];
  let end = 0;
  for (const { at, text: name, href } of found.sort((a, b) => a.at - b.at)) {
    if (at < end) continue;
    nodes.push(text.slice(end, at), link(href, name));
    end = at + name.length;
  }
  return [...nodes, text.slice(end)].filter(node => node !== '');
}

/** Folded away, and made when it is first opened: a run has tens of thousands of cases. */
function folded(summary, open, makeContent) {
  const details = make('details', open ? { open: '' } : null, make('summary', null, summary));
  if (open) details.append(makeContent());
  else details.addEventListener('toggle', () => details.append(makeContent()), { once: true });
  return details;
}
