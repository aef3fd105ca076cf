import type { ReleaseMismatchBody } from '#contracts/commands';
import type { Static } from 'typebox';
import { StewardCommandDto } from '../work/steward-command.dto.ts';

export class ReleaseMismatchDto extends StewardCommandDto implements Static<typeof ReleaseMismatchBody> {}
