import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { SERVER_IMAGE } from '../../libs/event-store/kurrentdb/testing/find-server.ts';
import { jaegerVersion, kafkaVersion } from '../support/infra/index.ts';
import { PROJECT, read, readCompose, readYaml } from './files.ts';

const compose = readCompose();
const services = Object.entries(compose.services);
const own = services.filter(([, { image }]) => image.startsWith('khop/'));

describe('docker-compose.yml', () => {
  it('is valid by the schema of the compose specification', () => {
    // The schema of the specification comes with the package of that name, which testcontainers brings along.
    const require = createRequire(import.meta.url);
    const { $schema: _, ...schema } = require('docker-compose/schema/compose-spec.json') as Record<string, unknown>;
    const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

    validate(readYaml('docker-compose.yml'));

    expect(validate.errors).toBeNull();
  });

  it('has the services of the whole', () => {
    expect(own.map(([name]) => name).sort()).toEqual([
      'civil-status',
      'enterprise-registry',
      'linker-1',
      'linker-2',
      'reconciler-1',
      'reconciler-2',
      'relay',
      'residents',
      'steward-desk-1',
      'steward-desk-2',
      'tax-office',
    ]);
    const others = services.map(([name]) => name).filter((name) => !own.some(([ownName]) => ownName === name));
    expect(others.sort()).toEqual(['grafana', 'jaeger', 'kafka', 'kurrentdb', 'otel-collector', 'prometheus']);
  });

  it('is started as a whole: .env and .env.example name every profile', () => {
    const profiles = new Set(services.flatMap(([, service]) => service.profiles ?? ['none']));

    expect([...profiles].sort()).toEqual(['infra', 'observability', 'services']);
    for (const file of ['.env', '.env.example']) {
      const [, named = ''] = /^COMPOSE_PROFILES=(.*)$/mu.exec(read(file)) ?? [];
      expect(named.split(',').sort()).toEqual([...profiles].sort());
    }
  });

  it.each(services)('%s is pinned, watched, bounded and reached from this machine alone', (_, service) => {
    const { image, healthcheck, restart, ports = [], deploy } = service;

    expect(image).toMatch(/:(v?\d+\.\d+\.\d+|\$\{KHOP_VERSION:-\d+\.\d+\.\d+\})$/u);
    expect(healthcheck).toHaveProperty('test');
    expect(restart).toBe('unless-stopped');
    expect(deploy?.resources?.limits?.cpus).toMatch(/^\d/u);
    expect(deploy?.resources?.limits?.memory).toMatch(/^\d+[MG]$/u);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/u);
  });

  it('gives no port of this machine twice', () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []).map((port) => port.split(':')[1]);

    expect(new Set(ports).size).toBe(ports.length);
  });

  it.each(own)('%s has no rights, writes to its volumes alone, and has data of its own', (name, service) => {
    expect(service).toMatchObject({ user: '1000:1000', read_only: true, init: true, cap_drop: ['ALL'] });
    expect(service.volumes).toEqual([`${name}:/data`, 'log:/data/log']);
    expect(service.environment?.['KHOP_INSTANCE']).toBe(name);
    expect(read('Dockerfile')).toContain(`FROM runtime AS ${service.build?.target}\n`);
    expect(service.image).toContain(`/${service.build?.target}:`);
  });

  it('mounts what is there', () => {
    for (const [, { volumes = [] }] of services) {
      for (const volume of volumes) {
        const [source = ''] = volume.split(':');
        if (source.startsWith('.')) expect(existsSync(join(PROJECT, source))).toBe(true);
        else expect(Object.keys(compose.volumes)).toContain(source);
      }
    }
  });

  it('sets what .env.example explains', () => {
    const text = read('docker-compose.yml');
    const filledIn = [...text.matchAll(/\$\{([A-Z_]+)/gu)].map(([, name = '']) => name);
    const given = own.flatMap(([, { environment = {} }]) => Object.keys(environment));
    const explained = read('.env.example');

    for (const name of new Set([...filledIn, ...given])) expect(explained).toMatch(new RegExp(`^#? ?${name}=`, 'mu'));
  });

  it('runs the versions that the tests run', () => {
    expect(compose.services['kafka']?.image).toBe(`apache/kafka:${kafkaVersion()}`);
    expect(compose.services['jaeger']?.image).toBe(`jaegertracing/all-in-one:${jaegerVersion()}`);
    expect(compose.services['kurrentdb']?.image).toBe(SERVER_IMAGE);
  });
});

describe('the Dockerfile', () => {
  const text = read('Dockerfile');

  it('begins with a pinned Node of the version that everything runs on', () => {
    const [, version = ''] = /^FROM node:(\d+)\.\d+\.\d+-/mu.exec(text) ?? [];

    expect(version).toBe(read('.nvmrc').trim().replace('v', '').split('.')[0]);
  });

  it('starts what there is, as a user without rights', () => {
    const started = [...text.matchAll(/"dist\/apps\/([a-z-]+)\/main\.js"/gu)].map(([, app = '']) => app);

    expect(started).toHaveLength(8);
    for (const app of started) expect(existsSync(join(PROJECT, 'apps', app))).toBe(true);
    expect(text).toMatch(/^USER 1000:1000$/mu);
  });
});
