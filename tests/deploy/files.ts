import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const PROJECT = join(import.meta.dirname, '../..');

export const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');

/** As Docker Compose reads it, with merged anchors; nothing is filled in from the environment. */
export const readYaml = (path: string): unknown => parse(read(path), { merge: true });

/** What is used of a service in `docker-compose.yml`; its shape has been checked against the specification's schema. */
export interface ComposeService {
  readonly image: string;
  readonly profiles?: readonly string[];
  readonly build?: { readonly target: string };
  readonly user?: string;
  readonly read_only?: boolean;
  readonly init?: boolean;
  readonly restart?: string;
  readonly cap_drop?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: object;
  readonly deploy?: { readonly resources?: { readonly limits?: { readonly cpus?: string; readonly memory?: string } } };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

export const readCompose = (): ComposeFile => readYaml('docker-compose.yml') as ComposeFile;
