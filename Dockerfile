# syntax=docker/dockerfile:1.7
# One image for each service: docker build --target linker -t khop/linker .
# Debian, not Alpine: the client of KurrentDB brings a native part that is built for glibc.
FROM node:24.11.0-bookworm-slim AS base
WORKDIR /app

FROM base AS build
COPY package.json package-lock.json .npmrc ./
COPY bin/package.json bin/
# No install scripts: nothing that runs in the image needs one, and npm's "prepare" would build before the sources are there.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM base AS dependencies
COPY package.json package-lock.json .npmrc ./
COPY bin/package.json bin/
RUN npm ci --omit=dev --ignore-scripts

FROM base AS runtime
ENV NODE_ENV=production NODE_OPTIONS=--disable-warning=ExperimentalWarning
# Volumes take their owner from here. The log's directory is a volume of its own where several services share it.
RUN install -d -o node -g node -m 0700 /data /data/log
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
# Data and documents that are read where they stand.
COPY package.json LICENSE NOTICE ./
COPY bin bin
COPY contracts contracts
ENV KHOP_DATA_DIR=/data KHOP_HTTP_HOST=0.0.0.0 KHOP_HTTP_PORT=8080
USER 1000:1000
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

FROM runtime AS enterprise-registry
CMD ["node", "dist/apps/enterprise-registry/main.js"]

FROM runtime AS tax-office
CMD ["node", "dist/apps/tax-office/main.js"]

FROM runtime AS civil-status
CMD ["node", "dist/apps/civil-status/main.js"]

FROM runtime AS residents
CMD ["node", "dist/apps/residents/main.js"]

FROM runtime AS linker
CMD ["node", "dist/apps/linker/main.js"]

FROM runtime AS reconciler
CMD ["node", "dist/apps/reconciler/main.js"]

FROM runtime AS relay
CMD ["node", "dist/apps/relay/main.js"]

FROM runtime AS steward-desk
ENV KHOP_HOST=0.0.0.0 KHOP_PORT=3000 KHOP_ALLOW_REMOTE=true
EXPOSE 3000
CMD ["node", "dist/apps/steward-desk/main.js"]
