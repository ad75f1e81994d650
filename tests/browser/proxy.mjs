// A network that can be bad in every way, between the browser and the service. Requests of service workers pass it too.
import http from 'node:http';

/** What captive portals answer to everything. */
export const PORTAL = '<!doctype html><title>Wi-Fi</title><form method="post"><button>Masuk</button></form>';

/**
 * Listens in front of `target`. `behave(choose)` sets what happens to each request: `choose` gets `{ method, path }` and
 * returns nothing to let it pass, or one of
 * `{ cut: true }` the connection breaks at once;
 * `{ cutRequest: n }` it breaks after n bytes of the body went on;
 * `{ cutResponse: n }` the service has the whole request, the answer breaks after n bytes;
 * `{ stall: true }` no answer ever;
 * `{ status, html }` an answer of somebody else; `{ redirect: address }` likewise;
 * `{ rewrite: (text) => text }` the service's answer, changed.
 */
export async function proxyTo(target) {
  const { hostname, port } = new URL(target);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  let choose = () => undefined;
  const seen = [];
  const server = http.createServer((request, response) => {
    seen.push({ method: request.method, path: request.url });
    // A browser that gives up takes its connection with it.
    request.on('error', () => {});
    response.on('error', () => {});
    const what = choose({ method: request.method, path: request.url }) ?? {};
    if (what.cut) return request.socket.destroy();
    if (what.stall) return request.resume();
    if (what.redirect) return response.writeHead(302, { location: what.redirect }).end();
    if (what.status) {
      request.resume();
      return response.writeHead(what.status, { 'content-type': 'text/html' }).end(what.html ?? PORTAL);
    }
    return forward({ agent, hostname, port }, what, request, response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Method and path of every request so far. */
    seen,
    behave(next) {
      choose = next ?? (() => undefined);
    },
    /** Nothing gets through. Connections that are open end too. */
    cut() {
      choose = () => ({ cut: true });
      server.closeAllConnections();
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}

function forward(where, what, request, response) {
  const { method, url: path, headers } = request;
  // What is changed has to come whole and readable.
  const { 'accept-encoding': _, 'if-none-match': __, ...plain } = headers;
  const onward = http.request({ ...where, method, path, headers: what.rewrite ? plain : headers });
  onward.on('error', () => request.socket.destroy());
  onward.on('response', (answer) => (what.rewrite ? changed(what, answer, response) : passed(what, answer, response)));
  let left = what.cutRequest ?? Infinity;
  request.on('data', (chunk) => {
    onward.write(chunk.subarray(0, left));
    left -= chunk.length;
    if (left > 0) return;
    onward.destroy();
    request.socket.destroy();
  });
  request.on('end', () => (left > 0 ? onward.end() : undefined));
}

function passed(what, answer, response) {
  if (what.cutResponse === undefined) {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
    return;
  }
  answer.resume();
  answer.on('end', () => response.socket?.destroy());
}

async function changed(what, answer, response) {
  let text = '';
  answer.setEncoding('utf8');
  for await (const part of answer) text += part;
  const { 'content-length': _, 'transfer-encoding': __, ...headers } = answer.headers;
  response.writeHead(answer.statusCode, headers).end(what.rewrite(text));
}
