import { createServer, type Socket } from 'node:net';
import { expect, it } from '@jest/globals';
import type { KafkaConnection } from '#libs/event-bus/kafka';
import { assertKafkaAnswers } from './kafka-answers.ts';

const connectionTo = (port: number): KafkaConnection => ({
  brokers: [`127.0.0.1:${port}`],
  clientId: 'khop-test',
  tls: false,
  sasl: null,
  prefix: '',
});

it('a Kafka that takes connections and says nothing counts as none', async () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await expect(assertKafkaAnswers(connectionTo(port), 200)).rejects.toMatchObject({ code: 'kafka-not-reachable' });
  for (const socket of sockets) socket.destroy();
  server.close();
});
