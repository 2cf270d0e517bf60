"""Products without a category are found area by area: an officer of the centre counts them on every visit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0048_statistics")]

    operations = [
        migrations.AddIndex(
            model_name='product',
            index=models.Index(condition=models.Q(('category', None), ('ended_on', None)), fields=['area'], name='products_without_category'),
        ),
    ]
