/** The role that whoever follows a registry's feeds has in a data directory, such as `adapter-residents`: one at a time. */
export const adapterRole = (registry: string): string => `adapter-${registry}`;
