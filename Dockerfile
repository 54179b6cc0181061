# Two stages: what builds the environment stays out of what runs.
FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /srv/passage
COPY requirements.lock ./
RUN python -m venv /srv/venv && /srv/venv/bin/pip install --require-hashes -r requirements.lock

FROM python:3.12-slim
ENV PATH=/srv/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    STATIC_ROOT=/srv/static \
    VAR_DIR=/srv/var
# git reads and updates clones of the public mirrors, where MIRRORS names any.
RUN apt-get update \
    && apt-get install -y --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /srv/var --shell /usr/sbin/nologin passage \
    && mkdir -p /srv/var /srv/static /srv/mirrors \
    && chown passage:passage /srv/var /srv/static /srv/mirrors
WORKDIR /srv/passage
COPY --from=build /srv/venv /srv/venv
COPY manage.py pyproject.toml ./
COPY config config
COPY sponsors sponsors
COPY bills bills
COPY statements statements
COPY templates templates
COPY locale locale
COPY static static
USER passage
# No database is asked; the key made for this step stays in a folder that the step removes.
RUN VAR_DIR=/tmp/build python manage.py collectstatic --noinput && rm -r /tmp/build
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4"]
