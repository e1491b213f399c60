"""The door of the web server (granian calls `application`)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strate.web.settings")
application = get_wsgi_application()
