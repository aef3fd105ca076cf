import type { ClaimMismatchBody } from '#contracts/commands';
import type { Static } from 'typebox';
import { StewardCommandDto } from '../work/steward-command.dto.ts';

export class ClaimMismatchDto extends StewardCommandDto implements Static<typeof ClaimMismatchBody> {}
