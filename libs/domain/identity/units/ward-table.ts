/** One row of the table of wards: an old ward and a new one that it went into, wholly or in part. */
export interface WardRow {
  /** Five digits, or '' for an island that had no ward. */
  readonly oldWard: string;
  readonly oldWardName: string;
  readonly oldProvince: string;
  readonly newWard: string;
  readonly newWardName: string;
  readonly newProvince: string;
}

const HEADER =
  'old_ward_code,old_ward_name,old_district_name,old_province_code,new_ward_code,new_ward_name,new_province_code';

const COLUMNS = 7;

/**
 * Reads the table of wards from its CSV text (header line, seven columns, nothing quoted).
 * @throws {Error} with code `WARDS_MALFORMED`, naming the line, when the text is something else.
 */
export function readWardTable(csv: string): WardRow[] {
  const lines = csv.split('\n');
  if (lines[0]?.replace(/^\ufeff|\r$/g, '') !== HEADER) throw malformed(1);
  const rows: WardRow[] = [];
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i];
    if (line === undefined || line === '') continue;
    const fields = line.split(',');
    const [oldWard = '', oldWardName = '', , oldProvince = '', newWard = '', newWardName = '', newProvince = ''] =
      fields;
    if (fields.length !== COLUMNS || newWard === '' || oldProvince === '') throw malformed(i + 1);
    rows.push({ oldWard, oldWardName, oldProvince, newWard, newWardName, newProvince: newProvince.trimEnd() });
  }
  return rows;
}

/** A short marker of the content (FNV-1a, eight hex digits): tables that differ are told apart, no more. */
export function contentMarker(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function malformed(line: number): Error {
  return Object.assign(new Error(`the table of wards is malformed in line ${line}`), { code: 'WARDS_MALFORMED' });
}
