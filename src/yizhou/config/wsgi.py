"""The WSGI application served by ``yizhou serve``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizhou.config.settings")
application = get_wsgi_application()
