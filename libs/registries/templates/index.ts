export { makeTemplate, TEMPLATE_FORMATS } from './template.ts';
export type { TemplateFormat, TemplateOptions } from './template.ts';
