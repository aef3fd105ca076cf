import { resolve } from 'node:path';
import { describeFailure, EXIT, stopSignal } from '#libs/console';
import { readKafkaConnection } from '#libs/event-bus/kafka';
import { readSettings, text, wholeNumber } from '#libs/platform';
import { assertKafkaAnswers } from '#libs/service';
import { planServices } from './plan.ts';
import { runServices } from './run-services.ts';

/** Runs all services of Khớp as processes of this machine, on a Kafka that is there. */
const SETTINGS = {
  dataDir: text('KHOP_DATA_DIR', 'Directory of the hub’s data, shared by the services of one machine', './data'),
  port: wholeNumber('KHOP_PORT', 'The desks listen on the two ports behind it', 3000, 0, 65_000),
  mockPort: wholeNumber('KHOP_MOCK_PORT', 'Port of the first registry of an invented province', 4101, 1, 65_000),
};

const print = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const settings = readSettings(SETTINGS, process.env);
  const connection = readKafkaConnection(process.env, 'khop-services');
  await assertKafkaAnswers(connection);
  const planned = planServices({ ...settings, dataDir: resolve(settings.dataDir) }, process.env);
  print(`Starting ${planned.map(({ name }) => name).join(', ')}.`);
  print(`Desks: http://127.0.0.1:${settings.port + 1}/api and http://127.0.0.1:${settings.port + 2}/api`);
  print('khop topology tells how they are. Ctrl+C ends them all.');
  const environment = { ...process.env, KHOP_KAFKA: connection.brokers.join(',') };
  const well = await runServices(planned, { print, environment, signal: stopSignal() });
  if (!well) process.exitCode = EXIT.failed;
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exitCode = EXIT.failed;
}
