import type { Enterprise, Marriage, RecordContent, Resident, Taxpayer } from '#contracts/records';

// A record's content does not name its own type; each type is known by a required field that no other type has. A withdrawn
// record may lack it, and is then of no type: it takes part in no check.

export function isEnterprise(content: RecordContent): content is Enterprise {
  return 'representatives' in content;
}

export function isTaxpayer(content: RecordContent): content is Taxpayer {
  return 'kind' in content;
}

export function isMarriage(content: RecordContent): content is Marriage {
  return 'husband' in content && 'wife' in content;
}

export function isResident(content: RecordContent): content is Resident {
  return 'personalId' in content;
}
