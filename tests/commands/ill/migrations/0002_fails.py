from django.db import migrations


def fail(apps, editor):
    apps.get_model("records", "User").objects.update(name="spoilt")
    apps.get_model("records", "Presence").objects.all().delete()


def fail_more(apps, editor):
    raise RuntimeError("this migration fails")


class Migration(migrations.Migration):
    atomic = False  # so that its first half stays
    dependencies = [("ill", "0001_initial"), ("records", "0001_initial")]
    operations = [migrations.RunPython(fail), migrations.RunPython(fail_more)]
