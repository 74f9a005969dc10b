# The site's image: web, worker and tick run from it (see compose.yaml). Packages come from the hash-checked lock.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONPATH=/app/site:/app \
    DJANGO_SETTINGS_MODULE=przestrzen.settings.production \
    STATIC_ROOT=/srv/static \
    MEDIA_ROOT=/srv/media \
    VAR_DIR=/srv/var

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
RUN useradd --system --uid 10001 --create-home przestrzen \
    && mkdir -p /srv/static /srv/media/images /srv/var \
    && chown -R przestrzen:przestrzen /srv

COPY . .
# Compiled here, because the site runs as a user who can't write to its own code.
RUN python -m compileall -q /app
USER przestrzen
# Collecting needs settings that load, not secrets: these values live for this one line.
RUN SECRET_KEY=build-only DATABASE_URL=postgres://build@localhost/build python manage.py collectstatic --noinput --verbosity 0

EXPOSE 8000
# The proxy in front ends TLS, so the check says what the proxy would.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/health/ready', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0].strip(), 'X-Forwarded-Proto': 'https'}), timeout=4)"]

# Of the uploads only renditions of pictures are public files; documents go through the site, which checks who asks.
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--static-path-route", "/media/images", "--static-path-mount", "/srv/media/images", "przestrzen.wsgi:application"]
