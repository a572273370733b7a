// The check yaml-language-server, whose head says what it finds.
'use strict';

const { spawn } = require('child_process');
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');

const { CHECKOUT, NODE_MODULES, RUNS } = process.env;
const PATIENCE = 60_000; // ms until the server is given up
const matrices = path.join(CHECKOUT, 'tests/Fixtures/matrices');
const modeline = schema => `# yaml-language-server: $schema=${pathToFileURL(path.join(CHECKOUT, schema))}\n`;

const server = spawn(process.execPath, [
    path.join(NODE_MODULES, 'yaml-language-server/bin/yaml-language-server'), '--stdio',
], { stdio: ['pipe', 'pipe', 'inherit'] });
setTimeout(() => end(2, 'yaml-language-server does not answer'), PATIENCE).unref();

// Files by their address, each with what is expected and, once it is there, what the server says.
const files = new Map();

function add(file, isGood, head = '') {
    files.set(pathToFileURL(file).href, { file, isGood, text: head + fs.readFileSync(file, 'utf8') });
}

for (const name of ['kernels.yaml', 'nightly.yaml', 'expectations.yaml']) {
    add(path.join(CHECKOUT, name), true);
}
for (const kind of ['accepted', 'refused']) {
    for (const name of fs.readdirSync(path.join(matrices, kind))) {
        add(path.join(matrices, kind, name), kind === 'accepted', modeline('kernels.schema.json'));
    }
}
add(path.join(RUNS, 'everything', 'results.json'), true, modeline('docs/results.schema.json'));

function end(code, text) {
    if (text) {
        console.log(text);
    }
    server.kill();
    process.exit(code);
}

function send(message) {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

let received = Buffer.alloc(0);
server.stdout.on('data', data => {
    received = Buffer.concat([received, data]);
    for (;;) {
        const head = received.indexOf('\r\n\r\n');
        const length = head < 0 ? NaN : Number(/Content-Length: (\d+)/i.exec(received.subarray(0, head))[1]);
        if (!(received.length >= head + 4 + length)) {
            return;
        }
        const body = received.subarray(head + 4, head + 4 + length).toString();
        received = received.subarray(head + 4 + length);
        take(JSON.parse(body));
    }
});

function take(message) {
    if (message.id === 1 && message.result) {
        send({ method: 'initialized', params: {} });
        for (const [uri, { text }] of files) {
            send({
                method: 'textDocument/didOpen',
                params: { textDocument: { uri, languageId: 'yaml', version: 1, text } },
            });
        }
    } else if (message.method === 'workspace/configuration') {
        const settings = { yaml: { validate: true, schemaStore: { enable: false } } };
        send({ id: message.id, result: message.params.items.map(item => settings[item.section] ?? null) });
    } else if (message.method === 'textDocument/publishDiagnostics') {
        const opened = files.get(message.params.uri);
        opened.said = message.params.diagnostics.map(found => `${found.range.start.line + 1}: ${found.message}`);
        if ([...files.values()].every(one => one.said)) {
            judge();
        }
    } else if (message.id !== undefined && message.method) {
        send({ id: message.id, result: null });
    }
}

function judge() {
    let faults = 0;
    for (const { file, isGood, said } of files.values()) {
        if ((said.length === 0) === isGood) {
            console.log(file);
        } else {
            console.log(`${file}: ${said.length ? said.join(' / ') : 'nothing found'}`);
            faults++;
        }
    }
    end(faults ? 1 : 0);
}

send({
    id: 1, method: 'initialize',
    params: { processId: process.pid, rootUri: pathToFileURL(CHECKOUT).href, capabilities: {} },
});
