"""What the server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongxue.settings")
application = get_wsgi_application()

from gongxue.site.checks import refuse_to_start  # noqa: E402  # the apps must be there first

refuse_to_start()
