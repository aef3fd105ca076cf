import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { describeWith } from './describe-with.ts';
import { findKafka, findKafkaStarter, type OwnKafka } from './kafka.ts';

const clientOf = (brokers: readonly string[]): Kafka =>
  new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING, retry: { retries: 20, maxRetryTime: 500 } });

describeWith(await findKafka(), 'the Kafka of a run', (kafka) => {
  it('is there, and the same for whoever asks', async () => {
    const server = kafka();
    const admin = clientOf(server.brokers).admin();
    await admin.connect();
    expect((await admin.describeCluster()).brokers).toHaveLength(server.brokers.length);
    await admin.disconnect();
    expect(await findKafka()).toEqual({ available: true, value: server });
  });
});

describeWith(await findKafkaStarter(), 'a Kafka of a test’s own', (start) => {
  let kafka: OwnKafka;
  beforeAll(async () => {
    kafka = await start()();
  });
  afterAll(async () => kafka.dispose());

  const topics = async (): Promise<readonly string[]> => {
    const admin = clientOf(kafka.brokers).admin();
    await admin.connect();
    try {
      return await admin.listTopics();
    } finally {
      await admin.disconnect();
    }
  };

  it('keeps its data and its port when it is killed and started again', async () => {
    const admin = clientOf(kafka.brokers).admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'kept' }], waitForLeaders: true });
    await admin.disconnect();
    await kafka.kill();
    await expect(fetchPort(kafka)).rejects.toThrow();
    await kafka.start();
    expect(await topics()).toContain('kept');
  }, 60_000);

  it('stands still while it is paused, and goes on after', async () => {
    await kafka.pause();
    let answered = false;
    const answer = topics().then((names) => ((answered = true), names));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(answered).toBe(false);
    await kafka.resume();
    expect(await answer).toContain('kept');
  }, 60_000);
});

async function fetchPort({ brokers: [broker = ''] }: OwnKafka): Promise<void> {
  await fetch(`http://${broker}`);
}
