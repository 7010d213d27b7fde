import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('family', models.CharField(db_index=True, max_length=400)),
                ('name', models.TextField()),
                ('name_folded', models.TextField()),
                ('field', models.CharField(db_index=True, max_length=200)),
                ('issuer', models.CharField(blank=True, default='', max_length=200)),
                ('scope', models.CharField(choices=[('national', 'toàn quốc'), ('province', 'của tỉnh'), ('other_province', 'của tỉnh khác'), ('internal', 'nội bộ')], max_length=20)),
                ('state', models.CharField(choices=[('active', 'còn hiệu lực'), ('withdrawn', 'đã bãi bỏ')], max_length=20)),
                ('level_province', models.BooleanField(default=False)),
                ('level_commune', models.BooleanField(default=False)),
                ('is_offered', models.BooleanField(default=False)),
                ('usage', models.PositiveIntegerField(default=0)),
                ('online_filing', models.BooleanField(default=False)),
                ('aliases', models.JSONField(blank=True, default=list)),
                ('result_names', models.JSONField(blank=True, default=list)),
                ('paper_words', models.TextField(blank=True, default='')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Comparison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('against', models.CharField(choices=[('national', 'danh mục quốc gia'), ('decision', 'quyết định công bố')], max_length=8)),
                ('name', models.CharField(max_length=200)),
                ('digest', models.CharField(max_length=64)),
                ('rows', models.PositiveIntegerField()),
                ('counts', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.account')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Difference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('list_key', models.CharField(max_length=120)),
                ('key', models.CharField(max_length=40)),
                ('kind', models.CharField(max_length=12)),
                ('code', models.CharField(blank=True, max_length=40)),
                ('name', models.TextField()),
                ('here', models.TextField(blank=True)),
                ('there', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('found', 'mới thấy'), ('assigned', 'đã giao'), ('settled', 'đã xử lý'), ('kept', 'giữ nguyên')], default='found', max_length=8)),
                ('due_on', models.DateField(null=True)),
                ('note', models.TextField(blank=True)),
                ('is_there', models.BooleanField(default=True)),
                ('found_at', models.DateTimeField()),
                ('moved_at', models.DateTimeField()),
                ('last_run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='differences', to='catalog.comparison')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.account')),
            ],
            options={
                'ordering': ['kind', 'code', 'pk'],
                'indexes': [models.Index(fields=['state', 'kind'], name='difference_state_kind')],
                'constraints': [models.UniqueConstraint(fields=('list_key', 'key'), name='difference_known_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'assigned'), _negated=True), models.Q(('due_on__isnull', False), ('owner__isnull', False)), _connector='OR'), name='difference_assigned_to_somebody')],
            },
        ),
        migrations.CreateModel(
            name='ProcedureVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('checksum', models.CharField(max_length=64)),
                ('source', models.CharField(max_length=40)),
                ('decision_number', models.CharField(blank=True, default='', max_length=200)),
                ('content', models.JSONField()),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='catalog.procedure')),
            ],
            options={
                'ordering': ['procedure_id', 'number'],
                'constraints': [models.UniqueConstraint(fields=('procedure', 'number'), name='version_number_once'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('procedure',), name='version_open_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='version_dates_in_order')],
            },
        ),
    ]
