import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';

/** `true` or `false` in an address. */
export const IsFlag = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'boolean', default: false, description }),
    IsOptional(),
    Transform(({ value }: { value: unknown }): unknown =>
      value === 'true' ? true : value === 'false' ? false : value,
    ),
    IsBoolean(),
  );
