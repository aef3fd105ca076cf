import type { ReopenMismatchBody } from '#contracts/commands';
import type { Static } from 'typebox';
import { StewardCommandDto } from '../work/steward-command.dto.ts';

export class ReopenMismatchDto extends StewardCommandDto implements Static<typeof ReopenMismatchBody> {}
