"""What a new password must be, in words: long enough, not one that everybody uses, not one's own name."""

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)  # fmt: skip
from django.utils.translation import gettext as _


class Long(MinimumLengthValidator):
    """Not too short."""

    def get_error_message(self) -> str:
        """How long it must be."""
        return _("密碼太短，至少要 %(number)s 個字。") % {"number": self.min_length}


class Uncommon(CommonPasswordValidator):
    """None of the twenty thousand that are tried first."""

    def get_error_message(self) -> str:
        """That it is one of them."""
        return _("這個密碼太常見，很容易被猜到，請換一個。")


class Unlike(UserAttributeSimilarityValidator):
    """Not what others know of one."""

    def get_error_message(self) -> str:
        """That it is."""
        return _("密碼和您的姓名、電子郵件或電話太像，請換一個。")
