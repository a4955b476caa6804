# One image for gateways and workers; the command tells which. It takes no other file at run time.
#   docker build --tag attune:0.1.0 .

FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY . .
# Install scripts would only download what a server without a GPU does not use.
RUN npm ci --ignore-scripts --no-audit --no-fund
RUN node libs/numeric/build-kernels.mjs && npx tsc -b tsconfig.json
# What is left is what runs: packages of production, ONNX Runtime for this platform, and what was compiled.
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && find node_modules/onnxruntime-node/bin -mindepth 3 -maxdepth 3 ! -path "*/linux/$(node -p process.arch)" -exec rm -r {} + \
  && find apps libs -mindepth 2 -maxdepth 2 ! -name dist ! -name package.json -exec rm -r {} + \
  && find apps libs \( -name '*.d.ts' -o -name .tsbuildinfo \) -delete

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 ATTUNE_DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=build /app/LICENSE /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/assets assets
COPY --from=build /app/config config
COPY --from=build /app/libs libs
COPY --from=build /app/apps apps
# The user `node`, as a number: Kubernetes proves by it that nobody is root.
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/gateway/dist/main.js"]
