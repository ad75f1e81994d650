// A slow line in front of the service: what a phone at the edge of its cell has. Everything passes it, also what the
// service worker sends, and every connection has to be opened first.
import net from 'node:net';

/** Bytes in a segment: what arrives arrives bit by bit. */
const SEGMENT = 1448;

/** Listens in front of `target` with a round trip of so many ms and so many bits per second in each direction. */
export async function slowLine(target, { roundTrip, bitsPerSecond }) {
  const { hostname, port } = new URL(target);
  const up = { freeAt: 0 };
  const down = { freeAt: 0 };
  const open = new Set();
  const bytesPerMs = bitsPerSecond / 8 / 1000;
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), hostname);
    // The handshake of TCP; the one on this machine takes no time.
    const openedAt = performance.now() + roundTrip;
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => open.delete(socket));
      socket.on('error', () => [near, far].forEach((end) => end.destroy()));
    }
    pass(near, far, up, openedAt);
    pass(far, near, down, openedAt);
  });

  function pass(from, to, line, openedAt) {
    let sent = Promise.resolve();
    const later = (bytes, work) => {
      const begins = Math.max(performance.now(), line.freeAt, openedAt);
      line.freeAt = begins + bytes / bytesPerMs;
      const arrives = line.freeAt + roundTrip / 2;
      sent = sent.then(() => new Promise((resolve) => setTimeout(resolve, arrives - performance.now()))).then(work);
    };
    from.on('data', (chunk) => {
      for (let at = 0; at < chunk.length; at += SEGMENT) {
        const segment = chunk.subarray(at, at + SEGMENT);
        later(segment.length, () => to.writable && to.write(segment));
      }
    });
    from.on('end', () => later(0, () => to.end()));
  }

  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      open.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
