import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';

/** Whether a text is a day that there is, `YYYY-MM-DD`. */
function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  // 31 February is read as a day in March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** A day that may be left out. */
export const IsDay = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ format: 'date', description }),
    IsOptional(),
    ValidateBy({
      name: 'isDay',
      validator: { validate: isDay, defaultMessage: () => 'must be a day that there is, YYYY-MM-DD' },
    }),
  );
