// Loaded with --import into a process that must not use a network: whatever would open a socket or
// ask a name server throws, and is written to a file, so that nobody can swallow it.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';

function deny(owner, name, what) {
  owner[name] = () => {
    appendFileSync(process.env.TAO_TEST_NETWORK_LOG, `${what}\n`);
    throw new Error(`network is denied here: ${what}`);
  };
}

for (const name of ['connect', 'createConnection', 'createServer']) deny(net, name, `net.${name}`);
for (const name of ['connect', 'createServer']) deny(tls, name, `tls.${name}`);
for (const name of ['request', 'get']) {
  deny(http, name, `http.${name}`);
  deny(https, name, `https.${name}`);
}
deny(net.Socket.prototype, 'connect', 'Socket.connect');
deny(net.Server.prototype, 'listen', 'Server.listen');
deny(dgram, 'createSocket', 'dgram.createSocket');
for (const owner of [dns, dns.promises]) {
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6'])
    deny(owner, name, `dns.${name}`);
}
for (const name of ['fetch', 'WebSocket', 'EventSource']) deny(globalThis, name, name);
syncBuiltinESMExports();
