"""Something in every corner of an installation: people, posts, an application that was edited, files that were handed in."""

FILL = """
import json
from gongxue.records.actor import SYSTEM, Actor, Held
from gongxue.records.changes import Change
from gongxue.records.doors import edit, start
from gongxue.records.files import Clean, keep
from gongxue.records.models import School, User
from gongxue.records.people import give_post
from gongxue.records.whole import whole
from gongxue.site import clock
at = clock.real_now()
school = School.objects.get(name='東園國小')
user = User.objects.create(email='lin@school.example', name='林怡君', date_joined=at)
post = give_post(user.pk, 'member', school.pk, first=at.date(), actor=SYSTEM, at=at)
me = Actor(user.pk, user.name, (Held(post.pk, 'member', school.pk),))
paper = json.load(open('tests/examples/bases/autonomous.json', encoding='utf-8'))
application = start(paper, actor=me, at=at)
for number in range(3):
    seen = application.document.get('summary')
    application = edit(application.pk, [Change('set', 'summary', seen, f'第{number}次改寫，𠮷田老師')], actor=me, at=at).application
@whole
def hand_in(data):
    keep(Clean('pdf', data, 1, '核章.pdf'), 'signature', '1', by=user.pk, at=at)
hand_in(b'%PDF-1.7 first ' * 5000)
hand_in(b'%PDF-1.7 second')
"""

EVERYTHING = """
import hashlib
from django.apps import apps
from django.conf import settings
for model in sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.db_table):
    rows = sorted(repr(row) for row in model._base_manager.values_list())
    print(model._meta.db_table, len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
for path in sorted(settings.FILES.rglob('*')):
    if path.is_file():
        print(path.relative_to(settings.FILES), hashlib.sha256(path.read_bytes()).hexdigest())
"""
"""Every row of every table, and every file, as text to be compared."""

WRITE = """
import sys, itertools
from gongxue.records.actor import Actor, Held
from gongxue.records.changes import Change
from gongxue.records.doors import edit
from gongxue.records.models import Application, Post
from gongxue.site import clock
post = Post.objects.get(user__email='lin@school.example')
me = Actor(post.user_id, '林怡君', (Held(post.pk, post.role, post.school_id),))
application = Application.objects.get()
for number in itertools.count():
    seen = application.document.get('summary')
    application = edit(application.pk, [Change('set', 'summary', seen, f'同時寫入 {number}')], actor=me, at=clock.real_now()).application
    print(number, flush=True)
"""
"""Goes on writing until it is killed."""
