// The check ajv, whose head says what it finds.
'use strict';

const fs = require('fs');
const path = require('path');

const { CHECKOUT, NODE_MODULES, RUNS } = process.env;
const Ajv = require(path.join(NODE_MODULES, 'ajv/dist/2020')).default;
const yaml = require(path.join(NODE_MODULES, 'yaml'));

const checkout = (...parts) => path.join(CHECKOUT, ...parts);
let faults = 0;

function fault(text) {
    console.log(text);
    faults++;
}

// A keyword that ajv does not know would be left out; types may be told by an enclosing schema.
function compile(file) {
    const ajv = new Ajv({ allErrors: false, strictTypes: false, strictTuples: false, strictRequired: false });
    const check = ajv.compile(JSON.parse(fs.readFileSync(checkout(file), 'utf8')));
    return value => (check(value) ? null : ajv.errorsText(check.errors));
}

// The value of a file, or nothing where it is no YAML.
function read(file) {
    const document = yaml.parseDocument(fs.readFileSync(file, 'utf8'), { version: '1.2' });
    return document.errors.length ? undefined : document.toJS();
}

function hold(file, check, isAccepted) {
    const value = read(file);
    const problem = value === undefined ? 'no YAML' : check(value);
    if ((problem === null) === isAccepted) {
        console.log(file);
    } else {
        fault(`${file}: ${problem ?? 'accepted'}`);
    }
}

const results = compile('docs/results.schema.json');
for (const run of fs.readdirSync(RUNS)) {
    const file = path.join(RUNS, run, 'results.json');
    const problem = results(JSON.parse(fs.readFileSync(file, 'utf8')));
    problem === null ? console.log(file) : fault(`${file}: ${problem}`);
}

const matrices = compile('kernels.schema.json');
hold(checkout('kernels.yaml'), matrices, true);
hold(checkout('nightly.yaml'), matrices, true);
hold(checkout('expectations.yaml'), compile('expectations.schema.json'), true);
for (const kind of ['accepted', 'refused']) {
    const directory = checkout('tests/Fixtures/matrices', kind);
    for (const name of fs.readdirSync(directory)) {
        hold(path.join(directory, name), matrices, kind === 'accepted');
    }
}
process.exit(faults ? 1 : 0);
