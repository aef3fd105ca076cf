import { Argument, Option, type Command } from 'commander';
import { RECORDS, REGISTRIES, REGISTRY_OF, type RecordType, type Registry } from '#contracts/records';
import { readingData, type ReadData } from '../data.ts';
import { CommandError } from '../failure.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import { print } from '../output.ts';
import { describeStory } from '../record/describe-record.ts';
import { findRecords } from '../record/find-record.ts';
import { tellStory, type RecordStory } from '../record/record-story.ts';

interface Options {
  readonly dataDir: string;
  readonly json: boolean;
  readonly record?: RecordType;
}

/** Options and action of `khop show`. */
export function defineShow(command: Command): void {
  command
    .addArgument(new Argument('<registry>', 'where it is from').choices(Object.keys(REGISTRIES)))
    .argument('<key>', 'as its registry writes it; of civil status ward/book/number/date')
    .addOption(
      new Option('--record <type>', 'the record type, where the registry has several').choices(
        Object.keys(REGISTRY_OF),
      ),
    )
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (registry: Registry, key: string, options: Options) => {
      const stories = await readingData(options.dataDir, (data) => tellStories(data, registry, key, options.record));
      if (options.json) print(JSON.stringify(stories.map(storyAsJson), undefined, 2));
      else print(stories.map(describeStory).join('\n\n\n'));
    });
}

async function tellStories(
  data: ReadData,
  registry: Registry,
  key: string,
  record: RecordType | undefined,
): Promise<readonly RecordStory[]> {
  if (record !== undefined && REGISTRY_OF[record] !== registry) {
    throw new CommandError('other-registry', `Records of type ${record} are kept by ${REGISTRY_OF[record]}.`);
  }
  const found = await findRecords(data, registry, key, record);
  if (found.length === 0) {
    // The key may be a person's: it is not repeated.
    throw new CommandError(
      'record-not-found',
      `The hub has no record with this key from ${registry}: look at its digits${keyFormOf(registry)}. khop mismatches --text finds by a part of a key or name.`,
    );
  }
  const stories: RecordStory[] = [];
  for (const one of found) stories.push(await tellStory(data, one));
  return stories;
}

function keyFormOf(registry: Registry): string {
  const form = RECORDS.find((definition) => definition.registry === registry)?.keyForm;
  return form === undefined ? '' : `; it is written ${form}`;
}

function storyAsJson({ found, verdicts, history }: RecordStory): object {
  const { registry, record, key, stream, versions, current } = found;
  return {
    registry,
    record,
    recordKey: key,
    stream,
    current: {
      version: current.event.streamVersion,
      withdrawn: current.withdrawn,
      recordedAt: current.event.recordedAt,
      content: current.content ?? null,
    },
    versions: versions.length,
    verdicts,
    history: history.map(({ event, check }) => ({
      at: event.recordedAt,
      position: event.position,
      check,
      type: event.type,
      stream: event.stream,
      streamVersion: event.streamVersion,
      actor: event.actor ?? null,
      reason: event.personal?.['reason'] ?? null,
      data: event.data,
    })),
  };
}
