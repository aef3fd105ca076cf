import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ANSWER_SCHEMAS } from './answers.ts';

/** The description of the API, made from its routes, DTOs and answers. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Khớp')
    .setDescription(
      'The queue of mismatches between registries, the records behind them, and the work on them. Errors are problem details (RFC 9457) with a stable `code`.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addTag('queue', 'What there is to do')
    .addTag('reconciliations', 'One check of one record, and the work on it')
    .addTag('records', 'Records of the registries')
    .addTag('imports', 'Files on their way in')
    .addTag('quarantine', 'Rows that could not be taken in')
    .addTag('operations', 'Event streams, dead letters, counts, health')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (_, method) => method,
    autoTagControllers: false,
  });
  return {
    ...document,
    components: { ...document.components, schemas: { ...document.components?.schemas, ...plainSchemas() } },
  };
}

/** TypeBox schemas are JSON Schemas with hidden marks: only what JSON keeps is wanted. */
function plainSchemas(): NonNullable<NonNullable<OpenAPIObject['components']>['schemas']> {
  return JSON.parse(JSON.stringify(ANSWER_SCHEMAS)) as NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
}
