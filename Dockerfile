# newsdex in one image: the daemon with its page and API, and every command. docs/deployment.md tells how to use it.
FROM python:3.11-slim-bookworm AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python3 -m venv /opt/newsdex
WORKDIR /build

# The locked packages first: this layer stays as long as the lock does
COPY requirements.lock deploy/build.lock deploy/browser.lock ./
RUN /opt/newsdex/bin/pip install --require-hashes --only-binary :all: -r requirements.lock
# --build-arg BROWSER=1 makes an image that renders pages, for sources with `render: browser`
ARG BROWSER=
RUN if [ -n "$BROWSER" ]; then /opt/newsdex/bin/pip install --require-hashes --only-binary :all: --no-deps -r browser.lock; fi
RUN python3 -m venv /opt/wheels \
    && /opt/wheels/bin/pip install --require-hashes --only-binary :all: -r build.lock

COPY pyproject.toml README.md ./
COPY cli cli
COPY config config
COPY crawler crawler
COPY indexer indexer
COPY news news
COPY scheduler scheduler
COPY search search
COPY store store
RUN /opt/wheels/bin/pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && /opt/newsdex/bin/pip install --no-deps --no-index dist/newsdex-*.whl \
    && /opt/newsdex/bin/pip check

FROM python:3.11-slim-bookworm

RUN useradd --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin newsdex \
    && install -d -o newsdex -g newsdex -m 0750 /data
ARG BROWSER=
RUN if [ -n "$BROWSER" ]; then \
        apt-get update && apt-get install --yes --no-install-recommends chromium && rm -rf /var/lib/apt/lists/*; \
    fi
COPY --from=build /opt/newsdex /opt/newsdex

# Inside its own network a container listens on every address; newsdex refuses that until it has a key
ENV PATH=/opt/newsdex/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    NEWSDEX_DATA_DIR=/data \
    NEWSDEX_WEB__HOST=0.0.0.0
USER newsdex
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python3", "-c", "import urllib.request as request; request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["newsdex"]
CMD ["daemon"]
