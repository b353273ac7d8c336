# syntax=docker/dockerfile:1
# The tree of `npm run dist`, which test/e2e/dist.test.ts runs, on the newest Node LTS.
ARG NODE=26

FROM node:${NODE}-trixie-slim AS build
WORKDIR /source
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund && npm run -s dist

FROM node:${NODE}-trixie-slim
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Jetmesh" \
      org.opencontainers.image.description="Broker and Trigger on NATS JetStream: all programs, one file in bin/ each" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production
WORKDIR /jetmesh
COPY --from=build /source/dist/image/ ./
USER 65532:65532
ENTRYPOINT ["node"]
CMD ["bin/jetmesh.js", "--help"]
