import { registerHooks } from 'node:module';

/** To be imported before the program: it knows further migrations then, and calls itself by a later version, in every thread of it. */
const replaced: Readonly<Record<string, string>> = {
  '/server/database/migrations/index.ts': './laterMigrations.ts',
  '/server/version.ts': './laterVersion.ts',
};

registerHooks({
  resolve: (specifier, context, next) => {
    const found = next(specifier, context);
    const own = Object.entries(replaced).find(([ending]) => found.url.endsWith(ending))?.[1];
    if (own === undefined || context.parentURL?.includes('/test/upgrade/')) return found;
    return next(own, { ...context, parentURL: import.meta.url });
  },
});
