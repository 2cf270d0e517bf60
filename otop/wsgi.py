"""The door for a web server: `gunicorn otop.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otop.settings")
application = get_wsgi_application()
