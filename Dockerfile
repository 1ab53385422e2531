# One image for migrate, web, worker and beat: the commands differ, see bin/start-*.sh.
FROM python:3.11-slim-bookworm

# What WeasyPrint needs, and the Chinese faces. libharfbuzz-subset0: portraits are 15 times slower without.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --uid 10001 --user-group --no-create-home --home-dir /srv/zhihe --shell /usr/sbin/nologin zhihe \
    && install -d -o zhihe -g zhihe -m 0750 /srv/zhihe

WORKDIR /opt/zhihe
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    VAR_DIR=/srv/zhihe FONT_DIR=/opt/zhihe/fonts

COPY requirements/runtime.txt requirements/runtime.txt
RUN pip install --no-cache-dir --disable-pip-version-check --root-user-action=ignore \
        --require-hashes -r requirements/runtime.txt

COPY . .
# Both are made here, so that a start copies nothing: static files with hashed names, and the portraits' four faces.
# The settings need a database address and a key to load; nothing is connected to and neither stays in the image.
RUN EMBEDDED=0 SECRET_KEY=build-only ALLOWED_HOSTS=localhost DATABASE_URL=postgres://build@localhost/build \
        python manage.py collectstatic --noinput \
    && EMBEDDED=1 python manage.py build_fonts

USER zhihe
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "bin/alive.py"]
CMD ["bin/start-web.sh"]
