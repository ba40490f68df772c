"""The rights of who is logged in."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractUser, AnonymousUser, Permission
from django.db.models import Model, Q


class RightsInOneQuery(ModelBackend):
    """Django's own log-in; it asks for the rights of a person and of their groups together, once for each request."""

    def get_all_permissions(self, user_obj: AbstractUser | AnonymousUser, obj: Model | None = None) -> set[str]:
        """All rights of a person, as "app.codename"; none for who is not active. Rights on one object there are not."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        kept: set[str] | None = getattr(user_obj, "all_rights", None)
        if kept is None:
            own = Q() if user_obj.is_superuser else Q(user=user_obj) | Q(group__user=user_obj)
            rows = Permission.objects.filter(own).order_by().values_list("content_type__app_label", "codename")
            kept = user_obj.all_rights = {f"{app}.{name}" for app, name in rows}
        return kept
