from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True))], options={"db_table": "ill_thing"})]
