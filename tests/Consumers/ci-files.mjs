// Checks files of CI systems against their schemas; checks/ci-files says which.
import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const { NODE_MODULES, SITE } = process.env;
const require = createRequire(join(NODE_MODULES, 'x'));
const { validateAction, validateWorkflow } = require('@action-validator/core');
const Ajv = require('ajv').default;
const yaml = require('yaml');

const ci = join(SITE, 'ci');
let faults = 0;

function report(name, problem) {
  faults += problem ? 1 : 0;
  console.log(problem ? `${name}: ${problem}` : name);
}

function hold(name, validate) {
  const { errors } = validate(readFileSync(join(ci, name), 'utf8'));
  report(name, errors.length > 0 ? JSON.stringify(errors) : null);
}

// The schema of GitLab's editor for pipelines; its own words beside those of JSON Schema say nothing of validity.
const schema = JSON.parse(readFileSync(join(NODE_MODULES, 'gitlab-ci-local/src/schema/schema.json'), 'utf8'));
const ajv = new Ajv({ strict: false, validateFormats: false });
const accepts = ajv.compile(schema);

hold('action.yml', validateAction);
for (const name of readdirSync(join(ci, 'workflows')).sort()) {
  hold(join('workflows', name), validateWorkflow);
}
report('gitlab-ci.yml', accepts(yaml.parse(readFileSync(join(ci, 'gitlab-ci.yml'), 'utf8'), { merge: true }))
  ? null : ajv.errorsText(accepts.errors));
process.exit(faults > 0 ? 1 : 0);
