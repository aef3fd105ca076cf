/** The desk's settings, without the desk. */
export { DEFAULT_DESK_SETTINGS, type DeskSettings } from '../desk-settings.ts';
